# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Trains Galago Tiny, stage by stage (arXiv 2312.16886, section 3.4, at small scale).

    train.py ASSETS RUN STAGE [--steps N] [--batch N] [--rate R] [--device cuda] [--workers N]

ASSETS is fetch_assets.sh's folder, RUN keeps tokenizer, checkpoints and logs. Stages, in order:
  language  the language model alone, on scenes in words and questions about them
  vision    the tower: contrastive with captions as CLIP, and what each patch shows
  words     the projector alone: its tokens become the words for what is seen, as the language model embeds them
  align     the projector, tower and language model frozen
  tune      instruction tuning of projector and language model, the tower frozen
  lora      the same from the same start with low-rank adapters, for comparison
TINY_SHAPE=large in the environment makes the larger model, for machines with a GPU.
A stage that was cut off goes on from its last checkpoint.
"""
import argparse
import json
import math
import os
import time

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader

from data import Batches
from domain import NUMBERS, WORDS
from lora import add_adapters
from model import SHAPE, Linear, Llama, MobileVlm, VisionTower, normalise
from questions import PLACES
from scenes import PATCH_CLASSES, PATCH_COLOURS, SIZES
from tokenizer import Tokenizer

# steps, batch, peak learning rate, turns per picture
PLAN = {"language": (1400, 32, 1.5e-3, 8), "vision": (8000, 32, 7e-4, 0), "words": (400, 48, 2e-3, 0),
        "align": (80, 32, 1e-3, 4), "tune": (3200, 32, 8e-4, 8), "lora": (400, 32, 1.5e-3, 8)}
LOW = torch.bfloat16
PLACE_WORDS = ("top", "bottom", "left", "right", "middle")


class TextTower(nn.Module):
    """The other side of the contrastive training: a small transformer over a caption. Not part of the product."""

    def __init__(self, s=SHAPE, width=192):
        super().__init__()
        self.embed = nn.Embedding(s.vocab, width)
        shape = type(s)(width=width, heads=6, inner=512, layers=2, vocab=8)
        self.llama = Llama(shape)
        self.out = Linear(width, s.vision_width, bias=False)

    def forward(self, ids):
        x = self.llama.hidden(self.embed(ids).to(LOW))
        last = (ids != 0).sum(1) - 1
        return self.out(x[torch.arange(len(ids), device=ids.device), last])


class PatchLabels(nn.Module):
    """What each patch shows, and where, how big and how many its whole thing is, read off the tower's features: dense
    labels teach a small tower far faster than captions do, and what a patch has to know of its whole thing the
    projector's convolutions could not find out. Not part of the product."""

    def __init__(self, s=SHAPE):
        super().__init__()
        self.classes = Linear(s.vision_width, len(PATCH_CLASSES))
        self.colours = Linear(s.vision_width, len(PATCH_COLOURS))
        self.whole = nn.ModuleDict({"places": Linear(s.vision_width, 9), "sizes": Linear(s.vision_width, len(SIZES)),
                                    "counts": Linear(s.vision_width, 6),
                                    "words": Linear(s.vision_width, len(WORDS) + 1)})
        self.boxes = Linear(s.vision_width, 4)
        # Most patches show nothing: they count less.
        self.register_buffer("weight", torch.tensor([0.15] + [1.0] * (len(PATCH_CLASSES) - 1)), persistent=False)

    def forward(self, features, batch):
        """Losses and accuracies by name; all but the classes' are of patches that show something."""
        wanted, shown = batch["classes"].flatten(), batch["classes"].flatten() > 0
        classes = self.classes(features).float().flatten(0, 1)
        colours = self.colours(features).float().flatten(0, 1)
        losses = {"classes": F.cross_entropy(classes, wanted, self.weight),
                  "colours": F.cross_entropy(colours[shown], batch["colours"].flatten()[shown])}
        right = {"classes": (classes[shown].argmax(1) == wanted[shown]).float().mean().item()}
        things = features.flatten(0, 1)[shown]
        for name, head in self.whole.items():
            read, said = head(things).float(), batch[name].flatten()[shown]
            losses[name] = F.cross_entropy(read, said)
            right[name] = (read.argmax(1) == said).float().mean().item()
        losses["boxes"] = F.l1_loss(self.boxes(things).float(), batch["boxes"].flatten(0, 1)[shown])
        return losses, right


class VisionTraining(nn.Module):
    SHARES = {"classes": 1, "colours": 0.5, "places": 0.3, "sizes": 0.2, "counts": 0.3, "words": 0.5, "boxes": 2}

    def __init__(self):
        super().__init__()
        s = SHAPE
        self.tower, self.text = VisionTower(s), TextTower(s)
        self.project = Linear(s.vision_width, s.vision_width, bias=False)
        self.scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))
        self.labels = PatchLabels()

    def forward(self, batch):
        hidden = self.tower.hidden(normalise(batch["pictures"]), LOW)
        losses, right = self.labels(hidden[:, 1:], batch)
        a = F.normalize(self.project(self.tower.pooled(hidden)).float(), dim=-1)
        b = F.normalize(self.text(batch["text"]).float(), dim=-1)
        logits = self.scale.exp().clamp(max=100) * a @ b.T
        same = batch["same"].float()
        target = same / same.sum(1, keepdim=True)
        contrast = -(target * (F.log_softmax(logits, 1) + F.log_softmax(logits.T, 1))).sum(1).mean() / 2
        loss = 0.5 * contrast + sum(self.SHARES[name] * value for name, value in losses.items())
        return loss, {"contrastive": contrast.item(), **{name: value.item() for name, value in losses.items()},
                      **{name + " right": value for name, value in right.items()}}


class LanguageTraining(nn.Module):
    def __init__(self):
        super().__init__()
        self.llama = Llama()

    def forward(self, batch):
        ids, answers = batch["ids"], batch["answers"]
        states = self.llama.hidden(self.llama.tok_embd(ids[:, :-1]).to(LOW))
        # Questions and descriptions teach the language, answers the task.
        logits = self.llama.head(states).float()
        each = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        asked = answers[:, 1:].flatten()
        told = (ids[:, 1:].flatten() != 0) & ~asked
        right = (logits.argmax(-1).flatten()[asked] == ids[:, 1:].flatten()[asked]).float().mean()
        return each[asked].mean() + 0.25 * each[told].mean(), {"answers": each[asked].mean().item(),
                                                               "answer accuracy": right.item()}


class WordTraining(nn.Module):
    """Draws each token of the projector to the words for what its patches show, so that the language model, which
    has learnt from scenes in words, finds words again."""

    def __init__(self, tokenizer):
        super().__init__()
        self.model = MobileVlm()
        # A digit or letter alone begins with a piece that only says that a word begins.
        self.names = [[n for n in ids if len(ids) == 1 or n != tokenizer.sp.piece_to_id("\u2581")]
                      for ids in map(tokenizer.sp.encode, ["nothing"] + PATCH_CLASSES[1:])]
        self.words = [tokenizer.sp.encode(word) for word in WORDS]
        self.counts = [tokenizer.sp.encode(NUMBERS[n]) for n in range(1, 7)]
        self.colours = [tokenizer.sp.encode(name) for name in PATCH_COLOURS]
        self.places = [tokenizer.sp.encode(" ".join(w for w in PLACES[n % 3, n // 3][0].split() if w in PLACE_WORDS))
                       for n in range(9)]
        self.sizes = [tokenizer.sp.encode(name) for name in SIZES]

    def wanted(self, batch):
        """[n, tokens, width]: a patch is the sum of its thing's name, colour, place, size and number, a token the mean of
        its patches."""
        table = self.model.llama.tok_embd.weight
        names, colours, sizes, counts, words = (torch.stack([table[ids].mean(0) for ids in pieces]) for pieces in
                                                (self.names, self.colours, self.sizes, self.counts, self.words))
        places = torch.stack([table[ids].sum(0) for ids in self.places])  # "top left" is two things to know
        colours[0] = 0
        n, grid = len(batch["classes"]), SHAPE.grid
        shown = (batch["classes"] > 0).float().view(n, grid, grid)
        weight = (shown + 1e-3)[..., None]
        read = batch["words"][..., None]
        patches = torch.where(read > 0, words[(batch["words"] - 1).clamp(min=0)], names[batch["classes"]])
        patches = patches + colours[batch["colours"]]
        there = places[batch["places"]] + sizes[batch["sizes"]] + counts[batch["counts"]]
        patches = (patches + there * (batch["classes"] > 0)[..., None]).view(n, grid, grid, -1)

        def halved(x):
            return x.view(n, grid // 2, 2, grid // 2, 2, -1).sum((2, 4))
        return (halved(patches * weight) / halved(weight)).flatten(1, 2)

    def forward(self, batch):
        with torch.no_grad():
            features, wanted = self.model.vision(normalise(batch["pictures"]), LOW), self.wanted(batch)
        tokens = self.model.projector(features).float()
        loss = (tokens - wanted).square().mean() / wanted.var()
        return loss, {"cosine": F.cosine_similarity(tokens, wanted, dim=-1).mean().item()}


class InstructionTraining(nn.Module):
    def __init__(self, tokenizer):
        super().__init__()
        self.model = MobileVlm()
        self.register_buffer("before", torch.tensor(tokenizer.before), persistent=False)

    def forward(self, batch):
        m, ids, answers = self.model, batch["ids"], batch["answers"]
        with torch.no_grad():
            features = m.vision(normalise(batch["pictures"]), LOW)
        picture = m.projector(features)
        n, k = picture.shape[:2]
        head = m.llama.tok_embd(self.before).to(LOW).expand(n, -1, -1)
        x = torch.cat([head, picture, m.llama.tok_embd(ids[:, :-1]).to(LOW)], 1)
        states = m.llama.hidden(x)[:, len(self.before) + k:]
        wanted = answers[:, 1:]
        logits = m.llama.head(states[wanted]).float()
        target = ids[:, 1:][wanted]
        loss = F.cross_entropy(logits, target)
        return loss, {"answers": loss.item(), "answer accuracy": (logits.argmax(1) == target).float().mean().item()}


def groups(module, rate, decay=0.05):
    """Parameter groups: no weight decay for vectors."""
    return [{"params": [p], "weight_decay": decay if p.dim() > 1 else 0, "peak": rate}
            for p in module.parameters() if p.requires_grad]


def learning_rate(step, steps):
    """Share of the peak: warm-up, then a cosine down to 2 %."""
    warm = min(100, steps // 10)
    if step < warm:
        return (step + 1) / warm
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))


def prepare(stage, run, tokenizer):
    """The module to train, with what earlier stages gave."""
    def load(name):
        return torch.load(f"{run}/{name}.pt", map_location="cpu")["module"]
    if stage == "language":
        return LanguageTraining()
    if stage == "vision":
        return VisionTraining()
    training = WordTraining(tokenizer) if stage == "words" else InstructionTraining(tokenizer)
    model = training.model
    if stage == "words":
        model.vision.load_state_dict({k[6:]: v for k, v in load("vision").items() if k.startswith("tower.")})
        model.llama.load_state_dict({k[6:]: v for k, v in load("language").items()})
        model.projector.block2.ln2.weight.data.fill_(model.llama.tok_embd.weight.std())
    else:
        training.load_state_dict(load("words" if stage == "align" else "align"))
    model.vision.requires_grad_(False)
    if stage != "tune":
        model.llama.requires_grad_(False)
    if stage == "lora":
        add_adapters(training.model.llama)
    return training


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assets")
    parser.add_argument("run")
    parser.add_argument("stage", choices=PLAN)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(20)
    stage, run = options.stage, options.run
    steps, batch, rate, turns = PLAN[stage]
    steps, batch, rate = options.steps or steps, options.batch or batch, options.rate or rate
    tokenizer = Tokenizer(f"{run}/tokenizer.model")
    module = prepare(stage, run, tokenizer).to(options.device)
    optimiser = torch.optim.AdamW(groups(module, rate), lr=rate, betas=(0.9, 0.99), eps=1e-8)
    checkpoint, first = f"{run}/{stage}.part.pt", 0
    if os.path.exists(checkpoint):
        saved = torch.load(checkpoint, map_location=options.device)
        module.load_state_dict(saved["module"])
        optimiser.load_state_dict(saved["optimiser"])
        first = saved["step"]
    kind = "tune" if stage == "lora" else stage
    batches = Batches(kind, options.assets, f"{run}/tokenizer.model", batch, steps, turns, first)
    loader = DataLoader(batches, batch_size=None, num_workers=options.workers, prefetch_factor=6)
    log = open(f"{run}/{stage}.jsonl", "a")
    began, parameters = time.time(), [p for p in module.parameters() if p.requires_grad]
    for step, data in enumerate(loader, first):
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * learning_rate(step, steps)
        loss, values = module({k: v.to(options.device, non_blocking=True) for k, v in data.items()})
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(parameters, 1.0)
        if torch.isfinite(norm):
            optimiser.step()
        if step % 10 == 9:
            values = {k: round(v, 4) for k, v in values.items()}
            speed = round((step + 1 - first) * batch / (time.time() - began), 1)
            print(json.dumps({"step": step + 1, "loss": round(loss.item(), 4), **values, "pictures/s": speed}), file=log, flush=True)
        if step % 200 == 199 or step + 1 == steps:
            torch.save({"module": module.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1}, checkpoint + ".new")
            os.replace(checkpoint + ".new", checkpoint)
    torch.save({"module": module.state_dict()}, f"{run}/{stage}.pt")
    os.remove(checkpoint)


if __name__ == "__main__":
    main()
