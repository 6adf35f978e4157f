# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Batches for the stages of training: batch n of a stage is always the same, so that training can resume anywhere."""
import numpy as np
import torch
from torch.utils.data import Dataset

from model import SHAPE
from questions import PLACES, Questions, Turn, caption, noun
from scenes import Painter, Scene, ninth, patch_labels, size_word
from tokenizer import EOS, SMALL_TALK, Tokenizer

EASY = ["single", "single", "single", "pair", "digit"]
SHORT = 0.45  # of the language stage's steps
COLLAGES = 0.35  # of the tower's pictures: nine labelled things teach more than one
SEEDS = {"language": 11, "vision": 12, "align": 13, "tune": 14, "words": 15}


def describe(scene, language):
    """A scene in words, item by item, in the place of the picture while the language model trains alone."""
    parts = [" ".join((noun(item, language), PLACES[ninth(item)][0 if language == "en" else 1], size_word(item)))
             for item in scene.items]
    return ", ".join(parts) if parts else "photo"


def conversation(tokenizer, turns):
    """Ids after the picture, and which of them are answers."""
    ids, answers = [], []
    for n, turn in enumerate(turns):
        asked = tokenizer.first(turn.question) if n == 0 else tokenizer.next(turn.question)
        said = tokenizer.answer(turn.answer)
        ids += asked + said
        answers += [False] * len(asked) + [True] * len(said)
    return ids, answers


def padded(rows, value=0):
    length = max(len(r) for r in rows)
    return torch.tensor([list(r) + [value] * (length - len(r)) for r in rows])


class Batches(Dataset):
    """Batch n of a stage as a dictionary of tensors."""

    def __init__(self, stage, assets, tokenizer_path, batch, steps, turns=8, first=0):
        self.stage, self.assets, self.path = stage, assets, tokenizer_path
        self.batch, self.steps, self.turns, self.first = batch, steps, turns, first
        self.painter = None

    def __len__(self):
        return self.steps - self.first

    def __getitem__(self, index):
        if self.painter is None:  # in the worker
            self.painter, self.tokenizer, self.questions = Painter(self.assets, SHAPE.image), Tokenizer(self.path), Questions()
        rng = np.random.default_rng((SEEDS[self.stage], self.first + index))
        # The tower meets pictures of one or two things first.
        self.easy = max(0.0, 1 - (self.first + index) / 1000) if self.stage == "vision" else 0.0
        # Most steps of the language model see one question about each scene and no system text: to find and repeat what
        # was said before is what has to be learnt first, and short rows teach it far faster.
        self.short = self.stage == "language" and self.first + index < SHORT * self.steps
        return getattr(self, "_" + self.stage)(rng)

    def _language(self, rng):
        ids, answers = [], []
        for _ in range(self.batch * (3 if self.short else 1)):
            scene = self.painter.imagine(rng)
            turns = self.questions.turns(rng, scene, 1 if self.short else self.turns)
            if not turns:
                continue
            if rng.random() < 0.04 and not self.short:
                turns = self._small_talk(rng)
            # The words that a picture's tokens are drawn to are English whatever the conversation is in.
            language = "en" if rng.random() < 0.6 else turns[0].language
            head = ([] if self.short else self.tokenizer.before) + self.tokenizer.sp.encode(describe(scene, language))
            tail, marks = conversation(self.tokenizer, turns)
            ids.append(head + tail)
            answers.append([False] * len(head) + marks)
        return {"ids": padded(ids), "answers": padded(answers, False)}

    @staticmethod
    def _small_talk(rng):
        picks = rng.choice(len(SMALL_TALK), 3, replace=False)
        return [Turn("talk", "en", *SMALL_TALK[k]) for k in picks]

    def _pictures(self, rng):
        layouts = [EASY[rng.integers(len(EASY))] if rng.random() < self.easy else
                   "collage" if self.stage == "vision" and rng.random() < COLLAGES else None for _ in range(self.batch)]
        pairs = [self.painter.scene(rng, layout) for layout in layouts]
        return torch.from_numpy(np.stack([np.asarray(p) for p, _ in pairs])), [s for _, s in pairs]

    @staticmethod
    def _labels(scenes):
        labels = [patch_labels(s, SHAPE.grid) for s in scenes]
        arrays = {name: torch.from_numpy(np.stack([one[name] for one in labels])) for name in labels[0]}
        return {name: a if a.is_floating_point() else a.long() for name, a in arrays.items()}

    def _vision(self, rng):
        pictures, scenes = self._pictures(rng)
        languages = ["zh" if rng.random() < 0.3 else "en" for _ in scenes]
        short = [Scene(s.layout, s.items[:2]) if s.layout == "collage" else s for s in scenes]
        texts = [caption(s, language) for s, language in zip(short, languages)]
        return {"pictures": pictures, **self._labels(scenes),
                "text": padded([self.tokenizer.sp.encode(t) + [EOS] for t in texts]),
                "same": torch.tensor([[a == b for b in texts] for a in texts])}

    def _conversations(self, turns):
        rows = [conversation(self.tokenizer, t) for t in turns]
        return {"ids": padded([ids for ids, _ in rows]), "answers": padded([answers for _, answers in rows], False)}

    def _align(self, rng):
        pictures, scenes = self._pictures(rng)
        return {"pictures": pictures, **self._conversations([self.questions.turns(rng, s, self.turns) for s in scenes])}

    def _words(self, rng):
        pictures, scenes = self._pictures(rng)
        return {"pictures": pictures, **self._labels(scenes)}

    def _tune(self, rng):
        pictures, scenes = self._pictures(rng)
        chats = []
        for scene in scenes:
            turns = self.questions.turns(rng, scene, self.turns)
            if rng.random() < 0.03:
                turns = turns[:2] + self._small_talk(rng)[:1] + turns[2:]
            chats.append(turns)
        return {"pictures": pictures, **self._conversations(chats)}
