# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Low-rank adapters in the language model: W x + (alpha / r) B A x (arXiv 2106.09685), as MobileVLM's script sets
them: r is a sixteenth of the width (128 of 2048), alpha twice r."""
import math

import torch
from torch import nn
import torch.nn.functional as F

from model import SHAPE, Linear

RANK = SHAPE.width // 16
ALPHA = 2 * RANK
NAMES = ("q", "k", "v", "o", "gate", "up", "down")


class Adapted(nn.Module):
    def __init__(self, base):
        super().__init__()
        self.base = base
        base.weight.requires_grad_(False)
        self.a = nn.Parameter(torch.empty(RANK, base.in_features))
        self.b = nn.Parameter(torch.zeros(base.out_features, RANK))
        nn.init.kaiming_uniform_(self.a, a=math.sqrt(5))

    def forward(self, x):
        low = F.linear(F.linear(x, self.a.to(x.dtype)), self.b.to(x.dtype))
        return self.base(x) + low * (ALPHA / RANK)

    def merged(self):
        """The plain layer that computes the same."""
        layer = Linear(self.base.in_features, self.base.out_features, bias=False)
        layer.weight.data = (self.base.weight + (ALPHA / RANK) * self.b @ self.a).data
        return layer


def add_adapters(llama):
    """Freezes a language model but for adapters in all its linear layers."""
    llama.requires_grad_(False)
    for layer in llama.layers:
        for name in NAMES:
            setattr(layer, name, Adapted(getattr(layer, name)))


def merge_adapters(llama):
    for layer in llama.layers:
        for name in NAMES:
            setattr(layer, name, getattr(layer, name).merged())
