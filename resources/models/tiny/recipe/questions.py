# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Questions about a scene and their answers, in English and Simplified Chinese.

Every type of question has several phrasings. The last ones of each list, as many as HELD_OUT says, are for
the evaluation only: training never sees them.
"""
from collections import Counter
from dataclasses import dataclass

from domain import CATEGORIES, COLOURS, NUMBERS, NUMBERS_ZH, SHAPES, THINGS, UNKNOWN
from scenes import COLOUR, KIND, Item, ninth


@dataclass(frozen=True)
class Turn:
    """type: row of the evaluation's table."""
    type: str
    language: str
    question: str
    answer: str


# English phrasings of questions; {a} {b} stand for names with "the", {s} for a plural, {n} for a name alone.
EN = {
    "object": ["What is this?", "What is in the picture?", "What do you see?", "What can you see here?", "Name the object.",
               "What is shown in the picture?", "What's this?", "What object is this?", "What does the picture show?",
               "Tell me what this is.", "What is shown here?", "What is that?"],
    "shape": ["What shape is this?", "Which shape is this?", "What shape do you see?", "What is the shape?",
              "Name the shape.", "What shape is shown?", "What's the shape in the picture?", "Which shape do you see?"],
    "colour": ["What color is {a}?", "What colour is {a}?", "Which color is {a}?", "What is the color of {a}?",
               "Tell me the color of {a}.", "Name the color of {a}.", "What color does {a} have?", "{a}: what color is it?",
               "Which colour is {a}?", "Tell me what color {a} is."],
    "count": ["How many {s} are there?", "How many {s} do you see?", "Count the {s}.", "How many {s} can you see?",
              "How many {s} are in the picture?", "What is the number of {s}?", "How many {s}?", "Please count the {s}.",
              "How many {s} are shown?", "Tell me how many {s} there are."],
    "total": ["How many things are there?", "How many objects do you see?", "Count the objects.",
              "How many things are in the picture?", "How many objects are there?", "Count all the things.",
              "How many things do you see?", "Please count the objects."],
    "where": ["Where is {a}?", "Where in the picture is {a}?", "Where can I find {a}?", "In which part is {a}?",
              "Tell me where {a} is.", "Where do you see {a}?", "Where's {a}?", "Show me where {a} is."],
    "relation": ["Where is {a} relative to {b}?", "Where is {a}, seen from {b}?", "Where is {a} compared to {b}?",
                 "How is {a} placed relative to {b}?", "On which side of {b} is {a}?", "Relative to {b}, where is {a}?",
                 "Seen from {b}, where is {a}?", "Looking from {b}, where is {a}?", "With respect to {b}, where is {a}?",
                 "Next to {b}, where is {a}?", "Starting from {b}, where is {a}?", "Going by {b}, where is {a}?",
                 "Compared to {b}, where is {a}?"],
    "beside": ["What is {side} {a}?", "Which thing is {side} {a}?", "What do you see {side} {a}?", "Name the thing {side} {a}.",
               "What can you see {side} {a}?", "Tell me what is {side} {a}."],
    "inside": ["What is inside {a}?", "What is in {a}?", "What do you see inside {a}?", "Which thing is inside {a}?",
               "Name the thing inside {a}.", "What can you see inside {a}?", "What's inside {a}?", "Tell me what is inside {a}."],
    "bigger": ["Which is bigger, {a} or {b}?", "What is larger, {a} or {b}?", "Which one is bigger: {a} or {b}?",
               "Is {a} or {b} bigger?", "Which is larger, {a} or {b}?", "{a} or {b}: which is bigger?",
               "Which of the two is bigger, {a} or {b}?", "Which thing is larger, {a} or {b}?",
               "What is bigger, {a} or {b}?"],
    "smaller": ["Which is smaller, {a} or {b}?", "What is smaller, {a} or {b}?", "Which one is smaller: {a} or {b}?",
                "Is {a} or {b} smaller?", "{a} or {b}: which is smaller?",
                "Which of the two is smaller, {a} or {b}?", "Which thing is smaller, {a} or {b}?",
                "Which of them is smaller, {a} or {b}?"],
    "exists": ["Is there {x}?", "Do you see {x}?", "Is there {x} in the picture?", "Can you see {x}?", "Does the picture show {x}?",
               "Is {x} in the picture?", "Do you see {x} here?", "Can you find {x}?"],
    "is_colour": ["Is {a} {c}?", "Is the color of {a} {c}?", "Would you say {a} is {c}?", "{a} is {c}, right?",
                  "Do you see that {a} is {c}?", "Is it true that {a} is {c}?"],
    "is_beside": ["Is {a} {side} {b}?", "Do you see {a} {side} {b}?", "Can you see {a} {side} {b}?", "{a} is {side} {b}, right?",
                  "Is it true that {a} is {side} {b}?"],
    "is_count": ["Are there {k} {s}?", "Do you see {k} {s}?", "Can you see {k} {s}?", "Are there {k} {s} in the picture?",
                 "Is it true that there are {k} {s}?"],
    "is_bigger": ["Is {a} bigger than {b}?", "Is {a} larger than {b}?", "{a} is bigger than {b}, right?",
                  "Is it true that {a} is bigger than {b}?"],
    "digit": ["What number is this?", "Which digit is this?", "What digit do you see?", "Read the number.", "What number do you see?",
              "Which number is shown?", "What is the number?", "What digit is this?", "Which number do you see?",
              "Tell me the number."],
    "word": ["What does it say?", "Read the word.", "What is written here?", "What word is this?", "What does the text say?",
             "Which word do you see?", "Read the text.", "What is the word?", "What word do you see?", "Tell me what is written."],
    "caption": ["Describe the picture.", "Describe this picture.", "What is in this picture?", "Caption this picture.",
                "Tell me about the picture.", "Describe what you see.", "Please describe the picture.",
                "Describe the image.", "What does this picture show?", "Can you describe the picture?"],
}

ZH = {
    "object": ["这是什么？", "图里有什么？", "你看到了什么？", "图片里是什么？", "图中是什么？", "请说出这是什么。", "画的是什么？",
               "图上是什么？", "你看见了什么？"],
    "shape": ["这是什么形状？", "图里是什么形状？", "你看到什么形状？", "请说出形状。", "这个形状是什么？", "图中是什么形状？"],
    "colour": ["{n}是什么颜色？", "{n}是什么颜色的？", "{n}的颜色是什么？", "图里的{n}是什么颜色？", "请说出{n}的颜色。", "{n}什么颜色？",
               "图中的{n}是什么颜色的？"],
    "count": ["有几{m}{n}？", "图里有几{m}{n}？", "有多少{m}{n}？", "数一数有几{m}{n}。", "你看到几{m}{n}？", "一共有几{m}{n}？",
              "图中有多少{m}{n}？"],
    "total": ["一共有几个东西？", "图里有几个东西？", "有多少个东西？", "数一数有几个东西。", "你看到几个东西？", "图中有多少个东西？"],
    "where": ["{n}在哪里？", "{n}在图的什么位置？", "{n}在什么地方？", "图里的{n}在哪里？", "请说出{n}的位置。", "{n}在哪儿？",
              "图中的{n}在哪里？"],
    "relation": ["{n}在{o}的哪一边？", "{n}在{o}的什么方向？", "{n}在{o}的哪边？", "{n}相对{o}在哪里？", "从{o}看，{n}在哪里？", "跟{o}比，{n}在哪里？",
                 "以{o}来看，{n}在哪里？", "相对{o}，{n}在哪里？"],
    "beside": ["{o}的{side}是什么？", "{o}{side}有什么？", "在{o}{side}的是什么？", "你看到{o}的{side}有什么？", "{o}的{side}有什么？"],
    "inside": ["{n}里面是什么？", "{n}里有什么？", "{n}里面有什么？", "在{n}里面的是什么？", "{n}里是什么？"],
    "bigger": ["{n}和{o}哪个大？", "{n}和{o}哪个更大？", "哪个更大，{n}还是{o}？", "更大的是{n}还是{o}？", "{n}和{o}，哪个大？", "哪个大，{n}还是{o}？"],
    "smaller": ["{n}和{o}哪个小？", "{n}和{o}哪个更小？", "哪个更小，{n}还是{o}？", "更小的是{n}还是{o}？", "{n}和{o}，哪个小？", "哪个小，{n}还是{o}？"],
    "exists": ["有{n}吗？", "图里有{n}吗？", "你看到{n}了吗？", "能看到{n}吗？", "图片里有没有{n}？", "图中有{n}吗？"],
    "is_colour": ["{n}是{c}的吗？", "{n}是{c}吗？", "图里的{n}是{c}的吗？", "{n}的颜色是{c}吗？"],
    "is_beside": ["{n}在{o}的{side}吗？", "图里{n}在{o}的{side}吗？", "{n}是不是在{o}的{side}？", "{n}在{o}{side}吗？"],
    "is_count": ["有{k}{m}{n}吗？", "图里有{k}{m}{n}吗？", "是不是有{k}{m}{n}？", "图中有{k}{m}{n}吗？"],
    "is_bigger": ["{n}比{o}大吗？", "{n}是不是比{o}大？", "图里{n}比{o}大吗？"],
    "digit": ["这是什么数字？", "这是数字几？", "图里是什么数字？", "请读出数字。", "你看到什么数字？", "图中是什么数字？"],
    "word": ["写的是什么？", "这是什么单词？", "图里写了什么？", "请读出单词。", "上面写着什么？", "图中写的是什么？"],
    "caption": ["描述这张图片。", "请描述图片。", "描述一下这张图。", "图里画了什么？", "说说这张图片。", "请描述这张图片。"],
}

HELD_OUT = {"object": 2, "shape": 2, "colour": 2, "count": 2, "total": 1, "where": 2, "beside": 1, "inside": 2, "exists": 2,
            "digit": 2, "word": 2, "caption": 2}

SIDES = {"left": ("to the left of", "左边"), "right": ("to the right of", "右边"), "above": ("above", "上面"),
         "below": ("below", "下面")}
OPPOSITE = {"left": "right", "right": "left", "above": "below", "below": "above"}
PLACES = {(0, 0): ("at the top left", "左上角"), (1, 0): ("at the top", "上面"), (2, 0): ("at the top right", "右上角"),
          (0, 1): ("on the left", "左边"), (1, 1): ("in the middle", "中间"), (2, 1): ("on the right", "右边"),
          (0, 2): ("at the bottom left", "左下角"), (1, 2): ("at the bottom", "下面"), (2, 2): ("at the bottom right", "右下角")}


def _side(a, b):
    """On which side of b a lies, or None where that is not plain."""
    dx, dy = a.x - b.x, a.y - b.y
    if abs(dx) > 1.6 * abs(dy) and abs(dx) > 0.15:
        return "left" if dx < 0 else "right"
    if abs(dy) > 1.6 * abs(dx) and abs(dy) > 0.15:
        return "above" if dy < 0 else "below"
    return None


def place_of(item):
    """Which ninth of the picture, or None near a border between two."""
    near_border = any(min(abs(v - 0.36), abs(v - 0.64)) < 0.03 for v in (item.x, item.y))
    return None if near_border else ninth(item)


def noun(item, language):
    """'a red star', '红色的星形', 'the number 7', 'the word STOP'."""
    if item.kind in ("digit", "word"):
        if language == "en":
            return f"the {'number' if item.kind == 'digit' else 'word'} {item.name} in {item.colour}"
        return f"{COLOUR[item.colour].zh}的{'数字' if item.kind == 'digit' else '单词'}{item.name}"
    kind = KIND[item.name]
    if language == "en":
        text = f"{item.colour} {kind.name}" if item.colour else kind.name
        return ("an " if text[0] in "aeiou" else "a ") + text
    return (COLOUR[item.colour].zh + "的" if item.colour else "") + kind.zh


def counted(items, language):
    """'three red stars', '三个红色的星形', of items with one name."""
    kind, n = KIND[items[0].name], len(items)
    colours = {i.colour for i in items}
    colour = items[0].colour if len(colours) == 1 else ""
    if language == "en":
        if n == 1:
            return noun(items[0], "en")
        return f"{NUMBERS[n]} {colour + ' ' if colour else ''}{kind.plural}"
    number = "一" if n == 1 else NUMBERS_ZH[n]
    return f"{number}{kind.classifier}{COLOUR[colour].zh + '的' if colour else ''}{kind.zh}"


def sentence(text):
    return text[0].upper() + text[1:] + "."


def caption(scene, language):
    """One sentence about the whole scene."""
    items = scene.items
    en = language == "en"
    if scene.layout == "unknown":
        return UNKNOWN[language]
    if len(items) == 2 and items[1].inside:
        a, b = noun(items[1], language), noun(items[0], language)
        return sentence(f"{a} inside {b}") if en else f"{b}里面有{a}。"
    if len(items) == 2 and items[0].name != items[1].name:
        side = _side(items[0], items[1])
        if side:
            first, second = items if side in ("left", "above") else items[::-1]
            side = side if side in ("left", "above") else OPPOSITE[side]
            a, b = noun(first, language), noun(second, language)
            return sentence(f"{a} {SIDES[side][0]} {b}") if en else f"{a}在{b}的{SIDES[side][1]}。"
    groups = {}
    for item in sorted(items, key=lambda i: i.x):
        groups.setdefault((item.kind, item.name), []).append(item)
    parts = [noun(g[0], language) if g[0].kind in ("digit", "word") else counted(g, language) for g in groups.values()]
    if en:
        return sentence(parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1])
    return ("、".join(parts[:-1]) + "和" if len(parts) > 1 else "") + parts[-1] + "。"


class Questions:
    """Draws questions about scenes. Held-out ones come only in phrasings that training never sees."""

    def __init__(self, held_out=False):
        self.held_out = held_out

    def _phrase(self, rng, kind, language):
        phrases = (EN if language == "en" else ZH)[kind]
        held = HELD_OUT.get(kind, 1) if language == "en" else 1
        if self.held_out:
            return phrases[len(phrases) - held + rng.integers(held)]
        return phrases[rng.integers(len(phrases) - held)]

    def _fill(self, rng, kind, language, item=None, other=None, **more):
        names = {}
        for key, it in (("a", item), ("b", other)):
            if it is not None:
                names[key] = ("the number" if it.kind == "digit" else "the word") if it.kind in ("digit", "word") else \
                    "the " + it.name
                zh = ("数字" if it.kind == "digit" else "单词") if it.kind in ("digit", "word") else KIND[it.name].zh
                names["n" if key == "a" else "o"] = zh
        text = self._phrase(rng, kind, language).format(**{**names, **more})
        return text[0].upper() + text[1:]

    def turns(self, rng, scene, count, chinese=0.35, types=None):
        """`count` turns about a scene, all in one language; of `types` only where given."""
        language = "zh" if rng.random() < chinese else "en"
        makers = self._makers(scene)
        if types is not None:
            makers = {k: v for k, v in makers.items() if k in types}
        if not makers:
            return []
        names = list(makers)
        out, seen = [], set()
        for _ in range(count * 3):
            if len(out) == count:
                break
            made = makers[names[rng.integers(len(names))]](rng, scene, language)
            if made is None or made[1] in seen:
                continue
            seen.add(made[1])
            out.append(Turn(made[0], language, made[1], made[2]))
        return out

    def _makers(self, scene):
        items = scene.items
        if scene.layout == "unknown":
            return {"unknown": self._unknown}
        makers = {"caption": self._caption, "exists": self._exists, "exists2": self._exists}
        plain = [i for i in items if i.kind in ("shape", "thing")]
        if any(i.colour for i in items):
            makers.update(colour=self._colour, is_colour=self._is_colour)
        if plain:
            makers.update(count=self._count, category=self._category)
        if len(items) == 1:
            makers["where"] = self._where
            if items[0].kind == "shape":
                makers["shape"] = self._shape
            if items[0].kind in ("shape", "thing"):
                makers["object"] = self._object
        if len(items) > 1:
            makers["total"] = self._total
        for kind, maker in (("digit", self._digit), ("word", self._word)):
            if items[0].kind == kind:
                makers[kind] = maker
                makers[kind + "2"] = maker
        if len(items) == 2 and items[1].inside:
            makers.update(inside=self._inside, inside2=self._inside)
        elif len(items) > 1 and len({i.name for i in items}) == len(items):
            makers.update(where=self._where, relation=self._relation, is_beside=self._is_beside, bigger=self._bigger,
                          is_bigger=self._is_bigger)
            if len(items) == 2:
                makers["beside"] = self._beside
        if scene.layout == "count":
            makers.update(count2=self._count, count3=self._count, is_count=self._is_count)
        return makers

    # Each maker returns (type, question, answer), or None where the scene has no clear answer.

    def _unknown(self, rng, scene, language):
        kind = ("object", "caption", "total", "digit", "word", "exists", "colour", "count")[rng.integers(8)]
        thing = (SHAPES + THINGS)[rng.integers(len(SHAPES + THINGS))]
        question = self._fill(rng, kind, language, Item("thing", thing.name, ""), s=thing.plural, x=thing.article,
                              m=thing.classifier)
        return "unknown", question, UNKNOWN[language]

    def _caption(self, rng, scene, language):
        return "caption", self._fill(rng, "caption", language), caption(scene, language)

    def _object(self, rng, scene, language):
        text = noun(scene.items[0], language)
        return "object", self._fill(rng, "object", language), sentence(text) if language == "en" else text + "。"

    def _shape(self, rng, scene, language):
        kind = KIND[scene.items[0].name]
        return "shape", self._fill(rng, "shape", language), sentence(kind.article) if language == "en" else kind.zh + "。"

    def _unique(self, rng, scene, coloured=False):
        counts = Counter(i.name for i in scene.items)
        fit = [i for i in scene.items if counts[i.name] == 1 and (i.colour or not coloured)]
        return fit[rng.integers(len(fit))] if fit else None

    def _absent(self, rng, scene):
        """Something that is not in the picture."""
        names = {i.name for i in scene.items}
        while True:
            kind = (SHAPES + THINGS)[rng.integers(len(SHAPES + THINGS))] if rng.random() < 0.7 else SHAPES[rng.integers(12)]
            if kind.name not in names:
                return kind

    def _colour(self, rng, scene, language):
        if rng.random() < 0.07:
            kind = self._absent(rng, scene)
            answer = f"There is no {kind.name}." if language == "en" else f"图里没有{kind.zh}。"
            return "absent", self._fill(rng, "colour", language, Item("thing", kind.name, "")), answer
        item = self._unique(rng, scene, True)
        if item is None:
            coloured = [i for i in scene.items if i.colour]
            if len({(i.name, i.colour) for i in scene.items}) != 1:
                return None
            item = coloured[0]
            if language == "en":
                text = self._phrase(rng, "colour", "en")
                text = text.replace(" is {a}", " are {a}").replace("{a} is", "{a} are").replace("does {a}", "do {a}")
                text = text.replace("is it?", "are they?").format(a="the " + KIND[item.name].plural)
                return "colour", text[0].upper() + text[1:], sentence(item.colour)
        answer = sentence(item.colour) if language == "en" else COLOUR[item.colour].zh + "。"
        return "colour", self._fill(rng, "colour", language, item), answer

    def _is_colour(self, rng, scene, language):
        item = self._unique(rng, scene, True)
        if item is None:
            return None
        colour = item.colour
        if rng.random() < 0.5:
            near = [i.colour for i in scene.items if i.colour and i.colour != item.colour]
            colour = near[rng.integers(len(near))] if near and rng.random() < 0.5 else COLOURS[rng.integers(len(COLOURS))].name
        yes = colour == item.colour
        if language == "en":
            answer = "Yes." if yes else f"No, it is {item.colour}."
            return "yes/no", self._fill(rng, "is_colour", "en", item, c=colour), answer
        answer = "是的。" if yes else f"不是，是{COLOUR[item.colour].zh}的。"
        return "yes/no", self._fill(rng, "is_colour", "zh", item, c=COLOUR[colour].zh), answer

    def _exists(self, rng, scene, language):
        plain = [i for i in scene.items if i.kind in ("shape", "thing")]
        yes = bool(plain) and rng.random() < 0.5
        kind = KIND[plain[rng.integers(len(plain))].name] if yes else self._absent(rng, scene)
        if language == "en":
            x, answer = kind.article, "Yes." if yes else "No."
        else:
            x, answer = "", "有。" if yes else "没有。"
        return "yes/no", self._fill(rng, "exists", language, Item("thing", kind.name, ""), x=x), answer

    def _category(self, rng, scene, language):
        names = list(CATEGORIES)
        present = [n for n in names if any(i.name in CATEGORIES[n][0] for i in scene.items)]
        absent = [n for n in names if n not in present]
        yes = bool(present) and (not absent or rng.random() < 0.6)
        if not yes and rng.random() < 0.5:
            return None
        name = (present if yes else absent)[rng.integers(len(present if yes else absent))]
        members, zh = CATEGORIES[name]
        if language == "en":
            x = "an animal" if name == "animal" else "a " + name
            found = [i for i in scene.items if i.name in members]
            answer = f"Yes, {KIND[found[0].name].article}." if yes and len(found) == 1 else "Yes." if yes else "No."
            return "yes/no", self._fill(rng, "exists", "en", x=x), answer
        return "yes/no", self._phrase(rng, "exists", "zh").format(n=zh), "有。" if yes else "没有。"

    def _count(self, rng, scene, language):
        counts = Counter(i.name for i in scene.items if i.kind in ("shape", "thing"))
        names = list(counts)
        kind, n = KIND[names[rng.integers(len(names))]], 0
        if rng.random() < 0.1:
            kind = self._absent(rng, scene)
        else:
            n = counts[kind.name]
        question = self._fill(rng, "count", language, Item("thing", kind.name, ""), s=kind.plural, m=kind.classifier)
        if language == "en":
            return "count", question, sentence(NUMBERS[n]) if n else "None."
        return "count", question, ("一" if n == 1 else NUMBERS_ZH[n]) + kind.classifier + "。" if n else "没有。"

    def _total(self, rng, scene, language):
        n = len(scene.items)
        if n > 6 or scene.items[-1].inside:
            return None
        answer = sentence(NUMBERS[n]) if language == "en" else NUMBERS_ZH[n] + "个。"
        return "count", self._fill(rng, "total", language), answer

    def _is_count(self, rng, scene, language):
        item = scene.items[0]
        kind, n = KIND[item.name], sum(i.name == item.name for i in scene.items)
        k = n if rng.random() < 0.5 else int(rng.integers(2, 7))
        if language == "en":
            answer = "Yes." if k == n else f"No, there are {NUMBERS[n]}."
            return "yes/no", self._fill(rng, "is_count", "en", k=NUMBERS[k], s=kind.plural), answer
        answer = "是的。" if k == n else f"不是，有{NUMBERS_ZH[n]}{kind.classifier}。"
        return "yes/no", self._fill(rng, "is_count", "zh", Item("thing", kind.name, ""), k=NUMBERS_ZH[k], m=kind.classifier), answer

    def _where(self, rng, scene, language):
        item = self._unique(rng, scene)
        if item is None:
            return None
        place = place_of(item)
        if place is None or max(item.w, item.h) > 0.7:
            return None
        en, zh = PLACES[place]
        answer = sentence(en) if language == "en" else f"在{zh}。"
        return "position", self._fill(rng, "where", language, item), answer

    def _two(self, rng, scene):
        first, second = rng.choice(len(scene.items), 2, replace=False)
        return scene.items[first], scene.items[second]

    def _relation(self, rng, scene, language):
        a, b = self._two(rng, scene)
        side = _side(a, b)
        if side is None:
            return None
        words = SIDES[side][0] if language == "en" else SIDES[side][1]
        if language == "en":
            name = "it"
            return "position", self._fill(rng, "relation", "en", a, b), sentence(f"{words} {name}")
        return "position", self._fill(rng, "relation", "zh", a, b), f"在{words}。"

    def _beside(self, rng, scene, language):
        a, b = self._two(rng, scene)
        side = _side(a, b)
        if side is None:
            return None
        en, zh = SIDES[side]
        if language == "en":
            text = noun(a, "en")
            return "position", self._fill(rng, "beside", "en", b, side=en), sentence(text)
        return "position", self._fill(rng, "beside", "zh", a, b, side=zh), noun(a, "zh") + "。"

    def _is_beside(self, rng, scene, language):
        a, b = self._two(rng, scene)
        side = _side(a, b)
        if side is None:
            return None
        asked = side if rng.random() < 0.5 else OPPOSITE[side] if rng.random() < 0.6 else list(SIDES)[rng.integers(4)]
        yes = asked == side
        if language == "en":
            answer = "Yes." if yes else f"No, it is {SIDES[side][0]} it."
            return "yes/no", self._fill(rng, "is_beside", "en", a, b, side=SIDES[asked][0]), answer
        answer = "是的。" if yes else f"不是，在{SIDES[side][1]}。"
        return "yes/no", self._fill(rng, "is_beside", "zh", a, b, side=SIDES[asked][1]), answer

    def _inside(self, rng, scene, language):
        outer, inner = scene.items
        if rng.random() < 0.25:
            question = "Where is {a}?" if language == "en" else "{n}在哪里？"
            text = question.format(a="the " + inner.name, n=KIND[inner.name].zh)
            answer = f"Inside the {outer.name}." if language == "en" else f"在{KIND[outer.name].zh}里面。"
            return "position", text, answer
        text = noun(inner, language)
        return "position", self._fill(rng, "inside", language, outer), sentence(text) if language == "en" else text + "。"

    @staticmethod
    def _ratio(a, b):
        return max(a.w, a.h) / max(b.w, b.h)

    def _bigger(self, rng, scene, language):
        a, b = self._two(rng, scene)
        ratio = self._ratio(a, b)
        if 1 / 1.4 < ratio < 1.4 or "word" in (a.kind, b.kind):
            return None
        kind = "bigger" if rng.random() < 0.6 else "smaller"
        item = a if (ratio > 1) == (kind == "bigger") else b
        name = "number" if item.kind == "digit" else item.name
        answer = f"The {name}." if language == "en" else ("数字" if item.kind == "digit" else KIND[item.name].zh) + "。"
        return "size", self._fill(rng, kind, language, a, b), answer

    def _is_bigger(self, rng, scene, language):
        a, b = self._two(rng, scene)
        ratio = self._ratio(a, b)
        if 1 / 1.4 < ratio < 1.4 or "word" in (a.kind, b.kind):
            return None
        yes = ratio > 1
        answer = ("Yes." if yes else "No, it is smaller.") if language == "en" else "是的。" if yes else "不是，它更小。"
        return "yes/no", self._fill(rng, "is_bigger", language, a, b), answer

    def _digit(self, rng, scene, language):
        return "digit", self._fill(rng, "digit", language), scene.items[0].name + ("." if language == "en" else "。")

    def _word(self, rng, scene, language):
        return "word", self._fill(rng, "word", language), scene.items[0].name + ("." if language == "en" else "。")
