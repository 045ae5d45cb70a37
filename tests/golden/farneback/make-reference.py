"""Native OpenCV's answer for a file of raw RGB24 frames (see README.md).

    python3 make-reference.py FRAMES.rgb WIDTH HEIGHT
"""
import json
import sys

import cv2
import numpy as np

path, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
frames = np.fromfile(path, np.uint8).reshape(-1, height, width, 3)
greys = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in frames]
short = min(width, height)
small = (width * 16 // short, height * 16 // short)
pairs = []
for before, after in zip(greys, greys[1:]):
    flow = cv2.calcOpticalFlowFarneback(before, after, None, 0.5, 3, 15, 3, 5, 1.2, 0)
    flow = cv2.resize(flow, small, interpolation=cv2.INTER_AREA)
    pairs.append(float(np.linalg.norm(flow.astype(np.float64), axis=-1).mean()))
print(json.dumps({"mean": round(sum(pairs) / len(pairs), 6), "pairs": [round(p, 6) for p in pairs]}))
