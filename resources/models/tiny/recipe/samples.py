# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Draws the gallery's pictures, 480 pixels square, with what each shows off.

    samples.py ASSETS OUT    writes OUT/<nn>-<name>.png and OUT/samples.json
"""
import json
import sys

import numpy as np
from PIL import Image

from scenes import Item, Painter

SIZE = 480
SKY, PAPER, MINT, SAND, NIGHT, WHITE, ROSE = ((214, 236, 250), (252, 250, 244), (222, 244, 232), (250, 236, 210), (24, 26, 44),
                                              (255, 255, 255), (252, 228, 232))


def thing(name, x, y, extent, colour=""):
    return Item("thing", name, colour, x, y), extent


def shape(name, colour, x, y, extent, outline=False, inside=False):
    return Item("shape", name, colour, x, y, outline=outline, inside=inside), extent


# name, background, items, (title, prompt) in English and Chinese
SAMPLES = [
    ("shapes", PAPER, [shape("star", "red", 0.28, 0.5, 0.42), shape("circle", "blue", 0.72, 0.5, 0.36)],
     ("Yes or no", "Is there a star?"), ("有没有", "图里有星形吗？")),
    ("count", SKY, [thing("balloon", x, y, 0.27) for x, y in ((0.18, 0.3), (0.5, 0.3), (0.82, 0.3), (0.33, 0.74), (0.68, 0.74))],
     ("Counting", "Count the balloons."), ("数一数", "数一数气球。")),
    ("colour", WHITE, [thing("car", 0.5, 0.5, 0.7, "green")],
     ("Colors", "What color is the car?"), ("颜色", "汽车是什么颜色？")),
    ("umbrella", (250, 214, 60), [thing("umbrella", 0.5, 0.5, 0.7)],
     ("Name it", "What is this?"), ("叫什么", "这是什么？")),
    ("two", MINT, [thing("dog", 0.27, 0.55, 0.42), thing("cat", 0.74, 0.52, 0.4)],
     ("How many", "How many things are there?"), ("有几个", "图里有几个东西？")),
    ("digit", NIGHT, [(Item("digit", "7", "orange", 0.5, 0.5), 0.8)],
     ("Digits", "What number is this?"), ("数字", "这是什么数字？")),
    ("inside", WHITE, [shape("square", "purple", 0.5, 0.5, 0.84, outline=True), thing("rabbit", 0.5, 0.5, 0.34)],
     ("Inside", "What is inside the square?"), ("里面", "正方形里面是什么？")),
    ("vehicle", SAND, [thing("airplane", 0.34, 0.4, 0.52), thing("bird", 0.78, 0.74, 0.24)],
     ("Kinds", "Is there a vehicle?"), ("种类", "图里有交通工具吗？")),
    ("fruit", WHITE, [thing("apple", 0.25, 0.3, 0.32), thing("banana", 0.72, 0.32, 0.34), thing("strawberry", 0.3, 0.72, 0.32),
                      thing("grape", 0.74, 0.72, 0.32)],
     ("Fruit", "Is there a strawberry?"), ("水果", "图里有草莓吗？")),
    ("animal", ROSE, [thing("flower", 0.3, 0.5, 0.42), thing("butterfly", 0.72, 0.4, 0.36)],
     ("Animals", "Are there any animals?"), ("动物", "图里有动物吗？")),
    ("above", SKY, [thing("sun", 0.5, 0.24, 0.34), thing("house", 0.5, 0.7, 0.44)],
     ("Above", "Is the sun above the house?"), ("上下", "太阳在房子的上面吗？")),
    ("rocket", NIGHT, [thing("rocket", 0.5, 0.5, 0.66)],
     ("Things", "What is this?"), ("认东西", "这是什么？")),
    ("heart", WHITE, [shape("heart", "pink", 0.5, 0.5, 0.7)],
     ("Shapes", "What shape is this?"), ("形状", "这是什么形状？")),
    ("triangle", PAPER, [shape("triangle", "yellow", 0.75, 0.3, 0.32), thing("bicycle", 0.3, 0.62, 0.46)],
     ("One of two", "What color is the triangle?"), ("其中一个", "三角形是什么颜色？")),
]


def main():
    assets, out = sys.argv[1:]
    entries = []
    for number, (name, background, items, english, chinese) in enumerate(SAMPLES, 1):
        painter = Painter(assets, SIZE)
        rng = np.random.default_rng(number)
        canvas = Image.new("RGB", (SIZE, SIZE), background)
        for item, extent in items:
            painter.draw(rng, canvas, item, extent)
        file = f"{number:02d}-{name}.png"
        canvas.quantize(256, dither=Image.Dither.NONE).save(f"{out}/{file}", optimize=True)
        entries.append({"file": file, "title": {"en": english[0], "zh_CN": chinese[0]},
                        "prompt": {"en": english[1], "zh_CN": chinese[1]}})
    with open(f"{out}/samples.json", "w") as f:
        json.dump({"samples": entries}, f, indent=2, ensure_ascii=False)
        f.write("\n")


if __name__ == "__main__":
    main()
