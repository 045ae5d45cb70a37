"""Text boxes of two made-up maps by native OpenCV (see README.md). Needs python3-opencv alone."""
import json
import math

import cv2
import numpy as np

WIDTH, HEIGHT = 160, 96
# Centre x, centre y, half length, half thickness, angle in degrees, height of the ridge.
BARS = [
    (40, 20, 28, 5, 0, 0.95), (110, 25, 22, 4, 20, 0.9), (120, 70, 25, 6, -35, 0.85), (30, 70, 9, 9, 0, 0.9),
    (70, 50, 12, 1.2, 10, 0.9), (60, 80, 10, 3, 0, 0.5), (48, 24, 20, 3, 60, 0.8),
]


def field(scale):
    """The highest of the bars at each pixel; each falls off smoothly at its edges."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    best = np.zeros((HEIGHT, WIDTH))
    for cx, cy, half_length, half_width, degrees, top in BARS:
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        along = abs((x - cx) * cos + (y - cy) * sin) - half_length * scale
        across = abs((y - cy) * cos - (x - cx) * sin) - half_width * scale
        best = np.maximum(best, top / (1 + np.exp(2 * np.maximum(along, across))))
    return best.astype(np.float32)


def cover(boxes):
    """Share of the pixels that lie in one of the rectangles, or on an edge."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    covered = np.zeros((HEIGHT, WIDTH), bool)
    for (cx, cy), (width, height), degrees in boxes:
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        along, across = (x - cx) * cos + (y - cy) * sin, (y - cy) * cos - (x - cx) * sin
        covered |= (abs(along) <= width / 2 + 1e-3) & (abs(across) <= height / 2 + 1e-3)
    return round(float(covered.mean()), 6)


def dbnet(probabilities):
    """PaddleOCR's rule; a grown rectangle is the rectangle with each side moved out."""
    contours, _ = cv2.findContours((probabilities > 0.3).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    boxes = []
    for contour in contours:
        centre, (width, height), degrees = cv2.minAreaRect(contour)
        if min(width, height) < 3:
            continue
        mask = np.zeros_like(probabilities, np.uint8)
        cv2.fillPoly(mask, [np.int32(np.round(cv2.boxPoints((centre, (width, height), degrees))))], 1)
        if cv2.mean(probabilities, mask)[0] < 0.6:
            continue
        out = width * height * 1.5 / (2 * (width + height))
        if min(width, height) + 2 * out < 5:
            continue
        boxes.append((centre, (width + 2 * out, height + 2 * out), degrees))
    return boxes


def craft(region, affinity):
    """The rule of CRAFT's published code."""
    text, link = region > 0.4, affinity > 0.4
    count, labels, stats, _ = cv2.connectedComponentsWithStats((text | link).astype(np.uint8), connectivity=4)
    boxes = []
    for label in range(1, count):
        left, top, width, height, area = stats[label]
        if area < 10 or region[labels == label].max() < 0.7:
            continue
        segment = ((labels == label) & ~(link & ~text)).astype(np.uint8)
        steps = int(math.sqrt(area * min(width, height) / (width * height)) * 2)
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (1 + steps, 1 + steps))
        ys, xs = np.nonzero(cv2.dilate(segment, kernel))
        points = np.stack([xs, ys], 1).astype(np.int32)
        centre, (w, h), degrees = cv2.minAreaRect(points)
        if abs(1 - max(w, h) / (min(w, h) + 1e-5)) <= 0.1:
            (l, t), (r, b) = points.min(0), points.max(0)
            centre, (w, h), degrees = ((l + r) / 2, (t + b) / 2), (float(r - l), float(b - t)), 0
        boxes.append((centre, (w, h), degrees))
    return boxes


found = {"dbnet": dbnet(field(1)), "craft": craft(field(1), field(0.7))}
print(json.dumps({name: {"boxes": len(boxes), "share": cover(boxes)} for name, boxes in found.items()}))
