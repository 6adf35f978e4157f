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
     ("Shapes", "Describe the picture."), ("形状", "描述这张图片。")),
    ("count", SKY, [thing("balloon", x, y, 0.27) for x, y in ((0.2, 0.3), (0.5, 0.22), (0.8, 0.3), (0.33, 0.72), (0.68, 0.72))],
     ("Counting", "How many balloons are there?"), ("数一数", "有几个气球？")),
    ("colour", WHITE, [thing("car", 0.5, 0.5, 0.7, "green")],
     ("Colors", "What color is the car?"), ("颜色", "汽车是什么颜色？")),
    ("word", (250, 214, 60), [(Item("word", "STOP", "black", 0.5, 0.5), 0.86)],
     ("Reading", "What does it say?"), ("认字", "写的是什么？")),
    ("left-right", MINT, [thing("dog", 0.27, 0.55, 0.42), thing("cat", 0.74, 0.52, 0.4)],
     ("Positions", "What is to the left of the cat?"), ("位置", "猫的左边是什么？")),
    ("digit", NIGHT, [(Item("digit", "7", "orange", 0.5, 0.5), 0.8)],
     ("Digits", "What number is this?"), ("数字", "这是什么数字？")),
    ("inside", WHITE, [shape("square", "purple", 0.5, 0.5, 0.84, outline=True), thing("rabbit", 0.5, 0.5, 0.34)],
     ("Inside", "What is inside the square?"), ("里面", "正方形里面是什么？")),
    ("bigger", SAND, [thing("airplane", 0.34, 0.4, 0.52), thing("bird", 0.78, 0.74, 0.24)],
     ("Sizes", "Which is bigger, the bird or the airplane?"), ("大小", "鸟和飞机哪个大？")),
    ("fruit", WHITE, [thing("apple", 0.25, 0.3, 0.32), thing("banana", 0.72, 0.32, 0.34), thing("strawberry", 0.3, 0.72, 0.32),
                      thing("grape", 0.74, 0.72, 0.32)],
     ("Fruit", "How many things are there?"), ("水果", "图里有几个东西？")),
    ("yes-no", ROSE, [thing("flower", 0.3, 0.5, 0.42), thing("butterfly", 0.72, 0.4, 0.36)],
     ("Yes or no", "Is there a butterfly?"), ("有没有", "图里有蝴蝶吗？")),
    ("above", SKY, [thing("sun", 0.5, 0.24, 0.34), thing("house", 0.5, 0.7, 0.44)],
     ("Above", "What is above the house?"), ("上下", "房子的上面有什么？")),
    ("rocket", NIGHT, [thing("rocket", 0.5, 0.5, 0.66)],
     ("Things", "What is this?"), ("认东西", "这是什么？")),
    ("not-red", WHITE, [shape("heart", "pink", 0.5, 0.5, 0.7)],
     ("Is it true?", "Is the heart blue?"), ("对不对", "心形是蓝色的吗？")),
    ("chinese", PAPER, [thing("bicycle", 0.3, 0.62, 0.46), shape("triangle", "yellow", 0.75, 0.3, 0.32)],
     ("Describe it", "Describe what you see."), ("说说看", "请描述图片。")),
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
