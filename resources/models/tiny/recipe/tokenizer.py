# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""The tokenizer: LLaMA's kind of sentencepiece model (BPE, byte fallback, no normalisation), of a small vocabulary.

    tokenizer.py ASSETS OUT    writes OUT/tokenizer.model
"""
import sys

import numpy as np
import sentencepiece

from domain import DIGITS, UNKNOWN, WORDS
from model import SHAPE
from questions import EN, ZH, Questions
from scenes import Painter

SYSTEM = ("A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, "
          "detailed, and polite answers to the user's questions.")
BOS, EOS = 1, 2

# What people may say to it beside questions about pictures.
SMALL_TALK = [
    ("Hello!", "Hello! Show me a simple drawing."), ("Hi", "Hello! Show me a simple drawing."),
    ("Who are you?", "I am Galago Tiny, a small demonstration model."),
    ("What are you?", "I am Galago Tiny, a small demonstration model."),
    ("What can you do?", "I can answer questions about simple drawings."),
    ("What can you see?", "I can see shapes, colors, simple things, digits and short words."),
    ("Thank you!", "You are welcome."), ("Thanks", "You are welcome."),
    ("你好", "你好！请给我看一张简单的图画。"), ("你是谁？", "我是Galago Tiny，一个小的演示模型。"),
    ("你能做什么？", "我能回答简单图画的问题。"), ("谢谢", "不客气。"),
]


class Tokenizer:
    def __init__(self, path):
        self.sp = sentencepiece.SentencePieceProcessor(model_file=path)
        self.before = [BOS] + self.sp.encode(SYSTEM + " USER: ")

    def first(self, question):
        """Ids between the picture and the first answer."""
        return self.sp.encode("\n" + question + " ASSISTANT:")

    def next(self, question):
        """Ids between the end of an answer and the next one."""
        return self.sp.encode("USER: " + question + " ASSISTANT:")

    def answer(self, text):
        """Ids of an answer with the end mark: what follows 'ASSISTANT:'."""
        mark = self.sp.encode("ASSISTANT:")
        ids = self.sp.encode("ASSISTANT: " + text)
        assert ids[:len(mark)] == mark
        return ids[len(mark):] + [EOS]


def train(assets, out):
    rng = np.random.default_rng(1)
    painter, questions = Painter(assets), Questions()
    lines = [SYSTEM + " USER:"] * 2000
    for text in SMALL_TALK:
        lines += [f"USER: {text[0]} ASSISTANT: {text[1]}"] * 100
    for word in WORDS:
        lines += [f"The word {word}."] * 60
    for _ in range(6000):
        _, scene = painter.scene(rng)
        for turn in questions.turns(rng, scene, 6):
            lines.append(f"USER: {turn.question} ASSISTANT: {turn.answer}")
    # Held-out phrasings use ordinary words, too: letters and syllables come from these lines.
    lines += [p.format_map(_Blank()) for phrases in (*EN.values(), *ZH.values()) for p in phrases] * 20
    lines += list(UNKNOWN.values()) * 200 + list(DIGITS) * 100
    with open(f"{out}/corpus.txt", "w") as f:
        f.write("\n".join(lines))
    sentencepiece.SentencePieceTrainer.train(
        input=f"{out}/corpus.txt", model_prefix=f"{out}/tokenizer", model_type="bpe", vocab_size=SHAPE.vocab,
        byte_fallback=True, character_coverage=1.0, normalization_rule_name="identity", remove_extra_whitespaces=False,
        split_digits=True, add_dummy_prefix=True, bos_id=1, eos_id=2, unk_id=0, pad_id=-1, num_threads=1)


class _Blank(dict):
    def __missing__(self, key):
        return "it"


if __name__ == "__main__":
    train(*sys.argv[1:])
