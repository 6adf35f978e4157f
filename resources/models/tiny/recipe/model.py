# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""MobileVLM at small size: CLIP vision tower, LDP projector, LLaMA (arXiv 2312.16886, sections 3.1 to 3.3)."""
import math
import os
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Shape:
    image: int = 160
    patch: int = 16
    vision_width: int = 192
    vision_layers: int = 6  # the last one serves the contrastive training only
    vision_heads: int = 6
    vision_inner: int = 768
    width: int = 256
    layers: int = 4
    heads: int = 8
    inner: int = 704
    vocab: int = 1536
    context: int = 1024

    @property
    def grid(self):
        return self.image // self.patch


SHAPES = {"small": Shape(),
          "large": Shape(image=224, vision_width=256, vision_layers=8, vision_heads=8, vision_inner=1024, width=320, layers=6,
                         heads=10, inner=864)}
SHAPE = SHAPES[os.environ.get("TINY_SHAPE", "small")]
MEAN = (0.48145466, 0.4578275, 0.40821073)
STD = (0.26862954, 0.26130258, 0.27577711)


def normalise(pictures):
    """uint8 [n, h, w, 3] to float [n, 3, h, w] as CLIP's processor does it."""
    x = pictures.float() * (1 / 255)
    mean, std = torch.tensor(MEAN, device=x.device), torch.tensor(STD, device=x.device)
    return ((x - mean) / std).permute(0, 3, 1, 2).contiguous()


class Linear(nn.Linear):
    """Computes in the type of its input; the weights stay float32."""

    def forward(self, x):
        bias = None if self.bias is None else self.bias.to(x.dtype)
        return F.linear(x, self.weight.to(x.dtype), bias)


class LayerNorm(nn.LayerNorm):
    def forward(self, x):
        return F.layer_norm(x, self.normalized_shape, self.weight.to(x.dtype), self.bias.to(x.dtype), self.eps)


class RmsNorm(nn.Module):
    def __init__(self, width, eps=1e-6):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.ones(width)), eps

    def forward(self, x):
        y = x.float()
        y = y * torch.rsqrt(y.square().mean(-1, keepdim=True) + self.eps) * self.weight
        return y.to(x.dtype)


def attend(q, k, v, mask=None):
    """q, k, v [n, heads, length, head width]; mask is added to the scores."""
    scores = q @ k.transpose(-1, -2)
    if mask is not None:
        scores = scores + mask
    return torch.softmax(scores, -1) @ v


class VisionLayer(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.heads = s.vision_heads
        self.ln1, self.ln2 = LayerNorm(s.vision_width), LayerNorm(s.vision_width)
        self.qkv = Linear(s.vision_width, 3 * s.vision_width)
        self.out = Linear(s.vision_width, s.vision_width)
        self.fc1 = Linear(s.vision_width, s.vision_inner)
        self.fc2 = Linear(s.vision_inner, s.vision_width)

    def forward(self, x):
        n, length, width = x.shape
        q, k, v = self.qkv(self.ln1(x)).view(n, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        y = attend(q * (q.shape[-1] ** -0.5), k, v)
        x = x + self.out(y.transpose(1, 2).reshape(n, length, width))
        y = self.fc1(self.ln2(x))
        return x + self.fc2(y * torch.sigmoid(1.702 * y))


def cosine_filters(patch, count):
    """First weights of the patch embedding: the lowest two-dimensional cosines per colour channel, [count, 3 * patch^2].

    Random filters see mostly noise in drawings' large even areas; these start from edges and gradients.
    """
    at = (torch.arange(patch) + 0.5) * math.pi / patch
    order = sorted(((u, v) for u in range(patch) for v in range(patch)), key=lambda f: (f[0] + f[1], f[0]))
    rows = []
    for u, v in order[:-(-count // 3)]:
        wave = torch.cos(v * at)[:, None] * torch.cos(u * at)[None]
        wave = wave / wave.norm() * (0.25 + 0.35 * (u + v)) / 4  # natural spectra fall with frequency
        for channel in range(3):
            filter = torch.zeros(3, patch, patch)
            filter[channel] = wave
            rows.append(filter.flatten())
    return torch.stack(rows[:count])


def wave_positions(grid, width):
    """First position embeddings, [grid^2 + 1, width]: sines and cosines of row and column, zero for the class token."""
    rates = 1 / 100 ** (torch.arange(width // 4) / (width // 4))
    y, x = torch.meshgrid(torch.arange(grid), torch.arange(grid), indexing="ij")
    angles = [c.reshape(-1, 1) * rates for c in (y, x)]
    waves = torch.cat([f(a) for a in angles for f in (torch.sin, torch.cos)], 1)
    return torch.cat([torch.zeros(1, width), waves]) * 0.5


def local_attention(layer):
    """First attention weights after "Mimetic initialization" (arXiv 2305.09828): queries and keys alike, so that
    tokens of like position and look attend to each other; values against the output, so that they are told apart."""
    width, heads = layer.out.in_features, layer.heads
    k = width // heads

    def factors(random, identity, rank):
        product = random * torch.randn(width, width) / math.sqrt(width) + identity * torch.eye(width)
        u, scale, v = torch.linalg.svd(product)
        root = scale[:rank].sqrt()
        return u[:, :rank] * root, v[:rank] * root[:, None]

    for head in range(heads):
        q, key = factors(0.7, 0.7, k)
        layer.qkv.weight.data[head * k:(head + 1) * k] = q.T
        layer.qkv.weight.data[width + head * k:width + (head + 1) * k] = key
    out, value = factors(0.4, -0.4, width)
    layer.qkv.weight.data[2 * width:] = value
    layer.out.weight.data = out
    layer.qkv.bias.data.zero_()


class VisionTower(nn.Module):
    def __init__(self, s=SHAPE):
        super().__init__()
        self.patch = s.patch
        self.patch_embd = Linear(3 * s.patch * s.patch, s.vision_width, bias=False)
        self.class_embd = nn.Parameter(torch.randn(s.vision_width) * 0.02)
        self.position_embd = nn.Parameter(wave_positions(s.grid, s.vision_width))
        self.pre_ln, self.post_ln = LayerNorm(s.vision_width), LayerNorm(s.vision_width)
        self.layers = nn.ModuleList(VisionLayer(s) for _ in range(s.vision_layers))
        self.patch_embd.weight.data = cosine_filters(s.patch, s.vision_width)
        for layer in self.layers:
            layer.fc2.weight.data.mul_(1 / math.sqrt(2 * s.vision_layers))
            local_attention(layer)

    def embed(self, pixels, dtype):
        n, p = pixels.shape[0], self.patch
        g = pixels.shape[2] // p
        x = pixels.to(dtype).view(n, 3, g, p, g, p).permute(0, 2, 4, 1, 3, 5).reshape(n, g * g, 3 * p * p)
        x = torch.cat([self.class_embd.to(dtype).expand(n, 1, -1), self.patch_embd(x)], 1)
        return self.pre_ln(x + self.position_embd.to(dtype))

    def forward(self, pixels, dtype=torch.float32):
        """Pixels [n, 3, h, w] to patch features [n, patches, width]: the last layer but one, without the class token."""
        return self.hidden(pixels, dtype)[:, 1:]

    def hidden(self, pixels, dtype=torch.float32):
        x = self.embed(pixels, dtype)
        for layer in self.layers[:-1]:
            x = layer(x)
        return x

    def pooled(self, hidden):
        """The class token after the last layer, as CLIP compares it with text."""
        return self.post_ln(self.layers[-1](hidden)[:, 0])


class LdpBlock(nn.Module):
    def __init__(self, width, stride):
        super().__init__()
        squeeze = max(8, (width // 4 + 4) // 8 * 8)
        self.stride = stride
        self.depthwise = nn.Conv2d(width, width, 3, stride, 1, groups=width, bias=False)
        self.ln0, self.ln2 = LayerNorm(width), LayerNorm(width)
        self.fc1, self.fc2 = Linear(width, squeeze), Linear(squeeze, width)
        self.pointwise = Linear(width, width, bias=False)

    def forward(self, x):
        """[n, h, w, c] to [n, h / stride, w / stride, c]"""
        kernel = self.depthwise.weight.to(x.dtype)
        y = F.conv2d(x.permute(0, 3, 1, 2), kernel, None, self.stride, 1, 1, x.shape[3]).permute(0, 2, 3, 1)
        y = F.hardswish(self.ln0(y))
        gate = F.hardsigmoid(self.fc2(F.relu(self.fc1(y.mean((1, 2))))))
        y = self.ln2(self.pointwise(y * gate[:, None, None]))
        return x + y if self.stride == 1 else y


class Ldp(nn.Module):
    """Lightweight downsample projector: a quarter as many tokens, in the language model's width (section 3.3)."""

    def __init__(self, s=SHAPE):
        super().__init__()
        self.grid = s.grid
        self.mlp1, self.mlp3 = Linear(s.vision_width, s.width), Linear(s.width, s.width)
        self.block1, self.block2 = LdpBlock(s.width, 1), LdpBlock(s.width, 2)

    def forward(self, x):
        x = self.mlp3(F.gelu(self.mlp1(x)))
        n, _, c = x.shape
        x = self.block2(self.block1(x.view(n, self.grid, self.grid, c)))
        return x.reshape(n, -1, c)


class LlamaLayer(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.heads = s.heads
        self.attn_norm, self.ffn_norm = RmsNorm(s.width), RmsNorm(s.width)
        self.q, self.k, self.v, self.o = (Linear(s.width, s.width, bias=False) for _ in range(4))
        self.gate, self.up = (Linear(s.width, s.inner, bias=False) for _ in range(2))
        self.down = Linear(s.inner, s.width, bias=False)

    def forward(self, x, cos, sin, mask, cache=None):
        n, length, width = x.shape
        y = self.attn_norm(x)
        q, k, v = (m(y).view(n, length, self.heads, -1).transpose(1, 2) for m in (self.q, self.k, self.v))
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if cache is not None:
            if cache:
                k, v = torch.cat([cache[0], k], 2), torch.cat([cache[1], v], 2)
            cache[:] = [k, v]
        y = attend(q * (q.shape[-1] ** -0.5), k, v, mask)
        x = x + self.o(y.transpose(1, 2).reshape(n, length, width))
        y = self.ffn_norm(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


def rotate(x, cos, sin):
    half = x.shape[-1] // 2
    return x * cos + torch.cat([-x[..., half:], x[..., :half]], -1) * sin


def copying_attention(layer):
    """First attention weights that make repeating what was said the easiest thing to learn: queries and keys alike,
    so that tokens attend to their like; output against values, so that what is attended to is added as it is."""
    width = layer.q.in_features

    def orthogonal():
        return torch.linalg.qr(torch.randn(width, width))[0]
    turned = orthogonal()
    layer.q.weight.data, layer.k.weight.data = 0.7 * turned, 0.7 * turned
    turned = orthogonal()
    layer.v.weight.data, layer.o.weight.data = turned, 0.05 * turned.T


class Llama(nn.Module):
    def __init__(self, s=SHAPE):
        super().__init__()
        self.shape = s
        self.tok_embd = nn.Embedding(s.vocab, s.width)
        self.layers = nn.ModuleList(LlamaLayer(s) for _ in range(s.layers))
        self.norm = RmsNorm(s.width)
        self.head = Linear(s.width, s.vocab, bias=False)
        for name, p in self.named_parameters():
            if p.dim() == 2:
                nn.init.normal_(p, 0, 0.03 / (math.sqrt(2 * s.layers) if name.endswith(("o.weight", "down.weight")) else 1))
        for layer in self.layers:
            copying_attention(layer)
        self.head.weight.data = self.tok_embd.weight.data.clone()
        dims = s.width // s.heads
        angles = torch.arange(s.context)[:, None] * (10000 ** (-torch.arange(0, dims, 2) / dims))[None]
        self.register_buffer("angles", torch.cat([angles, angles], -1), persistent=False)

    def hidden(self, x, start=0, caches=None):
        """Embeddings [n, length, width] to the final normed states; positions from `start`."""
        length = x.shape[1]
        angles = self.angles[start:start + length]
        cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
        mask = torch.full((length, start + length), float("-inf"), device=x.device).triu(start + 1).to(x.dtype)
        for n, layer in enumerate(self.layers):
            x = layer(x, cos, sin, mask, None if caches is None else caches[n])
        return self.norm(x)


class MobileVlm(nn.Module):
    def __init__(self, s=SHAPE):
        super().__init__()
        self.shape = s
        self.vision, self.projector, self.llama = VisionTower(s), Ldp(s), Llama(s)
