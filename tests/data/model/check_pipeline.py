#!/usr/bin/env python3
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Holds reference_pipeline.py against the numbers of the original PyTorch code.

Usage: check_pipeline.py [REFERENCE_FOLDER]   (else GALAGO_REFERENCE, else ../shared/reference
beside the repository). Run it after a change to the pipeline, before make_model.py.
"""
import json
import os
import sys
from pathlib import Path

import numpy as np

import checkpoint_layout
import gguf_file
import reference_pipeline as pipeline

MODELS = ["tiny-v1", "tiny-v2", "tiny-mlp", "tiny-gqa", "tiny-rope4"]


def configs(language, vision):
    text = {"layers": language["llama.block_count"], "heads": language["llama.attention.head_count"],
            "kv_heads": language["llama.attention.head_count_kv"],
            "eps": 1e-6, "rope_theta": language["llama.rope.freq_base"],
            "rope_scale": language.get("llama.rope.scaling.factor", 1.0)}
    tower = {"layers": vision["clip.vision.block_count"] + 1,
             "heads": vision["clip.vision.attention.head_count"],
             "hidden": vision["clip.vision.embedding_length"], "eps": 1e-5,
             "image": vision["clip.vision.image_size"], "patch": vision["clip.vision.patch_size"],
             "projector": vision["clip.projector_type"]}
    return text, tower


class Checker:
    def __init__(self, folder):
        self.folder = folder
        self.manifest = json.loads((folder / "manifest.json").read_text())
        self.failures = 0
        self.worst = {}

    def compare(self, stage, actual, file, kind="f32_max_abs"):
        expected = np.load(self.folder / file)
        allowed = self.manifest["files"][file]["tolerance"][kind]
        difference = np.abs(actual.reshape(expected.shape) - expected).max()
        self.worst[stage] = max(self.worst.get(stage, 0), difference)
        if not difference <= allowed:
            self.failures += 1
            print(f"FAILED {file}: off by {difference:.3g}, allowed {allowed:.3g}")

    def equal(self, what, actual, expected):
        if list(actual) != list(expected):
            self.failures += 1
            print(f"FAILED {what}: {actual} instead of {expected}")

    def check_model(self, name):
        folder = self.folder / "gguf" / name
        language_keys, language_tensors = gguf_file.read(folder / "ggml-model-f16.gguf")
        vision_keys, vision_tensors = gguf_file.read(folder / "mmproj-model-f16.gguf")
        text, tower = configs(language_keys, vision_keys)
        weights = checkpoint_layout.language_from_gguf(language_tensors, text)
        self.same_layout(language_tensors, checkpoint_layout.language_to_gguf(weights, text))
        tower_weights, projector = checkpoint_layout.mmproj_from_gguf(vision_tensors, tower)
        self.same_layout(vision_tensors,
                         checkpoint_layout.mmproj_to_gguf(tower_weights, projector, tower))
        pictures = {}
        for case in self.manifest["cases"]:
            if case["model"] != name or case.get("kind") == "prefill only":
                continue
            for i, image in enumerate(case["images"]):
                if image in pictures:
                    continue
                pixels = np.load(self.folder / case["pixel_values"][i])
                features = pipeline.vision_features(pixels, tower_weights, tower)
                self.compare("vision", features, case["vision"][i])
                pictures[image] = pipeline.project(features, projector, tower["projector"])
                self.compare("projector", pictures[image], case["projector"][i])
            ids = np.load(self.folder / case["files"]["input_ids"])
            language = pipeline.Language(weights, text)
            tokens, logits, rows = pipeline.answer(
                language, ids, [pictures[image] for image in case["images"]],
                len(case["output_ids"]))
            self.equal(f"{case['id']} rows", [rows], [case["n_positions"]])
            self.equal(case["id"], tokens, case["output_ids"])
            self.compare("logits", logits[:, ::128], case["files"]["sub_logits"])

    def same_layout(self, theirs, ours):
        for name, tensor in theirs.items():
            same = name in ours and ours[name].shape == tensor.shape and \
                ours[name].dtype == tensor.dtype and np.array_equal(ours[name], tensor)
            if not same:
                self.failures += 1
                print(f"FAILED layout of {name}")
        self.equal("tensor names", sorted(ours), sorted(theirs))

    def check_preprocessing(self):
        for name in ("landscape.png", "demo.decoded.png"):
            rgb = decode(self.folder / "images" / name)
            stem = name.replace(".decoded.png", ".jpg")
            self.compare("pixels", pipeline.pixel_values(rgb),
                         f"golden/images/{stem}.pixel_values.npy", "max_abs")
        for name in ("large2000x1200", "portrait", "square", "tiny7x5"):
            rgb = decode(self.folder / "images" / f"{name}.png")
            fitted = pipeline.resize(pipeline.pad_to_square(rgb), 336)
            expected = np.load(self.folder / f"golden/images/{name}.png.resized_u8.npy")
            self.equal(name, [np.array_equal(fitted.transpose(2, 0, 1), expected)], [True])


def decode(path):
    from PIL import Image  # only this check needs it (Debian: python3-pil)
    return np.asarray(Image.open(path).convert("RGB"))


def main():
    default = os.environ.get("GALAGO_REFERENCE") or \
        Path(__file__).resolve().parents[4] / "shared" / "reference"
    checker = Checker(Path(sys.argv[1] if len(sys.argv) > 1 else default))
    checker.check_preprocessing()
    for name in MODELS:
        checker.check_model(name)
        print(name, "done", flush=True)
    print("largest differences:", {k: f"{v:.2g}" for k, v in checker.worst.items()})
    sys.exit(1 if checker.failures else 0)


if __name__ == "__main__":
    main()
