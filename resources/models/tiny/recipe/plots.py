# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Draws the training logs: one picture per stage.

    plots.py RUN OUT
"""
import json
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

ACCURACY = ("answer accuracy", "cosine")
TITLES = {"language": "1. Language model on scenes in words", "vision": "2. Vision tower: contrastive, and what each patch belongs to",
          "words": "3a. Projector alone, drawn to words", "align": "3b. Projector alone, by the language model's answers",
          "tune": "4. Instruction tuning of projector and language model",
          "lora": "4b. Instruction tuning with LoRA, for comparison"}


def smooth(values, rate=0.1):
    out, last = [], values[0]
    for v in values:
        last += rate * (v - last)
        out.append(last)
    return out


def draw(stage, lines, path):
    steps = [line["step"] for line in lines]
    figure, left = plt.subplots(figsize=(7, 3.2), dpi=110)
    right = left.twinx()
    names = [n for n in lines[0] if n not in ("step", "loss", "pictures/s")]
    for n, name in enumerate(names):
        values = smooth([line[name] for line in lines])
        if name in ACCURACY or name.endswith(" right"):
            colour = f"C{names.index(name[:-6])}" if name.endswith(" right") else "black"
            right.plot(steps, [100 * v for v in values], color=colour, linestyle="--", linewidth=1.2, label=name)
        else:
            left.plot(steps, values, color=f"C{n}", linewidth=1.2, label=f"loss: {name}")
    left.set_xlabel("steps")
    left.set_ylabel("loss (smoothed)")
    right.set_ylabel("accuracy (cosine) in training, %")
    left.set_ylim(bottom=0)
    right.set_ylim(0, 100)
    left.set_title(TITLES[stage], fontsize=10)
    handles = [h for axis in (left, right) for h in axis.get_legend_handles_labels()[0]]
    left.legend(handles=handles, fontsize=6 if len(handles) > 4 else 8, loc="center right")
    left.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)


def main():
    run, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    for stage in TITLES:
        if os.path.exists(f"{run}/{stage}.jsonl"):
            with open(f"{run}/{stage}.jsonl") as f:
                lines = [json.loads(line) for line in f]
            draw(stage, lines, f"{out}/{stage}.png")


if __name__ == "__main__":
    main()
