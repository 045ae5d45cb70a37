"""Writes what a model folder holds beside its graphs, in the layout that Transformers.js loads."""
import json
import os

import numpy as np
import onnx
import torch

PAD, START, END, UNKNOWN = "<pad>", "<|startoftext|>", "<|endoftext|>", "<unk>"
WORDS = (
    "a an the and on over in moves rests background "
    "red green blue yellow white circle square triangle left right up down black gray sky"
).split()
VOCABULARY = [PAD, START, END, UNKNOWN, *WORDS]
IDS = {word: index for index, word in enumerate(VOCABULARY)}
MAX_TOKENS = 64


def encode(text):
    words = [IDS.get(word, IDS[UNKNOWN]) for word in text.split()]
    return [IDS[START], *words, IDS[END]]


def encode_all(texts):
    rows = [encode(text) for text in texts]
    width = max(map(len, rows))
    return torch.tensor([row + [IDS[PAD]] * (width - len(row)) for row in rows])


def decode(ids):
    words = [VOCABULARY[index] for index in ids]
    return " ".join(word for word in words if word not in (PAD, START, END))


def write_json(folder, name, value):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "w") as file:
        json.dump(value, file, indent=2)
        file.write("\n")


def write_tokenizer(folder, tokenizer_class):
    """A word-level tokenizer; every text is put between the start and the end token."""
    specials = [PAD, START, END, UNKNOWN]
    added = [
        {
            "id": IDS[token],
            "content": token,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for token in specials
    ]
    template = [
        {"SpecialToken": {"id": START, "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
        {"SpecialToken": {"id": END, "type_id": 0}},
    ]
    pair = [*template, {"Sequence": {"id": "B", "type_id": 0}}, template[2]]
    used = {token: {"id": token, "ids": [IDS[token]], "tokens": [token]} for token in (START, END)}
    write_json(
        folder,
        "tokenizer.json",
        {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": added,
            "normalizer": {"type": "Lowercase"},
            "pre_tokenizer": {"type": "Whitespace"},
            "post_processor": {
                "type": "TemplateProcessing",
                "single": template,
                "pair": pair,
                "special_tokens": used,
            },
            "decoder": None,
            "model": {"type": "WordLevel", "vocab": IDS, "unk_token": UNKNOWN},
        },
    )
    write_json(
        folder,
        "tokenizer_config.json",
        {
            "tokenizer_class": tokenizer_class,
            "bos_token": START,
            "eos_token": END,
            "pad_token": PAD,
            "unk_token": UNKNOWN,
            "model_max_length": MAX_TOKENS,
            "clean_up_tokenization_spaces": False,
        },
    )


def write_preprocessor(folder, kind):
    size = (
        {"size": {"shortest_edge": 96}, "do_center_crop": True, "crop_size": {"height": 96, "width": 96}}
        if kind == "CLIPImageProcessor"
        else {"size": {"width": 96, "height": 96}}
    )
    write_json(
        folder,
        "preprocessor_config.json",
        {
            "image_processor_type": kind,
            "do_resize": True,
            "resample": 2,
            **size,
            "do_rescale": True,
            "rescale_factor": 1 / 255,
            "do_normalize": True,
            "image_mean": [0.5, 0.5, 0.5],
            "image_std": [0.5, 0.5, 0.5],
        },
    )


def export(model, example, folder, name, inputs, outputs, axes):
    """Writes onnx/`name`.onnx at opset 16 and has the checker read it."""
    path = os.path.join(folder, "onnx", f"{name}.onnx")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    torch.onnx.export(
        model.eval(),
        example,
        path,
        opset_version=16,
        input_names=inputs,
        output_names=outputs,
        dynamic_axes=axes,
        do_constant_folding=True,
    )
    graph = onnx.load(path)
    # The exporter's own notes (source lines of this machine) are of no use to anyone else.
    for node in graph.graph.node:
        node.doc_string = ""
    onnx.checker.check_model(graph)
    onnx.save(graph, path)


def test_pattern(index):
    """A picture that any language can make: uint8 [96, 96, 3], (r * 2 + c * 3 + i * 40) mod 256 and so on."""
    row, column = np.mgrid[0:96, 0:96]
    channels = [row * 2 + column * 3, row * 3 + column, row + column * 2]
    return np.stack([(c + index * 40) % 256 for c in channels], -1).astype(np.uint8)


def rounded(tensor):
    return [round(float(value), 6) for value in tensor.flatten()]
