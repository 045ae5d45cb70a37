#!/bin/sh
# Trains everything again: sh examples/tiny-world/train/train.sh   (from the root of the repository)
# Needs Debian's python3-torch, python3-onnx and python3-opencv, or anyone's. About 8 minutes of one core for the models, 4 for the clips.
set -e
cd "$(dirname "$0")/../../.."
export OMP_WAIT_POLICY=passive
python="${PYTHON:-/usr/bin/python3}"
here=examples/tiny-world
made=data/tiny-world-train
world=data/tiny-world
npm run tiny-world -- --clips 6000 --rated 0 --long 0 --seed train --out "$made"
npm run tiny-world -- --out "$world"
"$python" $here/train/train_clip.py "$made" "$world" $here/models/clip --steps 600
"$python" $here/train/fit_aesthetics.py "$made/clip.pt" "$world" $here/models/aesthetics.json
"$python" $here/train/train_captioner.py "$made" "$world" $here/models/captioner --kind image --steps 300
"$python" $here/train/train_captioner.py "$made" "$world" $here/models/video-captioner --kind video --steps 600
