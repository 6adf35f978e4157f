# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Writes GGUF version 3 files (the format's specification: github.com/ggml-org/ggml, docs/gguf.md)."""
import struct

import numpy as np

U32, I32, F32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
TYPES = {"f32": 0, "f16": 1, "q8_0": 8}
ALIGNMENT = 32


def quantise_q8_0(values):
    """Blocks of 32 weights: an f16 scale and 32 int8."""
    blocks = values.astype(np.float32).reshape(-1, 32)
    scale = np.abs(blocks).max(1) / 127
    inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale > 0)
    scaled = blocks * inverse[:, None]
    rounded = np.trunc(scaled + np.copysign(0.5, scaled)).astype(np.int8)
    return np.concatenate([scale.astype("<f2").view(np.uint8).reshape(-1, 2), rounded.view(np.uint8)], 1).tobytes()


class GgufWriter:
    def __init__(self):
        self.pairs, self.tensors = [], []

    @staticmethod
    def _text(text):
        data = text.encode()
        return struct.pack("<Q", len(data)) + data

    def _value(self, kind, value):
        if kind == STRING:
            return self._text(value)
        return struct.pack({U32: "<I", I32: "<i", F32: "<f", BOOL: "<?"}[kind], value)

    def put(self, key, kind, value):
        self.pairs.append(self._text(key) + struct.pack("<I", kind) + self._value(kind, value))

    def put_array(self, key, kind, values):
        body = b"".join(self._value(kind, v) for v in values)
        self.pairs.append(self._text(key) + struct.pack("<IIQ", ARRAY, kind, len(values)) + body)

    def tensor(self, name, values, kind):
        """values: a float array, slowest dimension first."""
        values = np.ascontiguousarray(values, np.float32)
        data = quantise_q8_0(values) if kind == "q8_0" else values.astype("<f2" if kind == "f16" else "<f4").tobytes()
        self.tensors.append((name, values.shape, TYPES[kind], data))

    def write(self, path):
        with open(path, "wb") as f:
            f.write(struct.pack("<4sIQQ", b"GGUF", 3, len(self.tensors), len(self.pairs)))
            f.writelines(self.pairs)
            offset = 0
            for name, shape, kind, data in self.tensors:
                f.write(self._text(name) + struct.pack("<I", len(shape)))
                f.write(struct.pack(f"<{len(shape)}Q", *reversed(shape)) + struct.pack("<IQ", kind, offset))
                offset += -(-len(data) // ALIGNMENT) * ALIGNMENT
            f.write(b"\0" * (-f.tell() % ALIGNMENT))
            for *_, data in self.tensors:
                f.write(data + b"\0" * (-len(data) % ALIGNMENT))
