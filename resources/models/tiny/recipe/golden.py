# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Writes what the model computes for five pictures, for the engine's tests.

    golden.py ASSETS RUN OUT

OUT/cases.json lists them as tests/data/model does: picture, prompt, ids, and the arrays of each stage. Arithmetic is
float32 on weights rounded to float16, which ggml-model-f16.gguf and mmproj-model-f16.gguf hold exactly.
"""
import json
import os
import sys

import numpy as np
import torch
from PIL import Image

from export import load
from infer import Answerer, preprocess
from scenes import Painter
from tokenizer import EOS, SYSTEM, Tokenizer

CASES = [("single", 160, (160, 160), "What is this?"), ("count", 320, (320, 320), "How many things are there?"),
         ("pair", 448, (448, 360), "Describe the picture."), ("word", 240, (240, 180), "What does it say?"),
         ("several", 200, (200, 200), "描述这张图片。")]


STEPS = 16
TOLERANCE = {"pixel_values": 1e-6, "features": 2e-4, "projector": 2e-4, "logits": 1e-3, "logits_f16_cache": 0.05}
PAIR = {"model": "ggml-model-f16.gguf", "mmproj": "../../../resources/models/tiny/mmproj-model-f16.gguf"}


def write(assets, run, out):
    os.makedirs(f"{out}/golden", exist_ok=True)
    tokenizer = Tokenizer(f"{run}/tokenizer.model")
    answerer = Answerer(load(run, "tune"), tokenizer)
    rng, cases = np.random.default_rng(777), []

    def keep(name, values, stride):
        values = np.ascontiguousarray(values.numpy(), "<f4")
        np.save(f"{out}/golden/{name}.npy", values.ravel()[::stride])
        return {"file": f"golden/{name}.npy", "shape": list(values.shape), "stride": stride}

    for layout, size, crop, question in CASES:
        picture, _ = Painter(assets, size, held_out=True).scene(rng, layout)
        left, top = (size - crop[0]) // 2, (size - crop[1]) // 2
        picture.crop((left, top, left + crop[0], top + crop[1])).save(f"{out}/{layout}.png", optimize=True)
        with torch.no_grad():
            pixels = preprocess(Image.open(f"{out}/{layout}.png"))
            features, tokens = answerer.picture_tokens(pixels)
            ids, logits = answerer.ids(tokens, question, STEPS)
        best = logits.sort(-1).values
        cases.append({
            "id": layout, **PAIR, "pictures": [f"{layout}.png"],
            "prompt": f"{SYSTEM} USER: <image>\n{question} ASSISTANT:",
            "input_ids": tokenizer.before + [-200] + tokenizer.first(question), "tokens": ids,
            "text": tokenizer.sp.decode([i for i in ids if i > EOS]).strip(),
            "smallest_gap": round(float((best[:, -1] - best[:, -2]).min()), 3),
            "stages": [{"pixel_values": keep(f"{layout}.pixel_values", pixels[0], 41),
                        "features": keep(f"{layout}.features", features[0], 3),
                        "projector": keep(f"{layout}.projector", tokens[0], 1)}],
            "logits": keep(f"{layout}.logits", logits, 1)})
    with open(f"{out}/cases.json", "w") as f:
        json.dump({"steps": STEPS, "eos": EOS, "tolerance": TOLERANCE, "cases": cases}, f, indent=1, ensure_ascii=False)
        f.write("\n")


if __name__ == "__main__":
    write(*sys.argv[1:])
