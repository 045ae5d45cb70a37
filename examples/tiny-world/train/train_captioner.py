"""
Trains a tiny captioner and writes it as docs/captioners.md says.

    python3 train_captioner.py TRAIN_FOLDER TEST_FOLDER OUT_FOLDER --kind image [--steps 400]
    python3 train_captioner.py TRAIN_FOLDER TEST_FOLDER OUT_FOLDER --kind video [--steps 400]

TRAIN_FOLDER also holds clip.pt, which train_clip.py left there: the captioner sees by CLIP's image
tower, which stays as it is. It learns what is really to be seen (the folder's truth), never the given
captions. An image captioner sees one frame and says nothing of motion; a video captioner sees eight.
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
from train_clip import Clip
from world_data import PARTS, World, resample, to_tensor, true_caption

WIDTH = 64
LONGEST = 24
START, END, PAD = (folder_of.IDS[x] for x in (folder_of.START, folder_of.END, folder_of.PAD))


class Encoder(nn.Module):
    """
    The places of the middle frame as CLIP sees them (8 x 8, frozen); for a video also those of all frames
    together, small and without what stays (6 x 6).
    """

    def __init__(self, clip, frames):
        super().__init__()
        self.frames = frames
        self.body = clip.image.body
        self.project = nn.Linear(96, WIDTH)
        self.place = nn.Parameter(torch.randn(1, 64, WIDTH) * 0.02)
        if frames > 1:
            self.motion = nn.Sequential(
                nn.Conv2d(3 * frames, 48, 3, 2, 1), nn.ReLU(), nn.Conv2d(48, WIDTH, 3, 2, 1)
            )
            self.motion_place = nn.Parameter(torch.randn(1, 36, WIDTH) * 0.02)

    def see(self, pixel_values):
        """The part that is not trained: CLIP's maps, and the frames at 24 x 24 less their mean."""
        if self.frames == 1:
            return self.body(pixel_values), None
        small = F.avg_pool2d(pixel_values.reshape(-1, 3, 96, 96), 4)
        small = small.reshape(-1, self.frames, 3, 24, 24)
        moving = (small - small.mean(1, keepdim=True)).reshape(-1, 3 * self.frames, 24, 24)
        return self.body(pixel_values[:, self.frames // 2]), moving

    def tell(self, maps, moving):
        hidden = self.project(maps.flatten(2).transpose(1, 2)) + self.place
        if moving is None:
            return hidden
        return torch.cat([hidden, self.motion(moving).flatten(2).transpose(1, 2) + self.motion_place], 1)

    def forward(self, pixel_values):
        # [batch, 3, 96, 96] or [batch, frames, 3, 96, 96]
        return self.tell(*self.see(pixel_values))


class Decoder(nn.Module):
    """One layer: the words so far, then the picture; no cache."""

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(len(folder_of.VOCABULARY), WIDTH)
        self.place = nn.Parameter(torch.randn(1, LONGEST, WIDTH) * 0.02)
        self.norms = nn.ModuleList([nn.LayerNorm(WIDTH) for _ in range(4)])
        self.self_attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key_value = nn.Linear(WIDTH, 2 * WIDTH)
        self.outs = nn.ModuleList([nn.Linear(WIDTH, WIDTH) for _ in range(2)])
        self.mix = nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), nn.Linear(128, WIDTH))
        self.register_buffer("later", torch.triu(torch.full((LONGEST, LONGEST), -1e4), 1))

    def forward(self, input_ids, encoder_hidden_states):
        length = input_ids.shape[1]
        x = self.words(input_ids) + self.place[:, :length]
        q, k, v = self.self_attention(self.norms[0](x)).chunk(3, -1)
        x = x + self.outs[0](attend(q, k, v, self.later[:length, :length]))
        k, v = self.key_value(encoder_hidden_states).chunk(2, -1)
        x = x + self.outs[1](attend(self.query(self.norms[1](x)), k, v, 0))
        x = x + self.mix(self.norms[2](x))
        return self.norms[3](x) @ self.words.weight.t()


def attend(query, key, value, mask, heads=4):
    """Attention of four heads; `mask` is added to the scores."""

    def split(x):
        return x.reshape(x.shape[0], x.shape[1], heads, WIDTH // heads).transpose(1, 2)

    scores = split(query) @ split(key).transpose(2, 3) / (WIDTH // heads) ** 0.5 + mask
    mixed = (scores.softmax(-1) @ split(value)).transpose(1, 2)
    return mixed.reshape(mixed.shape[0], mixed.shape[1], WIDTH)


def frames_of(world, index, kind, random_source=None):
    """The middle frame, or all eight; in training half of the clips resampled."""
    frames = world.pixels[index][4:5] if kind == "image" else world.pixels[index]
    if random_source is not None:
        seed = random_source.getrandbits(32)
        frames = np.stack([resample(frame, random.Random(seed)) for frame in frames])
    return frames[0] if kind == "image" else frames


@torch.no_grad()
def see_all(encoder, world, kind, random_source):
    """What the frozen part sees of each clip: the training then costs next to nothing."""
    maps, moving = [], []
    for at in range(0, len(world), 50):
        chosen = range(at, min(at + 50, len(world)))
        pixels = to_tensor(np.stack([frames_of(world, i, kind, random_source) for i in chosen]))
        seen, moved = encoder.see(pixels)
        maps.append(seen)
        moving.append(moved)
    return torch.cat(maps), None if kind == "image" else torch.cat(moving)


def train(clip, world, kind, steps, batch=128, seed=1):
    random_source = random.Random(seed)
    torch.manual_seed(seed)
    started, losses = time.process_time(), []
    encoder, decoder = Encoder(clip, 1 if kind == "image" else len(PARTS)), Decoder()
    nn.init.normal_(decoder.words.weight, std=0.1)
    encoder.body.requires_grad_(False).eval()
    maps, moving = see_all(encoder, world, kind, random_source)
    print("seen", f"{time.process_time() - started:.0f} s", flush=True)
    ids = folder_of.encode_all([true_caption(truth, kind == "video") for truth in world.truths])
    parameters = [p for p in [*encoder.parameters(), *decoder.parameters()] if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=1, weight_decay=0.01)
    for step in range(1, steps + 1):
        done = step / steps
        for group in optimizer.param_groups:
            group["lr"] = 3e-3 * min(1, step / 50) * max(0.01, 0.5 * (1 + np.cos(np.pi * done)))
        chosen = torch.tensor(random_source.sample(range(len(world)), batch))
        hidden = encoder.tell(maps[chosen], None if moving is None else moving[chosen])
        logits = decoder(ids[chosen, :-1], hidden)
        loss = F.cross_entropy(logits.flatten(0, 1), ids[chosen, 1:].flatten(), ignore_index=PAD)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        losses.append(loss.item())
        if step % 100 == 0:
            print(step, f"{time.process_time() - started:.0f} s", round(float(np.mean(losses[-100:])), 4), flush=True)
    report = {
        "kind": kind,
        "steps": steps,
        "batch": batch,
        "cpu_minutes": round((time.process_time() - started) / 60, 1),
        "loss": round(float(np.mean(losses[-100:])), 4),
        "parameters": sum(p.numel() for p in [*encoder.parameters(), *decoder.parameters()]),
        "parameters_trained": sum(p.numel() for p in parameters),
        "seed": seed,
    }
    return encoder.eval(), decoder.eval(), report


@torch.no_grad()
def say(encoder, decoder, pixels):
    """Greedy captions of a batch."""
    hidden = encoder(pixels)
    ids = torch.full((len(hidden), 1), START)
    for _ in range(14):
        ids = torch.cat([ids, decoder(ids, hidden)[:, -1].argmax(-1, keepdim=True)], 1)
    texts = []
    for row in ids.tolist():
        texts.append(folder_of.decode(row[: row.index(END)] if END in row else row))
    return texts


def measure(encoder, decoder, world, kind):
    said = []
    for at in range(0, len(world), 50):
        chosen = range(at, min(at + 50, len(world)))
        said += say(encoder, decoder, to_tensor(np.stack([frames_of(world, i, kind) for i in chosen])))
    faults = np.array([truth["fault"] for truth in world.truths])
    whole = np.array([a == true_caption(t, kind == "video") for a, t in zip(said, world.truths)])
    parts = {}
    for part in ["colour", "shape", "background"] + (["direction"] if kind == "video" else []):
        words = [
            "rests" if part == "direction" and truth["fault"] == "still" else truth[part]
            for truth in world.truths
        ]
        parts[part] = round(float(np.mean([word in a.split() for a, word in zip(said, words)])), 4)
    return {
        "clips": len(world),
        "whole_caption_right": round(float(whole.mean()), 4),
        "whole_caption_right_by_fault": {f: round(float(whole[faults == f].mean()), 4) for f in sorted(set(faults))},
        "word_right": parts,
    }


def write(encoder, decoder, kind, out, report):
    tokens = {"decoder_start_token_id": START, "bos_token_id": START, "eos_token_id": END, "pad_token_id": PAD}
    decoder_config = {"model_type": "gpt2", "n_layer": 1, "n_head": 4, "n_embd": WIDTH}
    folder_of.write_json(
        out,
        "config.json",
        {
            "model_type": "vision-encoder-decoder",
            "architectures": ["VisionEncoderDecoderModel"],
            "is_encoder_decoder": True,
            **tokens,
            "encoder": {"model_type": "vit", "image_size": 96, "hidden_size": WIDTH},
            "decoder": {**decoder_config, "vocab_size": len(folder_of.VOCABULARY)},
        },
    )
    folder_of.write_json(out, "generation_config.json", {**tokens, "max_new_tokens": 16})
    folder_of.write_tokenizer(out, "PreTrainedTokenizerFast")
    folder_of.write_preprocessor(out, "ViTImageProcessor")
    pictures = np.stack([folder_of.test_pattern(i) for i in range(1 if kind == "image" else len(PARTS))])
    pixels = to_tensor(pictures if kind == "image" else pictures[None])
    ids = torch.tensor([folder_of.encode("a red circle")[:-1]])
    with torch.no_grad():
        hidden = encoder(pixels)
        expected = {
            "frames": len(pictures),
            "last_hidden_state": folder_of.rounded(hidden[0, :2]),
            "input_ids": ids[0].tolist(),
            "logits": folder_of.rounded(decoder(ids, hidden)[0, -1]),
            "caption": say(encoder, decoder, pixels)[0],
        }
    folder_of.export(
        encoder, (pixels,), out, "encoder_model", ["pixel_values"], ["last_hidden_state"],
        {"pixel_values": {0: "batch_size"}, "last_hidden_state": {0: "batch_size"}},
    )
    folder_of.export(
        decoder, (ids, hidden), out, "decoder_model_merged", ["input_ids", "encoder_hidden_states"], ["logits"],
        {
            "input_ids": {0: "batch_size", 1: "decoder_sequence_length"},
            "encoder_hidden_states": {0: "batch_size"},
            "logits": {0: "batch_size", 1: "decoder_sequence_length"},
        },
    )
    folder_of.write_json(out, "expected.json", expected)
    folder_of.write_json(out, "report.json", report)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("train_folder", "test_folder", "out_folder"):
        parser.add_argument(name)
    parser.add_argument("--kind", choices=["image", "video"], required=True)
    parser.add_argument("--steps", type=int, default=400)
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    clip = Clip()
    clip.load_state_dict(torch.load(os.path.join(options.train_folder, "clip.pt"))["state"])
    *learned, report = train(clip.eval(), World(options.train_folder), options.kind, options.steps)
    weights = os.path.join(options.train_folder, f"captioner-{options.kind}.pt")
    torch.save({"states": [part.state_dict() for part in learned], "report": report}, weights)
    report["test"] = measure(*learned, World(options.test_folder, limit=2000), options.kind)
    write(*learned, options.kind, options.out_folder, report)
    print(json.dumps(report, indent=1))
