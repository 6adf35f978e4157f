# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""GGUF v3 in and out, as far as the test models need it: F32 and F16 tensors.

Written apart from the program's own reader and writer, so that neither can hide an error of the
other. Shapes are NumPy's: the slowest dimension first; the file stores them the other way round.
"""
import struct

import numpy as np

ALIGNMENT = 32
UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q",
           12: "d"}
TENSOR_TYPES = {0: np.dtype("<f4"), 1: np.dtype("<f2")}


def _string(text):
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _value(kind, value):
    return _string(value) if kind == STRING else struct.pack("<" + SCALARS[kind], value)


def write(path, metadata, tensors):
    """metadata: {key: (kind, value)}, arrays as (ARRAY, (element kind, values)); tensors: {name:
    array of float16 or float32}."""
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    for key, (kind, value) in metadata.items():
        head += _string(key) + struct.pack("<I", kind)
        if kind == ARRAY:
            element, values = value
            head += struct.pack("<IQ", element, len(values))
            head += b"".join(_value(element, v) for v in values)
        else:
            head += _value(kind, value)
    data = b""
    for name, array in tensors.items():
        kind = {"float32": 0, "float16": 1}[array.dtype.name]
        head += _string(name) + struct.pack("<I", array.ndim)
        head += struct.pack(f"<{array.ndim}Q", *reversed(array.shape))
        head += struct.pack("<IQ", kind, len(data))
        data += np.ascontiguousarray(array).tobytes()
        data += b"\0" * (-len(data) % ALIGNMENT)
    path.write_bytes(head + b"\0" * (-len(head) % ALIGNMENT) + data)


def read(path):
    """(metadata as plain values, tensors) of a file; the inverse of write()."""
    data = path.read_bytes()
    at = 4

    def scalar(kind):
        nonlocal at
        value = struct.unpack_from("<" + SCALARS[kind], data, at)[0]
        at += struct.calcsize("<" + SCALARS[kind])
        return value

    def string():
        nonlocal at
        length = scalar(10)
        at += length
        return data[at - length:at].decode()

    def value(kind):
        if kind == STRING:
            return string()
        if kind == ARRAY:
            element, count = scalar(4), scalar(10)
            return [value(element) for _ in range(count)]
        return scalar(kind)

    if data[:4] != b"GGUF" or scalar(4) != 3:
        raise ValueError(f"{path} is not a GGUF v3 file")
    n_tensors, n_keys = scalar(10), scalar(10)
    metadata = {}
    for _ in range(n_keys):
        key = string()
        metadata[key] = value(scalar(4))
    entries = []
    for _ in range(n_tensors):
        name = string()
        shape = [scalar(10) for _ in range(scalar(4))][::-1]
        entries.append((name, shape, TENSOR_TYPES[scalar(4)], scalar(10)))
    start = at + -at % ALIGNMENT
    tensors = {name: np.frombuffer(data, kind, int(np.prod(shape)), start + offset).reshape(shape)
               for name, shape, kind, offset in entries}
    return metadata, tensors
