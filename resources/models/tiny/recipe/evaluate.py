# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Accuracy per type of question on the evaluation set, beside two baselines.

    evaluate.py RUN STAGE HELDOUT [RESULT.json]

An answer counts as right when it equals the expected one but for case and the full stop; of yes/no questions the
first word decides. `majority` always gives the most frequent answer of its type and language in the evaluation set
itself; `blind` is the model asked without the picture.
"""
import json
import os
import sys
from collections import Counter, defaultdict

import torch
from PIL import Image

from export import load
from infer import Answerer, preprocess
from tokenizer import Tokenizer


def key(kind, text):
    """What of an answer is compared."""
    text = text.lower().strip().rstrip(".。")
    if kind == "yes/no":
        for word in ("yes", "no", "是的", "不是", "没有", "有"):
            if text.startswith(word):
                return word
    return text


def table(rows):
    """rows: (type, language, expected, answers by column); accuracy in percent by type and column."""
    columns = list(rows[0][3])
    hits, totals = defaultdict(Counter), Counter()
    for kind, language, expected, answers in rows:
        for name in (kind, "all", "all, English" if language == "en" else "all, Chinese"):
            totals[name] += 1
            for column in columns:
                hits[name][column] += key(kind, answers[column]) == key(kind, expected)
    return {name: {"questions": totals[name]} | {c: round(100 * hits[name][c] / totals[name], 1) for c in columns}
            for name in totals}


def evaluate(run, stage, folder, result=None):
    answerer = Answerer(load(run, stage), Tokenizer(f"{run}/tokenizer.model"))
    with open(f"{folder}/questions.jsonl") as f:
        questions = [json.loads(line) for line in f]
    frequent = defaultdict(Counter)
    for q in questions:
        frequent[q["type"], q["language"]][key(q["type"], q["answer"])] += 1
    rows, wrong, tokens, last = [], [], None, None
    with torch.no_grad():
        for q in questions:
            if q["picture"] != last:
                last = q["picture"]
                _, tokens = answerer.picture_tokens(preprocess(Image.open(os.path.join(folder, last))))
            answers = {"model": answerer.answer(tokens, q["question"]),
                       "majority": frequent[q["type"], q["language"]].most_common(1)[0][0],
                       "blind": answerer.answer(None, q["question"])}
            rows.append((q["type"], q["language"], q["answer"], answers))
            if key(q["type"], answers["model"]) != key(q["type"], q["answer"]):
                wrong.append(q | {"said": answers["model"]})
    done = table(rows)
    for name, values in done.items():
        print(f"{name:14} " + " ".join(f"{k} {v:6}" for k, v in values.items()))
    if result:
        with open(result, "w") as f:
            json.dump({"table": done, "wrong": wrong}, f, indent=1, ensure_ascii=False)


if __name__ == "__main__":
    evaluate(*sys.argv[1:])
