#!/usr/bin/env python3
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Makes the tokenizer data of this folder from corpus.txt (needs Debian's python3-sentencepiece).

bpe.model      a small vocabulary with the settings of LLaMA's
encode.jsonl   texts with their ids, as the slow LlamaTokenizer (legacy) gives them, without BOS
decode.jsonl   ids with their text, as batch_decode(skip_special_tokens=True) gives it

The rules of that tokenizer are written here a second time, over sentencepiece's own decoder, so that
the C++ side is compared with something else than itself. Run it only to change the data: a retrained
vocabulary changes every id.
"""
import json
import random
import re
from pathlib import Path

import sentencepiece

FOLDER = Path(__file__).resolve().parent
SPECIALS = {"<unk>": 0, "<s>": 1, "</s>": 2}
MARKER = "\u2581"
PIECES = 900


def train():
    sentencepiece.SentencePieceTrainer.train(
        input=str(FOLDER / "corpus.txt"), model_prefix=str(FOLDER / "bpe"), model_type="bpe",
        vocab_size=PIECES, byte_fallback=True, character_coverage=0.985,
        normalization_rule_name="identity", remove_extra_whitespaces=False,
        add_dummy_prefix=True, allow_whitespace_only_pieces=True, split_digits=True,
        num_threads=1, minloglevel=2)
    (FOLDER / "bpe.vocab").unlink()


def encode(processor, text):
    ids = []
    for part in re.split("(<unk>|<s>|</s>)", text):
        if part in SPECIALS:
            ids.append(SPECIALS[part])
        elif part:
            ids.extend(processor.encode(part))
    return ids


def decode(processor, ids):
    pieces = [processor.id_to_piece(i) for i in ids if i not in SPECIALS.values()]
    if not pieces:
        return ""
    if pieces[0].startswith(MARKER):
        pieces[0] = pieces[0][1:]
    return processor.decode_pieces(pieces)


def texts(rng):
    yield from ["", " ", "  ", "     ", "\n", "\n\n", "\t", " \n ", "a", " a", "  a", "a ", "a  ",
                "Hello", " Hello", "Hello, world!", "A monkey on a branch.\nAnother one.",
                "What is 1234567890 + 9.5?", "don't we'll it's", "\r\n", "tab\tand\u00a0space",
                "请描述这张图片。", "未知的漢字與符號", "Привет, мир!", "ελληνικά", "नमस्ते", "שלום",
                "🙂", "👨\u200d👩\u200d👧", "a🙂b", "\x00", "a\x00b", "\x01\x7f\x80", "\ufffd", "\ufeffx",
                "\U0010ffff", "e\u0301", "<0x0A>", "<0x41>", "\u2581", "a\u2581b", "\u2581\u2581",
                "<s>", "</s>", "<unk>", "<s></s>", "a</s>b", "a </s> b", "<s>Hello", "Hello</s>",
                "</s>USER: next", "<unk><unk>", "<s", "/s>", "< s>", "<</s>>", "<<s>>", "<s><", "[INST]",
                "\nWho is the author of this book?\nAnswer briefly. ASSISTANT:",
                "    indented\n        more\n", "x" * 300, " " * 100, "ab " * 200]
    corpus = (FOLDER / "corpus.txt").read_text(encoding="utf-8")
    yield from corpus.splitlines()[::4]
    alphabet = "abcdeiorst    \n.,ABC019äéи图🙂</s>\u2581"
    for _ in range(120):
        yield "".join(rng.choice(alphabet) for _ in range(rng.randrange(1, 60)))
        start = rng.randrange(len(corpus) - 100)
        yield corpus[start:start + rng.randrange(1, 100)]


def id_lists(processor, rng):
    size = processor.get_piece_size()
    spaces = [i for i in range(size) if set(processor.id_to_piece(i)) == {MARKER}]
    leading = [i for i in range(size) if processor.id_to_piece(i).startswith(MARKER)]
    yield from [[], [0], [1], [2], [1, 2]]
    for i in spaces:
        yield from ([i], [i, i], [i, i, i], [i, leading[-9]], [2, i, leading[-9], i], [i, 13, i])
    for i in range(0, size, 9):
        yield [i]
    for byte_list in ([0xF0, 0x9F, 0x99, 0x82], [0xF0, 0x9F, 0x99], [0xF0, 0x9F], [0x99, 0x82],
                      [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82, 0x41],
                      [0xEF, 0xBF, 0xBD], [0xE0, 0x80, 0x80], [0xC3, 0xC3, 0xA4], [0], [0x0A, 0x20]):
        ids = [b + 3 for b in byte_list]
        yield ids
        yield ids[:1] + [2] + ids[1:]
        yield [leading[20]] + ids + [leading[21], 2]
    groups = [range(size), range(3, 259), leading, spaces + [0, 1, 2]]
    for _ in range(300):
        yield [rng.choice(rng.choice(groups)) for _ in range(rng.randrange(1, 24))]


def write_lines(name, rows):
    with open(FOLDER / name, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=True, separators=(",", ":")) + "\n")


def main():
    if not (FOLDER / "bpe.model").exists():
        train()
    processor = sentencepiece.SentencePieceProcessor(model_file=str(FOLDER / "bpe.model"))
    write_lines("encode.jsonl", ({"text": t, "ids": encode(processor, t)}
                                 for t in texts(random.Random(1))))
    write_lines("decode.jsonl", ({"ids": i, "text": decode(processor, i)}
                                 for i in id_lists(processor, random.Random(2))))


if __name__ == "__main__":
    main()
