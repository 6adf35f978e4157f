# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Writes the evaluation set: pictures and questions that training never sees.

    heldout.py ASSETS OUT [SCALE]

Other random seeds, fonts, colour shades and phrasings than training's, drawn at 160 to 448 pixels and stored as PNG
or JPEG: OUT/<n>.{png,jpg} and OUT/questions.jsonl (picture, type, language, question, answer). SCALE 1 gives about
2,700 questions, 0.08 the small set of the acceptance test.
"""
import json
import os
import sys

import numpy as np

from questions import Questions
from scenes import Painter

WANTED = {"object": 220, "shape": 200, "colour": 300, "count": 340, "position": 380, "size": 220, "yes/no": 420, "digit": 200,
          "word": 200, "caption": 120, "absent": 40, "unknown": 80}
LAYOUT = {"object": "single", "shape": "single", "digit": "digit", "word": "word", "unknown": "unknown", "count": "count",
          "size": "size"}
SEED = 90001


def write(assets, out, scale):
    os.makedirs(out, exist_ok=True)
    rng = np.random.default_rng(SEED + round(1000 * scale))
    painters = [Painter(assets, size, held_out=True) for size in (160, 240, 320, 448)]
    questions = Questions(held_out=True)
    open_ = {t: max(4, round(n * scale)) for t, n in WANTED.items()}
    number = 0
    with open(f"{out}/questions.jsonl", "w") as f:
        while any(open_.values()):
            kind = max(open_, key=lambda t: open_[t] / WANTED[t])
            painter = painters[rng.integers(len(painters))]
            picture, scene = painter.scene(rng, LAYOUT.get(kind) if rng.random() < 0.8 else None)
            kept = []
            for turn in questions.turns(rng, scene, 10):
                if turn.type == "count" and scene.layout not in ("count", "several"):
                    continue  # ones are too easy to count
                if open_[turn.type] > 0 and len(kept) < 4 and sum(t.type == turn.type for t in kept) < 2:
                    open_[turn.type] -= 1
                    kept.append(turn)
            if not kept:
                continue
            name = f"{number:04d}.{'png' if rng.random() < 0.4 and scale > 0.5 else 'jpg'}"
            picture.save(f"{out}/{name}", quality=88)
            number += 1
            for t in kept:
                print(json.dumps({"picture": name, "type": t.type, "language": t.language, "question": t.question,
                                  "answer": t.answer}, ensure_ascii=False), file=f)


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2], float(sys.argv[3]) if len(sys.argv) > 3 else 1.0)
