"""
Fits the aesthetics head: a ridge regression from the tiny CLIP's normalised image embedding to the
stated ratings of the labelled set, which shares no clip with the main set.

    python3 fit_aesthetics.py CLIP_WEIGHTS WORLD_FOLDER OUT_FILE
"""
import argparse
import json

import numpy as np
import torch

from train_clip import Clip, area_under, embed
from world_data import World

RIDGE = 1e-4


def fit(x, y):
    """Weights and bias; the bias is not shrunk. `RIDGE` counts per sample."""
    mean, centre = x.mean(0), y.mean()
    a = (x - mean).T @ (x - mean) + RIDGE * len(x) * np.eye(x.shape[1])
    weight = np.linalg.solve(a, (x - mean).T @ (y - centre))
    return weight, float(centre - mean @ weight)


def rank_correlation(a, b):
    ranks = [v.argsort().argsort().astype(float) for v in (a, b)]
    return float(np.corrcoef(*ranks)[0, 1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clip_weights", "world_folder", "out_file"):
        parser.add_argument(name)
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = Clip()
    model.load_state_dict(torch.load(options.clip_weights)["state"])
    model.eval()
    rated = World(options.world_folder, "rated")
    images = embed(model, rated)[0].double().numpy()
    ratings = np.array([float(row["rating"]) for row in rated.rows])
    train = np.arange(len(rated)) % 4 != 0
    frames = images.shape[1]
    weight, bias = fit(images[train].reshape(-1, images.shape[2]), ratings[train].repeat(frames))
    guess = (images[~train] @ weight + bias).mean(1)
    real = ratings[~train]
    main_set = World(options.world_folder, limit=2000)
    scores = (embed(model, main_set)[0].double().numpy() @ weight + bias).mean(1)
    faults = np.array([truth["fault"] for truth in main_set.truths])
    ugly = np.isin(faults, ["noise", "blur", "exposure"])
    report = {
        "labelled_clips": len(rated),
        "fitted_on": int(train.sum()),
        "ridge_per_sample": RIDGE,
        "held_out_rank_correlation": round(rank_correlation(guess, real), 4),
        "held_out_mean_absolute_error": round(float(np.abs(guess - real).mean()), 3),
        "main_set_auc_fine_over_ugly": round(float(area_under(scores[~ugly], scores[ugly])), 4),
        "main_set_median": {f: round(float(np.median(scores[faults == f])), 2) for f in sorted(set(faults))},
    }
    head = {
        "weights": [round(float(value), 8) for value in weight],
        "bias": round(bias, 8),
        "report": report,
    }
    with open(options.out_file, "w") as file:
        json.dump(head, file, indent=2)
        file.write("\n")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
