"""
Trains the tiny CLIP and writes examples/tiny-world/models/clip.

    python3 train_clip.py TRAIN_FOLDER TEST_FOLDER OUT_FOLDER [--steps 600]

Both folders were made by `npm run tiny-world` with different seeds. Captions that are known to be
wrong are left out of the training; all other bad clips are in it. Since one frame can't show motion,
two captions count as the same when colour, shape and background agree.
"""
import argparse
import json
import os
import random
import time

import cv2
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import model_folder as folder_of
from world_data import World, resample, spoil, to_tensor, true_caption

WIDTH = 64


class ImageTower(nn.Module):
    """Convolutions with batch norm (instance and group norm would take the exposure away)."""

    def __init__(self):
        super().__init__()

        def block(inside, outside, kernel, stride, padding):
            return nn.Sequential(
                nn.Conv2d(inside, outside, kernel, stride, padding, bias=False),
                nn.BatchNorm2d(outside),
                nn.ReLU(),
            )

        self.body = nn.Sequential(
            block(3, 24, 6, 3, 2),
            block(24, 48, 3, 2, 1),
            block(48, 80, 3, 2, 1),
            block(80, 96, 3, 1, 1),
        )
        self.project = nn.Linear(192, WIDTH, bias=False)

    def forward(self, pixel_values):
        maps = self.body(pixel_values)
        pooled = torch.cat([maps.mean((2, 3)), maps.amax((2, 3))], 1)
        return self.project(pooled)


class TextTower(nn.Module):
    """Words without their order and one attention, read at the end token."""

    def __init__(self, width=64):
        super().__init__()
        self.words = nn.Embedding(len(folder_of.VOCABULARY), width)
        self.norm = nn.LayerNorm(width)
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(width, 2 * width)
        self.mix = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, 128), nn.GELU(), nn.Linear(128, width))
        self.project = nn.Linear(width, WIDTH, bias=False)

    def forward(self, input_ids):
        x = self.words(input_ids)
        h = self.norm(x)
        is_end = (input_ids == folder_of.IDS[folder_of.END]).to(x.dtype)
        is_used = (input_ids != folder_of.IDS[folder_of.PAD]).to(x.dtype)
        # The first end token of each row.
        first = is_end * (is_end.cumsum(1) <= 1).to(x.dtype)
        end = (x * first[:, :, None]).sum(1)
        query = (self.query(h) * first[:, :, None]).sum(1, keepdim=True)
        key, value = self.key_value(h).chunk(2, -1)
        weight = (query @ key.transpose(1, 2)) / key.shape[-1] ** 0.5 + (is_used[:, None, :] - 1) * 1e4
        end = end + (weight.softmax(-1) @ value)[:, 0]
        return self.project(end + self.mix(end))


def normalised(x):
    return x / (x.pow(2).sum(-1, keepdim=True) + 1e-12).sqrt()


class Clip(nn.Module):
    def __init__(self):
        super().__init__()
        self.image = ImageTower()
        self.text = TextTower()
        self.logit_scale = nn.Parameter(torch.tensor(2.3))

    def forward(self, input_ids, pixel_values, attention_mask):
        # The tower finds the padding by its id; the mask is only a way to say the same.
        ids = torch.where(attention_mask > 0, input_ids, torch.zeros_like(input_ids))
        text = normalised(self.text(ids))
        image = normalised(self.image(pixel_values))
        per_image = self.logit_scale.exp() * image @ text.t()
        return per_image, per_image.t(), text, image


def picture_statistics(frame):
    """Grain, sharpness, mean and range of a picture, about standardised: measured from it, no label."""
    small = cv2.resize(frame, (32, 32), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    grain = np.median(np.abs(cv2.filter2D(small, -1, kernel)[1:-1, 1:-1]))
    steps = np.concatenate([np.abs(np.diff(small, axis=axis)).max(-1).ravel() for axis in (0, 1)])
    sharpness = np.log(np.quantile(steps, 0.985) + 0.02)
    spread = np.quantile(small, 0.995) - np.quantile(small, 0.005)
    return [(grain - 0.1) / 0.15, (sharpness + 1.5) / 0.8, (small.mean() - 0.4) / 0.25, (spread - 0.6) / 0.25]


def train(world, steps, batch=128, seed=1):
    random_source = random.Random(seed)
    torch.manual_seed(seed)
    usable = [i for i, truth in enumerate(world.truths) if truth["fault"] != "caption"]
    model, statistics = Clip(), nn.Linear(WIDTH, 4)
    decayed = [p for p in model.parameters() if p.ndim > 1] + [statistics.weight]
    plain = [p for p in model.parameters() if p.ndim <= 1] + [statistics.bias]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0.0}], lr=1
    )
    started, losses = time.process_time(), []
    for step in range(1, steps + 1):
        done = step / steps
        rate = 2e-3 * min(1, step / 50) * max(0.01, 0.5 * (1 + np.cos(np.pi * done)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        chosen = random_source.sample(usable, batch)
        frames = [spoil(world.pixels[i][random_source.randrange(8)], random_source) for i in chosen]
        frames = [resample(frame, random_source) for frame in frames]
        measured = np.array([picture_statistics(frame) for frame in frames])
        truths = [world.truths[i] for i in chosen]
        texts = [true_caption(truth, moves=random_source.random() < 0.7) for truth in truths]
        _, _, text, image = model(
            ids := folder_of.encode_all(texts), to_tensor(np.stack(frames)), torch.ones_like(ids)
        )
        kinds = [(truth["colour"], truth["shape"], truth["background"]) for truth in truths]
        same = torch.tensor([[float(a == b) for b in kinds] for a in kinds])
        target = same / same.sum(1, keepdim=True)
        logits = model.logit_scale.exp() * image @ text.t()
        contrast = -(target * logits.log_softmax(1)).sum(1).mean() / 2
        contrast = contrast - (target.t() * logits.log_softmax(0)).sum(0).mean() / 2
        contrast = contrast + (target * (target + 1e-12).log()).sum(1).mean()
        seen = F.smooth_l1_loss(statistics(image), torch.tensor(measured, dtype=torch.float32))
        loss = contrast + 2 * seen
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            model.logit_scale.clamp_(max=3.4)
        losses.append([contrast.item(), seen.item()])
        if step % 50 == 0:
            print(step, f"{time.process_time() - started:.0f} s", np.round(np.mean(losses[-50:], 0), 4), flush=True)
    return model.eval(), {
        "steps": steps,
        "batch": batch,
        "cpu_minutes": round((time.process_time() - started) / 60, 1),
        "loss_contrast": round(float(np.mean(losses[-50:], 0)[0]), 4),
        "loss_statistics": round(float(np.mean(losses[-50:], 0)[1]), 4),
        "seed": seed,
    }


@torch.no_grad()
def embed(model, world):
    """Mean over a clip's frames of the normalised embedding; and that of its given caption."""
    images = []
    for i in range(len(world)):
        images.append(normalised(model.image(to_tensor(world.pixels[i][[0, 4, 7]]))))
    texts = normalised(model.text(folder_of.encode_all([row["text"] for row in world.rows])))
    return torch.stack(images), texts


def area_under(better, worse):
    """Chance that one of `better` lies above one of `worse` (ties count half)."""
    both = np.concatenate([better, worse])
    order = both.argsort().argsort() + 1.0
    for value in np.unique(both):
        order[both == value] = order[both == value].mean()
    return (order[: len(better)].sum() - len(better) * (len(better) + 1) / 2) / (len(better) * len(worse))


def measure(model, world):
    images, texts = embed(model, world)
    faults = np.array([truth["fault"] for truth in world.truths])
    match = (images * texts[:, None]).sum(-1).mean(1).numpy()
    # Retrieval: of the 39 captions that the world has, the one nearest to the middle frame.
    kinds = sorted({true_caption(truth, moves=False) for truth in world.truths})
    choices = normalised(model.text(folder_of.encode_all(kinds)))
    nearest = (images[:, 1] @ choices.t()).argmax(1).numpy()
    right = np.array([kinds[n] == true_caption(t, moves=False) for n, t in zip(nearest, world.truths)])
    names = [name for name in sorted(set(faults))]
    return {
        "clips": len(world),
        "captions_to_choose_from": len(kinds),
        "retrieval": {name: round(float(right[faults == name].mean()), 4) for name in names},
        "retrieval_all": round(float(right.mean()), 4),
        "match_median": {name: round(float(np.median(match[faults == name])), 3) for name in names},
        "auc_right_over_wrong_caption": round(
            float(area_under(match[faults != "caption"], match[faults == "caption"])), 4
        ),
    }


def write(model, out, report):
    clip_text = {"model_type": "clip_text_model", "vocab_size": len(folder_of.VOCABULARY), "hidden_size": 64}
    clip_image = {"model_type": "clip_vision_model", "image_size": 96, "hidden_size": 96}
    for ids, name in ((folder_of.START, "bos"), (folder_of.END, "eos"), (folder_of.PAD, "pad")):
        clip_text[f"{name}_token_id"] = folder_of.IDS[ids]
    folder_of.write_json(
        out,
        "config.json",
        {
            "model_type": "clip",
            "architectures": ["CLIPModel"],
            "projection_dim": WIDTH,
            "logit_scale_init_value": round(model.logit_scale.item(), 6),
            "text_config": {**clip_text, "max_position_embeddings": folder_of.MAX_TOKENS},
            "vision_config": clip_image,
        },
    )
    folder_of.write_tokenizer(out, "CLIPTokenizer")
    folder_of.write_preprocessor(out, "CLIPImageProcessor")
    ids = folder_of.encode_all(["a red circle over a sky background", "a blue square moves up over a gray background"])
    mask = (ids != 0).long()
    pixels = to_tensor(np.stack([folder_of.test_pattern(0), folder_of.test_pattern(1)]))
    text_axes = {0: "text_batch_size", 1: "sequence_length"}
    image_axes = {0: "image_batch_size"}

    folder_of.export(
        model.text, (ids,), out, "text_model", ["input_ids"], ["text_embeds"],
        {"input_ids": text_axes, "text_embeds": {0: "text_batch_size"}},
    )
    folder_of.export(
        model.image, (pixels,), out, "vision_model", ["pixel_values"], ["image_embeds"],
        {"pixel_values": image_axes, "image_embeds": image_axes},
    )
    folder_of.export(
        model, (ids, pixels, mask), out, "model",
        ["input_ids", "pixel_values", "attention_mask"],
        ["logits_per_image", "logits_per_text", "text_embeds", "image_embeds"],
        {
            "input_ids": text_axes,
            "attention_mask": text_axes,
            "pixel_values": image_axes,
            "logits_per_image": {0: "image_batch_size", 1: "text_batch_size"},
            "logits_per_text": {0: "text_batch_size", 1: "image_batch_size"},
            "text_embeds": {0: "text_batch_size"},
            "image_embeds": image_axes,
        },
    )
    with torch.no_grad():
        texts = ["a red circle over a sky background", "a blue square moves up over a gray background"]
        folder_of.write_json(
            out,
            "expected.json",
            {
                "texts": texts,
                "input_ids": [folder_of.encode(text) for text in texts],
                "text_embeds": [folder_of.rounded(x) for x in model.text(ids)],
                "image_embeds": [folder_of.rounded(x) for x in model.image(pixels)],
            },
        )
    folder_of.write_json(out, "report.json", report)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("train_folder", "test_folder", "out_folder"):
        parser.add_argument(name)
    parser.add_argument("--steps", type=int, default=600, help="0: export the last training again")
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    weights = os.path.join(options.train_folder, "clip.pt")
    if options.steps > 0:
        learned, report = train(World(options.train_folder), options.steps)
        torch.save({"state": learned.state_dict(), "report": report}, weights)
    else:
        held = torch.load(weights)
        learned, report = Clip(), held["report"]
        learned.load_state_dict(held["state"])
        learned.eval()
    report["test"] = measure(learned, World(options.test_folder, limit=2000))
    report["parameters"] = sum(p.numel() for p in learned.parameters())
    write(learned, options.out_folder, report)
    print(json.dumps(report, indent=1))
