#!/usr/bin/env python3
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Makes the models, pictures and expected numbers of this folder (see README.md).

Needs NumPy and sentencepiece (Debian: python3-numpy, python3-sentencepiece). Everything comes from
SEED. The weights are rounded to what the files can hold before anything is computed from them.
Questions are chosen so that every greedy step of every case is decided clearly: a small numerical
difference must never look like another answer.
"""
import itertools
import json
import struct
import sys
import zlib
from pathlib import Path

import numpy as np

import checkpoint_layout
import gguf_file
import reference_pipeline as pipeline
from gguf_file import ARRAY, BOOL, FLOAT32, INT32, STRING, UINT32

FOLDER = Path(__file__).resolve().parent
TEXT_FOLDER = FOLDER.parent / "text"
sys.path.insert(0, str(TEXT_FOLDER))
import make_text_data  # noqa: E402  the tokenizer's rules
import sentencepiece  # noqa: E402

SEED = 20
STEPS = 8
EOS = 2
CLEAR = 0.3  # least distance of the two best logits
SYSTEM = "A chat between a curious user and an artificial intelligence assistant. " \
    "The assistant gives helpful, detailed, and polite answers to the user's questions."

LANGUAGE = {
    # Grouped-query attention; </s> is so unlikely that answers go on until they are stopped.
    "main": {"hidden": 64, "layers": 2, "heads": 4, "kv_heads": 2, "ffn": 128, "context": 512,
             "eps": 1e-6, "rope_theta": 10000.0, "rope_scale": 1.0, "eos_weight": 0.2},
    # Positions divided by 4; </s> is likely enough that an answer ends by itself.
    "rope4": {"hidden": 32, "layers": 2, "heads": 2, "kv_heads": 2, "ffn": 80, "context": 2048,
              "eps": 1e-5, "rope_theta": 10000.0, "rope_scale": 4.0, "eos_weight": 3.0},
}
VISION = {
    "ldp": {"image": 336, "patch": 14, "hidden": 32, "layers": 4, "heads": 4, "ffn": 64},
    "ldpv2": {"image": 336, "patch": 14, "hidden": 24, "layers": 3, "heads": 3, "ffn": 48},
    "mlp": {"image": 112, "patch": 14, "hidden": 24, "layers": 3, "heads": 2, "ffn": 56},
    "linear": {"image": 98, "patch": 14, "hidden": 16, "layers": 3, "heads": 2, "ffn": 40},
}
MODEL_FILES = {"main": "ggml-model-f16.gguf", "rope4": "rope4/ggml-model-f16.gguf"}
MMPROJ_FILES = {"ldp": "mmproj-model-f16.gguf", "ldpv2": "ldpv2/mmproj-model-f16.gguf",
                "mlp": "mlp/mmproj-model-f16.gguf", "linear": "linear/mmproj-model-f16.gguf"}
TOLERANCE = {"pixel_values": 1e-6, "features": 5e-5, "projector": 5e-5, "logits": 2e-4,
             "logits_f16_cache": 0.03}
STRIDE = {"pixel_values": 41, "features": 5, "projector": 1}  # 41, 5: meet every channel and column


# Weights -----------------------------------------------------------------------------------------


class Weights(dict):
    """Seeded random tensors, each exactly what its file type holds, kept as float64."""

    def __init__(self, rng):
        super().__init__()
        self.rng = rng

    def matrix(self, name, rows, cols, gain=1.0, shape=None):
        values = self.rng.normal(0, gain / np.sqrt(cols), (rows, cols)).astype(np.float16)
        self[name] = values.reshape(shape or (rows, cols)).astype(np.float64)

    def vector(self, name, size, centre=0.0, spread=0.1):
        values = self.rng.normal(centre, spread, size).astype(np.float32)
        self[name] = values.astype(np.float64)

    def linear(self, name, rows, cols, gain=1.0, shape=None):
        self.matrix(name + ".weight", rows, cols, gain, shape)
        self.vector(name + ".bias", rows)

    def norm(self, name, size):
        self.vector(name + ".weight", size, 1.0, 0.2)
        self.vector(name + ".bias", size)


def language_weights(rng, c, vocabulary):
    w = Weights(rng)
    kv_dim = c["hidden"] // c["heads"] * c["kv_heads"]
    w.matrix("model.embed_tokens.weight", vocabulary, c["hidden"], np.sqrt(c["hidden"]))
    for i in range(c["layers"]):
        p = f"model.layers.{i}."
        w.vector(p + "input_layernorm.weight", c["hidden"], 1.0, 0.2)
        w.vector(p + "post_attention_layernorm.weight", c["hidden"], 1.0, 0.2)
        w.matrix(p + "self_attn.q_proj.weight", c["hidden"], c["hidden"], 1.5)
        w.matrix(p + "self_attn.k_proj.weight", kv_dim, c["hidden"], 1.5)
        w.matrix(p + "self_attn.v_proj.weight", kv_dim, c["hidden"])
        w.matrix(p + "self_attn.o_proj.weight", c["hidden"], c["hidden"])
        w.matrix(p + "mlp.gate_proj.weight", c["ffn"], c["hidden"])
        w.matrix(p + "mlp.up_proj.weight", c["ffn"], c["hidden"])
        w.matrix(p + "mlp.down_proj.weight", c["hidden"], c["ffn"], 2.0)
    w.vector("model.norm.weight", c["hidden"], 1.0, 0.2)
    w.matrix("lm_head.weight", vocabulary, c["hidden"], 3.0)
    head = w["lm_head.weight"]
    head[EOS] = (head[EOS] * c["eos_weight"]).astype(np.float16)
    return w


def tower_weights(rng, c):
    w = Weights(rng)
    positions = (c["image"] // c["patch"])**2 + 1
    w.vector("embeddings.class_embedding", c["hidden"], 0, 0.5)
    w.matrix("embeddings.patch_embedding.weight", c["hidden"], 3 * c["patch"]**2,
             shape=(c["hidden"], 3, c["patch"], c["patch"]))
    w.matrix("embeddings.position_embedding.weight", positions, c["hidden"],
             0.5 * np.sqrt(c["hidden"]))
    w.norm("pre_layrnorm", c["hidden"])
    for i in range(c["layers"]):
        p = f"encoder.layers.{i}."
        w.norm(p + "layer_norm1", c["hidden"])
        w.norm(p + "layer_norm2", c["hidden"])
        for name, gain in (("q", 1.5), ("k", 1.5), ("v", 1.0), ("out", 1.0)):
            w.linear(f"{p}self_attn.{name}_proj", c["hidden"], c["hidden"], gain)
        w.linear(p + "mlp.fc1", c["ffn"], c["hidden"], 1.5)
        w.linear(p + "mlp.fc2", c["hidden"], c["ffn"], 1.5)
    return w


def projector_weights(rng, kind, inner, outer):
    w = Weights(rng)
    if kind == "linear":
        w.matrix("weight", outer, inner)
        w.vector("bias", outer)
        return w
    first, second = {"mlp": ("0", "2"), "ldp": ("model.mlp.1", "model.mlp.3"),
                     "ldpv2": ("mlp.mlp.0", "mlp.mlp.2")}[kind]
    w.linear(first, outer, inner, 1.5)
    w.linear(second, outer, outer, 2.0)
    if kind == "ldpv2":
        w.linear("peg.peg.0", outer, 9, shape=(outer, 1, 3, 3))
    if kind == "ldp":
        squeezed = outer // 4
        for block in (1, 2):
            p = f"model.mb_block.{block}.block."
            w.matrix(p + "0.0.weight", outer, 9, shape=(outer, 1, 3, 3))
            w.norm(p + "0.1", outer)
            w.linear(p + "1.fc1", squeezed, outer, 3.0, (squeezed, outer, 1, 1))
            w.linear(p + "1.fc2", outer, squeezed, 3.0, (outer, squeezed, 1, 1))
            w.matrix(p + "2.0.weight", outer, outer, shape=(outer, outer, 1, 1))
            w.norm(p + "2.1", outer)
    return w


# Files -------------------------------------------------------------------------------------------


def language_metadata(name, c, processor):
    count = processor.get_piece_size()

    def kind(i):
        if processor.is_unknown(i):
            return 2
        return 3 if processor.is_control(i) else 6 if processor.is_byte(i) else 1

    scaling = {} if c["rope_scale"] == 1 else {
        "llama.rope.scaling.type": (STRING, "linear"),
        "llama.rope.scaling.factor": (FLOAT32, c["rope_scale"])}
    return {
        "general.architecture": (STRING, "llama"),
        "general.name": (STRING, f"galago-test-{name}"),
        "general.file_type": (UINT32, 1),
        "llama.context_length": (UINT32, c["context"]),
        "llama.embedding_length": (UINT32, c["hidden"]),
        "llama.block_count": (UINT32, c["layers"]),
        "llama.feed_forward_length": (UINT32, c["ffn"]),
        "llama.rope.dimension_count": (UINT32, c["hidden"] // c["heads"]),
        "llama.attention.head_count": (UINT32, c["heads"]),
        "llama.attention.head_count_kv": (UINT32, c["kv_heads"]),
        "llama.vocab_size": (UINT32, count),
        "llama.attention.layer_norm_rms_epsilon": (FLOAT32, c["eps"]),
        "llama.rope.freq_base": (FLOAT32, c["rope_theta"]),
        **scaling,
        "tokenizer.ggml.model": (STRING, "llama"),
        "tokenizer.ggml.tokens": (ARRAY, (STRING, [processor.id_to_piece(i)
                                                   for i in range(count)])),
        "tokenizer.ggml.scores": (ARRAY, (FLOAT32, [processor.get_score(i)
                                                    for i in range(count)])),
        "tokenizer.ggml.token_type": (ARRAY, (INT32, [kind(i) for i in range(count)])),
        "tokenizer.ggml.unknown_token_id": (UINT32, 0),
        "tokenizer.ggml.bos_token_id": (UINT32, 1),
        "tokenizer.ggml.eos_token_id": (UINT32, EOS),
        "tokenizer.ggml.add_bos_token": (BOOL, True),
        "tokenizer.ggml.add_eos_token": (BOOL, False),
    }


def mmproj_metadata(kind, c):
    return {
        "general.architecture": (STRING, "clip"),
        "general.description": (STRING, "image encoder for LLaVA"),
        "general.name": (STRING, f"galago-test-{kind}"),
        "general.file_type": (UINT32, 1),
        "clip.has_text_encoder": (BOOL, False),
        "clip.has_vision_encoder": (BOOL, True),
        "clip.has_llava_projector": (BOOL, True),
        "clip.projector_type": (STRING, kind),
        "clip.use_gelu": (BOOL, False),
        "clip.vision.image_size": (UINT32, c["image"]),
        "clip.vision.patch_size": (UINT32, c["patch"]),
        "clip.vision.embedding_length": (UINT32, c["hidden"]),
        "clip.vision.feed_forward_length": (UINT32, c["ffn"]),
        "clip.vision.projection_dim": (UINT32, c["hidden"]),
        "clip.vision.attention.head_count": (UINT32, c["heads"]),
        "clip.vision.block_count": (UINT32, c["layers"] - 1),
        "clip.vision.attention.layer_norm_epsilon": (FLOAT32, c["eps"]),
        "clip.vision.image_mean": (ARRAY, (FLOAT32, list(pipeline.MEAN))),
        "clip.vision.image_std": (ARRAY, (FLOAT32, list(pipeline.STD))),
    }


def write_png(path, rgb):
    height, width = rgb.shape[:2]
    rows = rgb.astype(np.int16).reshape(height, width * 3)
    left = np.zeros_like(rows)
    left[:, 3:] = rows[:, :-3]
    filtered = ((rows - left) % 256).astype(np.uint8)
    data = b"".join(b"\1" + row.tobytes() for row in filtered)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + \
            struct.pack(">I", zlib.crc32(kind + body))

    path.write_bytes(b"\x89PNG\r\n\x1a\n" +
                     chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
                     chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b""))


def draw_pictures(rng):
    """A landscape larger than the models' input and a portrait smaller than it."""
    y, x = np.mgrid[0:300, 0:420]
    large = np.stack([x * 255 // 420, y * 255 // 300, (x + y) * 255 // 720], -1)
    for _ in range(14):
        cx, cy, radius = rng.integers(0, 420), rng.integers(0, 300), rng.integers(8, 70)
        large[(x - cx)**2 + (y - cy)**2 < radius**2] = rng.integers(0, 256, 3)
    large[::16, :, 0] = 250  # fine lines: what the filter's support matters for
    large[:, ::11, 2] = 5
    small = rng.integers(0, 256, (13, 9, 3)).repeat(5, 0).repeat(5, 1)
    return {"large.png": large.astype(np.uint8), "small.png": small.astype(np.uint8)}


# Cases -------------------------------------------------------------------------------------------


def questions():
    things = ["the cup", "this picture", "the street", "a chart", "the tree", "the monkey",
              "that number", "the sign", "the book", "the house", "the cat", "water"]
    for start, thing, end in itertools.product(
            ["What is", "Where is", "Describe", "How large is", "Who made", "What colour is",
             "Do you see", "Why is there", "Count", "Read"], things, ["?", " here?", ", please."]):
        yield f"{start} {thing}{end}"


# Turns and pictures of each case; {q} is the question that is chosen.
CASES = [
    ("ldp-large", "main", "ldp", ["large.png"], "{s} USER: <image>\n{q} ASSISTANT:"),
    ("ldp-small", "main", "ldp", ["small.png"], "{s} USER: <image>\n{q} ASSISTANT:"),
    ("ldp-two-turns", "main", "ldp", ["large.png"],
     "{s} USER: <image>\nHello! ASSISTANT: Hi there.</s>USER: {q} ASSISTANT:"),
    ("ldp-two-pictures", "main", "ldp", ["small.png", "large.png"],
     "USER: <image> and <image>\n{q} ASSISTANT:"),
    # The original takes <unk> for padding, at a position that pictures before it shift.
    ("ldp-unknown", "main", "ldp", ["small.png"], "{s} USER: <unk> <image>\n{q} <unk> ASSISTANT:"),
    ("ldpv2-large", "main", "ldpv2", ["large.png"], "{s} USER: <image>\n{q} ASSISTANT:"),
    ("mlp-large", "main", "mlp", ["large.png"], "{s} USER: <image>\n{q} ASSISTANT:"),
    ("linear-small", "main", "linear", ["small.png"], "{s} USER: <image>\n{q} ASSISTANT:"),
    ("text", "main", None, [], "{s} USER: {q} ASSISTANT:"),
    ("rope4-long", "rope4", None, [], "{s} {s} {s} USER: {q} ASSISTANT:"),
    ("rope4-stops", "rope4", None, [], "{s} USER: {q} ASSISTANT:"),
]


def prompt_ids(processor, prompt):
    ids = [1]
    for i, part in enumerate(prompt.split("<image>")):
        ids += ([pipeline.PICTURE] if i else []) + make_text_data.encode(processor, part)
    return ids


class Maker:
    def __init__(self):
        self.rng = np.random.default_rng(SEED)
        self.processor = sentencepiece.SentencePieceProcessor(
            model_file=str(TEXT_FOLDER / "bpe.model"))
        self.pictures = draw_pictures(self.rng)
        self.stages = {}  # (mmproj, picture): {stage: file}
        self.tokens = {}  # (mmproj, picture): projector output

    def make_models(self):
        self.language = {name: language_weights(self.rng, c, self.processor.get_piece_size())
                         for name, c in LANGUAGE.items()}
        for name, c in LANGUAGE.items():
            gguf_file.write(self.path(MODEL_FILES[name]), language_metadata(
                name, c, self.processor), checkpoint_layout.language_to_gguf(
                    self.language[name], c))
        for kind, c in VISION.items():
            c |= {"projector": kind, "eps": 1e-5}
            tower = tower_weights(self.rng, c)
            projector = projector_weights(self.rng, kind, c["hidden"], LANGUAGE["main"]["hidden"])
            gguf_file.write(self.path(MMPROJ_FILES[kind]), mmproj_metadata(kind, c),
                            checkpoint_layout.mmproj_to_gguf(tower, projector, c))
            for picture in sorted({p for case in CASES if case[2] == kind for p in case[3]}):
                self.encode(kind, c, tower, projector, picture)

    def encode(self, kind, c, tower, projector, picture):
        pixels = pipeline.pixel_values(self.pictures[picture], c["image"])
        features = pipeline.vision_features(pixels, tower, c)
        tokens = pipeline.project(features, projector, kind)
        self.tokens[kind, picture] = tokens
        self.stages[kind, picture] = {
            stage: self.save(f"{kind}-{picture.removesuffix('.png')}.{stage}", values,
                             STRIDE[stage])
            for stage, values in (("pixel_values", pixels), ("features", features),
                                  ("projector", tokens))}

    def make_cases(self):
        return [self.make_case(*case) for case in CASES]

    def make_case(self, name, model, mmproj, pictures, pattern):
        for question in questions():
            prompt = pattern.format(s=SYSTEM, q=question)
            ids = prompt_ids(self.processor, prompt)
            language = pipeline.Language(self.language[model], LANGUAGE[model])
            tokens, logits, rows = pipeline.answer(
                language, ids, [self.tokens[mmproj, p] for p in pictures], STEPS)
            best = np.sort(logits, -1)
            gap = (best[:, -1] - best[:, -2]).min()
            stops = tokens[-1] == EOS
            if gap < CLEAR or len(set(tokens)) < 4 or stops != name.endswith("stops"):
                continue
            print(f"{name}: {rows} rows, gap {gap:.2f}, {question!r} -> {tokens}")
            return {"id": name, "model": MODEL_FILES[model],
                    "mmproj": MMPROJ_FILES[mmproj] if mmproj else None, "pictures": pictures,
                    "prompt": prompt, "input_ids": ids, "prompt_rows": rows, "tokens": tokens,
                    "text": make_text_data.decode(self.processor, tokens).strip(),
                    "smallest_gap": round(float(gap), 3),
                    "stages": [self.stages[mmproj, p] for p in pictures],
                    "logits": self.save(f"{name}.logits", logits, 1)}
        raise RuntimeError(f"no question decides every step of {name} clearly: change SEED")

    def save(self, name, values, stride):
        path = self.path(f"golden/{name}.npy")
        np.save(path, np.asarray(values, np.float32).reshape(-1)[::stride] if stride > 1
                else np.asarray(values, np.float32))
        return {"file": f"golden/{path.name}", "shape": list(values.shape), "stride": stride}

    @staticmethod
    def path(name):
        path = FOLDER / name
        path.parent.mkdir(exist_ok=True)
        return path


def main():
    maker = Maker()
    for name, rgb in maker.pictures.items():
        write_png(maker.path(name), rgb)
    maker.make_models()
    table = {"steps": STEPS, "eos": EOS, "tolerance": TOLERANCE, "cases": maker.make_cases()}
    (FOLDER / "cases.json").write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
