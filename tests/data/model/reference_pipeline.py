# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""MobileVLM from a picture and a prompt to greedy tokens, in float64 NumPy.

A second implementation for comparison: it works on weights in the original's layout and shares no
code with the program. check_pipeline.py holds it against the numbers of the original PyTorch code.
Arrays are token-major, [positions, channels], unless a comment says otherwise.
"""
import math

import numpy as np

PICTURE = -200
MEAN = np.array([0.48145466, 0.4578275, 0.40821073])
STD = np.array([0.26862954, 0.26130258, 0.27577711])

erf = np.vectorize(math.erf, otypes=[np.float64])


# Pictures ----------------------------------------------------------------------------------------


def pad_to_square(rgb):
    """uint8 [h, w, 3], centred on a square of CLIP's mean colour."""
    height, width = rgb.shape[:2]
    side = max(height, width)
    canvas = np.empty((side, side, 3), np.uint8)
    canvas[:] = (MEAN * 255).astype(int)
    top, left = (side - height) // 2, (side - width) // 2
    canvas[top:top + height, left:left + width] = rgb
    return canvas


def bicubic(x):
    x, a = abs(x), -0.5
    if x < 1:
        return ((a + 2) * x - (a + 3)) * x * x + 1
    if x < 2:
        return (((x - 5) * x + 8) * x - 4) * a
    return 0.0


def resize_pass(pixels, size):
    """Pillow's bicubic along axis 0 of uint8 [n, m, 3]: 22-bit weights, rounded to uint8."""
    length = pixels.shape[0]
    if length == size:
        return pixels
    scale = length / size
    stretch = max(scale, 1.0)
    out = np.empty((size,) + pixels.shape[1:], np.uint8)
    for i in range(size):
        centre = (i + 0.5) * scale
        first = max(int(centre - 2 * stretch + 0.5), 0)
        last = min(int(centre + 2 * stretch + 0.5), length)
        weights = [bicubic((j - centre + 0.5) / stretch) for j in range(first, last)]
        total = sum(weights)
        fixed = [int(w / total * (1 << 22) + math.copysign(0.5, w)) for w in weights]
        sums = np.tensordot(np.array(fixed, np.int64), pixels[first:last].astype(np.int64), 1)
        out[i] = np.clip((sums + (1 << 21)) >> 22, 0, 255)
    return out


def resize(square, size):
    """Horizontal pass first, as Pillow does it."""
    across = resize_pass(square.swapaxes(0, 1), size).swapaxes(0, 1)
    return resize_pass(across, size)


def pixel_values(rgb, size=336):
    """float32 [3, size, size], normalised in float32 as the original does."""
    fitted = resize(pad_to_square(rgb), size)
    unit = (fitted * 0.00392156862745098).astype(np.float32)
    return ((unit - MEAN.astype(np.float32)) / STD.astype(np.float32)).transpose(2, 0, 1)


# Building blocks ---------------------------------------------------------------------------------


def layer_norm(x, weight, bias, eps):
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + eps) * weight + bias


def rms_norm(x, weight, eps):
    return x / np.sqrt((x**2).mean(-1, keepdims=True) + eps) * weight


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def gelu(x):
    return x * 0.5 * (1 + erf(x / math.sqrt(2)))


def hard_sigmoid(x):
    return np.clip(x + 3, 0, 6) / 6


def depthwise_conv3x3(image, weight, stride):
    """image [h, w, c], weight [c, 1, 3, 3]; padding 1."""
    height, width, channels = image.shape
    padded = np.zeros((height + 2, width + 2, channels))
    padded[1:-1, 1:-1] = image
    out = 0
    for dy in range(3):
        for dx in range(3):
            window = padded[dy:dy + height:stride, dx:dx + width:stride]
            out = out + window * weight[:, 0, dy, dx]
    return out


# The tower ---------------------------------------------------------------------------------------


def vision_features(pixels, weights, config):
    """[patches, width]: hidden_states[-2] without the class token. `pixels` [3, size, size]."""
    size, patch, width = config["image"], config["patch"], config["hidden"]
    grid, heads, eps = size // patch, config["heads"], config["eps"]
    patches = pixels.astype(np.float64).reshape(3, grid, patch, grid, patch)
    patches = patches.transpose(1, 3, 0, 2, 4).reshape(grid * grid, 3 * patch * patch)
    x = patches @ weights["embeddings.patch_embedding.weight"].reshape(width, -1).T
    x = np.vstack([weights["embeddings.class_embedding"][None], x])
    x = x + weights["embeddings.position_embedding.weight"]
    x = layer_norm(x, weights["pre_layrnorm.weight"], weights["pre_layrnorm.bias"], eps)
    rows, head_dim = len(x), width // heads
    for i in range(config["layers"] - 1):  # the last block is never passed

        def linear(name, v, i=i):
            prefix = f"encoder.layers.{i}.{name}"
            return v @ weights[prefix + ".weight"].T + weights[prefix + ".bias"]

        def norm(name, v, i=i):
            prefix = f"encoder.layers.{i}.{name}"
            return layer_norm(v, weights[prefix + ".weight"], weights[prefix + ".bias"], eps)

        h = norm("layer_norm1", x)
        q = linear("self_attn.q_proj", h) * head_dim**-0.5
        k, v = linear("self_attn.k_proj", h), linear("self_attn.v_proj", h)
        q, k, v = (t.reshape(rows, heads, head_dim).transpose(1, 0, 2) for t in (q, k, v))
        mixed = softmax(q @ k.transpose(0, 2, 1)) @ v
        x = x + linear("self_attn.out_proj", mixed.transpose(1, 0, 2).reshape(rows, width))
        h = linear("mlp.fc1", norm("layer_norm2", x))
        x = x + linear("mlp.fc2", h * sigmoid(1.702 * h))
    return x[1:]


# Projectors --------------------------------------------------------------------------------------


def mobile_block(image, weights, prefix, stride, eps=1e-5):
    """One block of the LDP: depthwise convolution, squeeze-and-excitation, 1x1 convolution."""
    w = {name[len(prefix):]: value for name, value in weights.items() if name.startswith(prefix)}
    x = depthwise_conv3x3(image, w["0.0.weight"], stride)
    x = layer_norm(x, w["0.1.weight"], w["0.1.bias"], eps)
    x = x * hard_sigmoid(x)
    squeezed = x.mean((0, 1)) @ w["1.fc1.weight"][:, :, 0, 0].T + w["1.fc1.bias"]
    scale = np.maximum(squeezed, 0) @ w["1.fc2.weight"][:, :, 0, 0].T + w["1.fc2.bias"]
    x = (x * hard_sigmoid(scale)) @ w["2.0.weight"][:, :, 0, 0].T
    return layer_norm(x, w["2.1.weight"], w["2.1.bias"], eps)


def project(features, weights, kind):
    """[tokens, width of the language model]."""

    def linear(name, v):
        return v @ weights[name + "weight"].T + weights[name + "bias"]

    if kind == "linear":
        return linear("", features)
    first, second = {"mlp": ("0.", "2."), "ldp": ("model.mlp.1.", "model.mlp.3."),
                     "ldpv2": ("mlp.mlp.0.", "mlp.mlp.2.")}[kind]
    x = linear(second, gelu(linear(first, features)))
    if kind == "mlp":
        return x
    side, width = math.isqrt(len(x)), x.shape[1]
    image = x.reshape(side, side, width)
    if kind == "ldp":
        image = image + mobile_block(image, weights, "model.mb_block.1.block.", 1)
        image = mobile_block(image, weights, "model.mb_block.2.block.", 2)
    else:
        image = image.reshape(side // 2, 2, side // 2, 2, width).mean((1, 3))
        image = image + depthwise_conv3x3(image, weights["peg.peg.0.weight"], 1) + \
            weights["peg.peg.0.bias"]
    return image.reshape(-1, width)


# The language model ------------------------------------------------------------------------------


class Language:
    """MobileLLaMA with its cache of keys and values."""

    def __init__(self, weights, config):
        self.weights, self.config = weights, config
        self.keys = [None] * config["layers"]
        self.values = [None] * config["layers"]
        self.length = 0
        self.masked = np.zeros(0, bool)  # keys that nothing attends to

    def embed(self, ids):
        return self.weights["model.embed_tokens.weight"][ids]

    def rotate(self, x):
        """The rotate_half form; x [rows, heads, head_dim] at positions from self.length on."""
        half = x.shape[-1] // 2
        frequencies = self.config["rope_theta"] ** (-np.arange(half) / half)
        positions = (self.length + np.arange(len(x))) / self.config["rope_scale"]
        angles = (positions[:, None] * frequencies)[:, None, :]
        a, b = x[..., :half], x[..., half:]
        return np.concatenate([a * np.cos(angles) - b * np.sin(angles),
                               b * np.cos(angles) + a * np.sin(angles)], -1)

    def attend(self, q, layer):
        """q [rows, heads, head_dim] over the cache, causally."""
        group = self.config["heads"] // self.config["kv_heads"]
        k = np.repeat(self.keys[layer], group, 1).transpose(1, 2, 0)
        v = np.repeat(self.values[layer], group, 1).transpose(1, 0, 2)
        scores = q.transpose(1, 0, 2) @ k / math.sqrt(q.shape[-1])
        rows, total = scores.shape[1:]
        hidden = np.arange(total) > (total - rows + np.arange(rows))[:, None]
        hidden |= self.masked[:total]
        # A finite bound, as the original: a row that may see nothing sees everything.
        scores = np.where(hidden, np.finfo(np.float32).min, scores)
        return softmax(scores) @ v

    def forward(self, x, mask=None):
        """final_hidden [rows, width]. `mask`: positions of the whole prompt nothing attends to."""
        c, w, rows = self.config, self.weights, len(x)
        total = self.length + rows
        self.masked = np.zeros(total, bool) if mask is None else mask
        for i in range(c["layers"]):

            def linear(name, v, i=i):
                return v @ w[f"model.layers.{i}.{name}.weight"].T

            h = rms_norm(x, w[f"model.layers.{i}.input_layernorm.weight"], c["eps"])
            q = linear("self_attn.q_proj", h).reshape(rows, c["heads"], -1)
            k = linear("self_attn.k_proj", h).reshape(rows, c["kv_heads"], -1)
            v = linear("self_attn.v_proj", h).reshape(rows, c["kv_heads"], -1)
            q, k = self.rotate(q), self.rotate(k)
            if self.length:
                k = np.concatenate([self.keys[i], k])
                v = np.concatenate([self.values[i], v])
            self.keys[i], self.values[i] = k, v
            mixed = self.attend(q, i).transpose(1, 0, 2).reshape(rows, -1)
            x = x + linear("self_attn.o_proj", mixed)
            h = rms_norm(x, w[f"model.layers.{i}.post_attention_layernorm.weight"], c["eps"])
            gate = linear("mlp.gate_proj", h)
            x = x + linear("mlp.down_proj", gate * sigmoid(gate) * linear("mlp.up_proj", h))
        self.length = total
        return rms_norm(x, w["model.norm.weight"], c["eps"])

    def logits(self, hidden):
        return hidden @ self.weights["lm_head.weight"].T


def splice(language, ids, pictures):
    """Embeddings of a prompt, each PICTURE id replaced by the rows of the next picture, and the
    attention mask the original ends up with: ids 0 are taken for padding, and the mask is padded on
    the left to the spliced length."""
    parts, remaining = [], list(pictures)
    for token in ids:
        parts.append(remaining.pop(0) if token == PICTURE else language.embed([token]))
    x = np.vstack(parts)
    mask = np.array([token == 0 for token in ids])
    return x, np.concatenate([np.zeros(len(x) - len(ids), bool), mask])


def answer(language, ids, pictures, steps, eos=2):
    """Greedy: (tokens, logits [tokens, vocabulary], prompt rows)."""
    x, mask = splice(language, ids, pictures)
    hidden = language.forward(x, mask)[-1]
    tokens, logits = [], []
    while True:
        logits.append(language.logits(hidden))
        tokens.append(int(np.argmax(logits[-1])))
        if tokens[-1] == eos or len(tokens) == steps:
            return tokens, np.array(logits), len(x)
        # With a picture the original forgets the mask after the prompt; without, it keeps it.
        kept = None if pictures else np.append(mask, np.zeros(len(tokens), bool))
        hidden = language.forward(language.embed([tokens[-1]]), kept)[-1]
