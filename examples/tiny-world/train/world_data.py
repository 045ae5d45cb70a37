"""Reads a folder that `npm run tiny-world` made: pixels, captions and the truth about each clip."""
import csv
import os

import cv2
import numpy as np
import torch

SIDE = 96
FRAMES = 16
# The middles of eight equal parts of a clip, as the scorer `video-caption` takes them.
PARTS = [2 * part + 1 for part in range(8)]


def read_table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def read_frames(path):
    """The eight frames of one clip as uint8 [8, 96, 96, 3], RGB."""
    video = cv2.VideoCapture(path)
    frames = []
    while True:
        more, frame = video.read()
        if not more:
            break
        frames.append(frame[:, :, ::-1])
    if len(frames) != FRAMES:
        raise ValueError(f"{path} has {len(frames)} frames; {FRAMES} are expected.")
    return np.stack([frames[part] for part in PARTS])


class World:
    """Clips in memory: `pixels` uint8 [clips, 8, 96, 96, 3], `rows` of the table, `truths`."""

    def __init__(self, folder, name="clips", limit=None):
        truth = "truth.csv" if name == "clips" else f"{name}-truth.csv"
        self.rows = read_table(os.path.join(folder, f"{name}.csv"))[:limit]
        self.truths = read_table(os.path.join(folder, truth))[:limit]
        cache = os.path.join(folder, f"{name}-{len(self.rows)}.npy")
        if not os.path.exists(cache):
            shape = (len(self.rows), len(PARTS), SIDE, SIDE, 3)
            pixels = np.lib.format.open_memmap(cache + ".part", "w+", np.uint8, shape)
            for index, row in enumerate(self.rows):
                pixels[index] = read_frames(os.path.join(folder, row["path"]))
            pixels.flush()
            os.rename(cache + ".part", cache)
        self.pixels = np.load(cache, mmap_mode="r")

    def __len__(self):
        return len(self.rows)


def true_caption(truth, moves=True):
    """What a good captioner says; without `moves`, what can be said of one frame."""
    motion = ""
    if moves:
        motion = " rests" if truth["fault"] == "still" else f" moves {truth['direction']}"
    return (
        f"a {truth['colour']} {truth['shape']}{motion} over a {truth['background']} background"
    )


def resample(frame, random):
    """
    What the ways into a model do to a picture: none, or up to a short side of 224 and back. Half of
    the training pictures are treated so, so that both ways give about the same numbers.
    """
    if random.random() < 0.5:
        return frame
    up = cv2.resize(frame, (224, 224), interpolation=cv2.INTER_CUBIC)
    back = cv2.INTER_AREA if random.random() < 0.5 else cv2.INTER_LINEAR
    return cv2.resize(up, (SIDE, SIDE), interpolation=back)


def spoil(frame, random):
    """Half of the pictures as they are, else with noise, blur or another exposure of any strength."""
    if random.random() < 0.5:
        return frame
    strength, kind = random.random(), random.randrange(3)
    if kind == 0:
        grain = random.choice([1, 2, 3])
        noise = np.random.default_rng(random.getrandbits(32)).normal(size=(SIDE // grain, SIDE // grain, 3))
        noise = noise.repeat(grain, 0).repeat(grain, 1) * 60 * strength
        return np.clip(frame + noise, 0, 255).astype(np.uint8)
    if kind == 1:
        return cv2.GaussianBlur(frame, (0, 0), 0.5 + 10 * strength)
    gain = 1 - 0.8 * strength
    return (frame * gain + random.choice([0, 255 * (1 - gain)])).astype(np.uint8)


def to_tensor(frames):
    """uint8 [..., 96, 96, 3] to float32 [..., 3, 96, 96] in -1 to 1, as preprocessor_config.json says."""
    tensor = torch.from_numpy(np.ascontiguousarray(frames)).float() / 127.5 - 1
    return tensor.movedim(-1, -3)
