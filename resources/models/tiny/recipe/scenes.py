# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Procedural pictures: a scene is drawn from a random generator, with a record of what is where."""
import colorsys
import io
import math
import os
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from assets import FONTS, FONTS_HELD_OUT, PHOTOS, PHOTOS_HELD_OUT, Sprites
from domain import COLOURS, DIGITS, SHAPES, THINGS, WORDS

COLOUR = {c.name: c for c in COLOURS}
KIND = {k.name: k for k in SHAPES + THINGS}
# Colours that would hardly show on each.
NEAR = {"red": {"orange", "pink", "brown"}, "orange": {"red", "yellow", "brown"}, "yellow": {"orange", "white"},
        "green": {"blue"}, "blue": {"purple", "green"}, "purple": {"blue", "pink"}, "pink": {"red", "purple", "white"},
        "brown": {"black", "red", "orange"}, "black": {"brown"}, "white": {"pink", "yellow", "gray"}, "gray": {"white"}}
PAD = (122, 116, 104)  # CLIP's mean colour, which fills a picture up to a square
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# What a patch can show, for the dense labels of the vision tower's training.
PATCH_CLASSES = ["nothing"] + [k.name for k in SHAPES + THINGS] + list(DIGITS) + list(LETTERS)
PATCH_CLASS = {name: n for n, name in enumerate(PATCH_CLASSES)}
PATCH_COLOURS = ["none"] + [c.name for c in COLOURS]
SIZES = ["tiny", "small", "big", "huge"]
PATCH_COLOUR = {name: n for n, name in enumerate(PATCH_COLOURS)}


@dataclass
class Item:
    """One thing in a picture. kind: shape, thing, digit or word; colour: a name, or "" for many colours;
    x, y: centre, w, h: extent, all as fractions of the picture."""
    kind: str
    name: str
    colour: str
    x: float = 0
    y: float = 0
    w: float = 0
    h: float = 0
    inside: bool = False  # in the item before it
    outline: bool = False
    mask: object = None


@dataclass
class Scene:
    layout: str
    items: list = field(default_factory=list)


class Painter:
    """Draws scenes of `size` pixels. Held-out painters use fonts and colour shades that training never sees."""

    def __init__(self, folder, size=160, held_out=False):
        self.size, self.held_out = size, held_out
        self.sprites = Sprites(folder)
        fonts, photos = (FONTS_HELD_OUT, PHOTOS_HELD_OUT) if held_out else (FONTS, PHOTOS)
        self.fonts = [f"{folder}/fonts/{os.path.basename(f)}" for f in fonts]
        self.font_cache = {}
        self.photos = [Image.open(f"{folder}/photos/{p}").convert("RGB") for p in photos]

    # -- colours

    def shade(self, rng, name):
        """An RGB shade of a named colour. Training leaves out every second of 16 slices of each colour's range,
        the evaluation draws only from those."""
        colour = COLOUR[name]
        slot = (2 * rng.integers(8) + (1 if self.held_out else 0) + rng.random()) / 16 * 2 - 1
        others = rng.uniform(-1, 1, 2)
        h = (colour.hsv[0] + colour.spread[0] * slot) % 360 / 360
        s = min(1, max(0, colour.hsv[1] + colour.spread[1] * others[0]))
        v = min(1, max(0, colour.hsv[2] + colour.spread[2] * others[1]))
        return tuple(round(255 * c) for c in colorsys.hsv_to_rgb(h, s, v))

    def background(self, rng):
        """A picture and the names of the colours that would not show on it."""
        n, roll = self.size, rng.random()
        if roll < 0.45:
            base, clash = rng.uniform(235, 256, 3).clip(0, 255), {"white"}
        elif roll < 0.6:
            tint = colorsys.hsv_to_rgb(rng.random(), rng.uniform(0.05, 0.2), rng.uniform(0.9, 1))
            base, clash = np.array(tint) * 255, {"white", "pink"}
        elif roll < 0.72:
            base, clash = np.full(3, rng.uniform(150, 215)) + rng.uniform(-8, 8, 3), {"gray", "white"}
        elif roll < 0.84:
            base, clash = np.full(3, rng.uniform(5, 50)) + rng.uniform(-5, 8, 3), {"black", "brown", "gray"}
        else:
            name = ["red", "orange", "yellow", "green", "blue", "purple", "pink", "brown"][rng.integers(8)]
            base, clash = np.array(self.shade(rng, name), float), {name} | NEAR[name]
        picture = np.empty((n, n, 3), np.float32)
        picture[:] = base
        if rng.random() < 0.25:
            angle = rng.uniform(0, 2 * math.pi)
            yy, xx = np.mgrid[0:n, 0:n] / n - 0.5
            ramp = (math.cos(angle) * xx + math.sin(angle) * yy)[..., None]
            picture += ramp * rng.uniform(-50, 50)
        lines = rng.random()
        ink = base + (-28 if base.mean() > 90 else 28)
        if lines < 0.08:
            step, first = int(rng.integers(9, 20)), int(rng.integers(0, 9))
            picture[first::step] = ink
            if rng.random() < 0.5:
                picture[:, first::step] = ink
        return Image.fromarray(picture.clip(0, 255).astype(np.uint8)), clash

    # -- single items, each a mask of full size and a picture to show through it

    @staticmethod
    def _outline(name):
        """Points of a shape in a square from -1 to 1."""
        def polygon(n, start=-90.0):
            return [(math.cos(math.radians(start + 360 * k / n)), math.sin(math.radians(start + 360 * k / n)))
                    for k in range(n)]
        if name == "circle":
            return polygon(40)
        if name == "oval":
            return [(x, 0.6 * y) for x, y in polygon(40)]
        if name == "square":
            return [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]
        if name == "rectangle":
            return [(-1, -0.55), (1, -0.55), (1, 0.55), (-1, 0.55)]
        if name == "triangle":
            return [(0, -0.9), (1, 0.8), (-1, 0.8)]
        if name == "diamond":
            return [(0, -1), (0.68, 0), (0, 1), (-0.68, 0)]
        if name == "star":
            outer, inner = polygon(5), polygon(5, -54)
            return [p for a, b in zip(outer, inner) for p in (a, (0.42 * b[0], 0.42 * b[1]))]
        if name == "pentagon":
            return polygon(5)
        if name == "hexagon":
            return polygon(6, 0)
        if name == "cross":
            a = 0.34
            return [(-a, -1), (a, -1), (a, -a), (1, -a), (1, a), (a, a), (a, 1), (-a, 1), (-a, a), (-1, a), (-1, -a),
                    (-a, -a)]
        if name == "arrow":
            return [(-1, -0.27), (0.15, -0.27), (0.15, -0.75), (1, 0), (0.15, 0.75), (0.15, 0.27), (-1, 0.27)]
        assert name == "heart"
        return [(0.062 * 16 * math.sin(t) ** 3,
                 -0.062 * (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)))
                for t in np.linspace(0, 2 * math.pi, 40, endpoint=False)]

    def _shape(self, rng, item, extent):
        points = np.array(self._outline(item.name))
        free = {"star", "heart", "cross", "arrow", "hexagon", "pentagon", "triangle"}
        turn = rng.normal(0, 12) if item.name in free else rng.normal(0, 5)
        if item.name == "arrow":
            turn = rng.uniform(0, 360)
        if item.name in {"oval", "rectangle"} and rng.random() < 0.4:
            turn += 90
        turn = math.radians(turn)
        stretch = rng.uniform(0.92, 1.08) if item.name != "circle" else rng.uniform(0.97, 1.03)
        points = points * (stretch, 1 / stretch)
        if rng.random() < 0.25:  # by hand
            dense = []
            for a, b in zip(points, np.roll(points, -1, 0)):
                steps = max(1, int(np.hypot(*(b - a)) / 0.3))
                dense += [a + (b - a) * k / steps for k in range(steps)]
            points = np.array(dense) + rng.normal(0, 0.022, (len(dense), 2))
        rotate = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
        points = points @ rotate
        points = points / np.abs(points).max()
        scale = 3
        side = max(8, round(extent * self.size * scale))
        mask = Image.new("L", (side + 8, side + 8))
        draw = ImageDraw.Draw(mask)
        spots = [(side / 2 + 4 + x * side / 2, side / 2 + 4 + y * side / 2) for x, y in points]
        if item.outline:
            width = max(6, round(side * rng.uniform(0.06, 0.13)))
            draw.line(spots + spots[:2], fill=255, width=width, joint="curve")
        else:
            draw.polygon(spots, fill=255)
        edge = None
        if not item.outline and rng.random() < 0.2:
            edge = Image.new("L", mask.size)
            ImageDraw.Draw(edge).line(spots + spots[:2], fill=255, width=max(4, side // 22), joint="curve")
            edge = edge.reduce(scale)
        return mask.reduce(scale), edge

    def _text(self, rng, item, extent):
        path = self.fonts[rng.integers(len(self.fonts))]
        pixels = max(12, round(extent * self.size))
        text = item.name
        height = pixels if item.kind == "digit" else min(pixels, round(pixels * 1.45 / max(2, len(text))))
        key = (path, height)
        if key not in self.font_cache:
            if len(self.font_cache) > 400:
                self.font_cache.clear()
            self.font_cache[key] = ImageFont.truetype(path, height)
        font = self.font_cache[key]
        box = font.getbbox(text)
        mask = Image.new("L", (box[2] - box[0] + 8, box[3] - box[1] + 8))
        ImageDraw.Draw(mask).text((4 - box[0], 4 - box[1]), text, font=font, fill=255)
        return mask.rotate(rng.normal(0, 5), Image.BICUBIC, expand=True)

    def _sprite(self, rng, item, extent):
        """A mask, and the picture's own colours unless it is of one colour."""
        store = self.sprites.mask if item.colour else self.sprites.colour
        source = store[item.name][rng.integers(len(store[item.name]))]
        side = extent * self.size / max(source.size)
        picture = source.resize([max(4, round(s * side)) for s in source.size], Image.BICUBIC, reducing_gap=2.0)
        if rng.random() < 0.3 and item.name not in {"key", "guitar"}:
            picture = picture.transpose(Image.FLIP_LEFT_RIGHT)
        picture = picture.rotate(rng.normal(0, 9), Image.BICUBIC, expand=True)
        if item.colour:
            return picture, None
        return picture.getchannel("A"), picture.convert("RGB")

    def draw(self, rng, canvas, item, extent):
        own, edge = None, None
        if item.kind == "shape":
            mask, edge = self._shape(rng, item, extent)
        elif item.kind == "thing":
            mask, own = self._sprite(rng, item, extent)
        else:
            mask = self._text(rng, item, extent)
        n = self.size
        box = mask.getbbox() or (0, 0, *mask.size)
        item.w, item.h = (box[2] - box[0]) / n, (box[3] - box[1]) / n
        item.x = min(max(item.x, item.w / 2), 1 - item.w / 2) if item.w < 1 else 0.5
        item.y = min(max(item.y, item.h / 2), 1 - item.h / 2) if item.h < 1 else 0.5
        left = round(item.x * n - (box[0] + box[2]) / 2)
        top = round(item.y * n - (box[1] + box[3]) / 2)
        colour = None
        if own is not None:
            canvas.paste(own, (left, top), mask)
        else:
            colour = self.shade(rng, item.colour)
            if rng.random() < 0.12 and mask.size[0] > 20:  # lit from one side
                ramp = np.linspace(-22, 22, mask.size[0])[None, :, None] * (1 if rng.random() < 0.5 else -1)
                fill = Image.fromarray((np.array(colour) + ramp).clip(0, 255).astype(np.uint8).repeat(mask.size[1], 0))
                canvas.paste(fill, (left, top), mask)
            else:
                canvas.paste(colour, (left, top, left + mask.size[0], top + mask.size[1]), mask)
            if edge is not None:
                ink = tuple(round(c * 0.35) for c in colour)
                canvas.paste(ink, (left, top, left + edge.size[0], top + edge.size[1]), edge)
        full = Image.new("L", (n, n))
        full.paste(mask, (left, top))
        item.mask = full

    # -- scenes

    def _pick(self, rng, clash, only=None):
        """A random item without a place. Few things are silhouettes of one colour: they are by far the hardest."""
        kind = only or ("shape" if rng.random() < 0.5 else "thing")
        name = (SHAPES if kind == "shape" else THINGS)[rng.integers(len(SHAPES if kind == "shape" else THINGS))].name
        names = [c.name for c in COLOURS if c.name not in clash]
        colour = names[rng.integers(len(names))]
        if kind == "thing" and rng.random() < 0.9:
            colour = ""
        return Item(kind, name, colour, outline=kind == "shape" and rng.random() < 0.18)

    @staticmethod
    def _places(rng, extents):
        """Centres without overlap for squares of the given extents, or None."""
        places = []
        for extent in extents:
            half = extent / 2 * 1.04
            for _ in range(40):
                x, y = rng.uniform(half, 1 - half, 2) if half < 0.5 else (0.5, 0.5)
                if all(max(abs(x - u), abs(y - v)) > half + e / 2 * 1.04 for u, v, e in places):
                    places.append((x, y, extent))
                    break
            else:
                return None
        return [(x, y) for x, y, _ in places]

    def _compose(self, rng, layout, clash):
        """Items with places and extents."""
        if layout == "single":
            extent = rng.uniform(0.3, 0.92)
            item = self._pick(rng, clash)
            item.x, item.y = self._places(rng, [extent])[0]
            return [(item, extent)]
        if layout in ("digit", "word"):
            name = DIGITS[rng.integers(10)] if layout == "digit" else WORDS[rng.integers(len(WORDS))]
            item = Item(layout, name, self._pick(rng, clash | {"white"} if rng.random() < 0.7 else clash, "shape").colour)
            extent = rng.uniform(0.3, 0.9) if layout == "digit" else rng.uniform(0.6, 0.92)
            entries = [(item, extent)]
            if layout == "digit" and extent < 0.5 and rng.random() < 0.4:
                entries.append((self._pick(rng, clash), rng.uniform(0.25, 0.45)))
            places = self._places(rng, [e for _, e in entries])
            if places is None:
                return None
            for (item, _), place in zip(entries, places):
                item.x, item.y = place
            return entries
        if layout == "inside":
            outer = self._pick(rng, clash, "shape")
            outer.name = ["circle", "square", "rectangle", "oval", "heart", "hexagon", "diamond"][rng.integers(7)]
            if outer.name in {"rectangle", "oval"}:
                big, small = rng.uniform(0.75, 0.95), 0.3
            else:
                big, small = rng.uniform(0.6, 0.95), 0.42
            outer.outline = rng.random() < 0.5
            inner = self._pick(rng, clash | (set() if outer.outline else {outer.colour}))
            while inner.name == outer.name:
                inner = self._pick(rng, clash | (set() if outer.outline else {outer.colour}))
            if not outer.outline and inner.colour in NEAR[outer.colour]:
                return None
            inner.inside, inner.outline = True, False
            x, y = self._places(rng, [big])[0]
            outer.x, outer.y = x, y
            inner.x, inner.y = x + rng.uniform(-0.02, 0.02), y + rng.uniform(-0.02, 0.02)
            return [(outer, big), (inner, big * rng.uniform(small - 0.1, small))]
        if layout == "collage":
            cells = rng.permutation(9)[:rng.integers(6, 10)]
            entries = []
            for cell in cells:
                item, extent = self._pick(rng, clash), rng.uniform(0.22, 0.32)
                if rng.random() < 0.3:
                    item = Item("digit", DIGITS[rng.integers(10)], self._pick(rng, clash, "shape").colour)
                elif rng.random() < 0.12:
                    item = Item("word", WORDS[rng.integers(len(WORDS))], self._pick(rng, clash, "shape").colour)
                    extent = 0.31
                slack = (1 / 3 - extent) / 2
                item.x, item.y = ((c + 0.5) / 3 + rng.uniform(-slack, slack) for c in (cell % 3, cell // 3))
                entries.append((item, extent))
            return entries
        if layout == "count":
            n = int(rng.integers(2, 7))
            model = self._pick(rng, clash)
            m = int(rng.integers(1, 4)) if rng.random() < 0.3 and n <= 4 else 0
            other = self._pick(rng, clash)
            if other.name == model.name:
                m = 0
            one_colour = rng.random() < 0.7
            items = []
            for k in range(n + m):
                base = model if k < n else other
                item = Item(base.kind, base.name, base.colour, outline=base.outline)
                if not one_colour and base.colour:
                    item.colour = self._pick(rng, clash, "shape").colour
                items.append(item)
            top = {1: 0.6, 2: 0.45, 3: 0.38, 4: 0.34, 5: 0.31, 6: 0.29, 7: 0.27}[n + m]
            extents = [rng.uniform(max(0.22, top - 0.12), top)] * (n + m)
        else:
            if layout == "pair":
                n = 2
            else:
                n = int(rng.integers(3, 6))
            items = []
            while len(items) < n:
                item = self._pick(rng, clash)
                if all(item.name != other.name for other in items):
                    items.append(item)
            if layout == "size":
                items = items[:2]
                if rng.random() < 0.5:
                    items[1] = Item(items[0].kind, items[0].name, items[1].colour if items[0].colour and items[1].colour
                                    else items[0].colour, outline=items[0].outline)
                big = rng.uniform(0.4, 0.58)
                extents = [big, big / rng.uniform(1.7, 2.4)]
                if rng.random() < 0.5:
                    extents.reverse()
            elif layout == "pair":
                extents = list(rng.uniform(0.26, 0.46, 2))
            else:
                top = {3: 0.4, 4: 0.36, 5: 0.32}[n]
                extents = list(rng.uniform(0.25, top, n))
        places = self._places(rng, extents)
        if places is None:
            return None
        for item, place in zip(items, places):
            item.x, item.y = place
        return list(zip(items, extents))

    LAYOUTS = dict(single=0.17, pair=0.18, several=0.15, count=0.16, inside=0.07, size=0.08, digit=0.08, word=0.08,
                   unknown=0.03)

    def _unknown(self, rng):
        """A photograph's part, or a texture."""
        n = self.size
        if rng.random() < 0.65:
            photo = self.photos[rng.integers(len(self.photos))]
            side = int(min(photo.size) * rng.uniform(0.35, 1))
            left, top = (int(rng.integers(0, s - side + 1)) for s in photo.size)
            picture = photo.resize((n, n), Image.BICUBIC, box=(left, top, left + side, top + side))
            if rng.random() < 0.5:
                picture = picture.transpose(Image.FLIP_LEFT_RIGHT)
            return picture
        total = np.zeros((n, n, 3), np.float32)
        for octave in (2, 4, 9, 20, 45):
            small = rng.normal(0, 1, (octave, octave, 3)).astype(np.float32)
            if rng.random() < 0.3:
                small[:] = small[..., :1]
            layer = np.stack([np.asarray(Image.fromarray(small[..., c]).resize((n, n), Image.BICUBIC)) for c in range(3)], -1)
            total += layer * rng.uniform(10, 60)
        return Image.fromarray((total + rng.uniform(60, 190, 3)).clip(0, 255).astype(np.uint8))

    def _camera(self, rng, picture):
        """What paper, lens and file format do to a drawing."""
        if rng.random() < 0.18:
            picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.1)))
        if rng.random() < 0.3:
            data = np.asarray(picture, np.float32)
            if rng.random() < 0.6:
                data = data + rng.normal(0, rng.uniform(1, 9), data.shape).astype(np.float32)
            if rng.random() < 0.5:
                n, angle = self.size, rng.uniform(0, 2 * math.pi)
                yy, xx = np.mgrid[0:n, 0:n].astype(np.float32) / n - 0.5
                light = 1 + (math.cos(angle) * xx + math.sin(angle) * yy) * rng.uniform(0, 0.35)
                data = data * light[..., None] * rng.uniform(0.88, 1.05) * rng.uniform(0.97, 1.03, 3).astype(np.float32)
            picture = Image.fromarray(data.clip(0, 255).astype(np.uint8))
        if rng.random() < 0.3:
            file = io.BytesIO()
            picture.save(file, "JPEG", quality=int(rng.integers(35, 92)))
            picture = Image.open(file).convert("RGB")
        return picture

    def _letterbox(self, rng, picture, scene):
        """The bars that a picture which is not square gets on two sides, where nothing is hidden by them."""
        room = [min(i.x - i.w / 2 for i in scene.items), min(1 - i.x - i.w / 2 for i in scene.items)]
        tall = rng.random() < 0.5
        if tall:
            room = [min(i.y - i.h / 2 for i in scene.items), min(1 - i.y - i.h / 2 for i in scene.items)]
        bar = int(min(0.25, min(room) - 0.02) * self.size * rng.uniform(0.5, 1))
        if bar < 2:
            return picture
        out = Image.new("RGB", picture.size, PAD)
        box = (0, bar, self.size, self.size - bar) if tall else (bar, 0, self.size - bar, self.size)
        out.paste(picture.crop(box), box[:2])
        return out

    def _layout(self, rng):
        weights = np.array(list(self.LAYOUTS.values()))
        return list(self.LAYOUTS)[rng.choice(len(weights), p=weights / weights.sum())]

    def imagine(self, rng):
        """A Scene without a picture."""
        layout, entries = self._layout(rng), None
        if layout == "unknown":
            return Scene(layout)
        while entries is None:
            entries = self._compose(rng, layout, {"white"} if rng.random() < 0.7 else {"black"})
        for item, extent in entries:
            item.w = item.h = extent
        return Scene(layout, [item for item, _ in entries])

    def scene(self, rng, layout=None):
        """A picture of size x size pixels and its Scene."""
        layout = layout or self._layout(rng)
        if layout == "unknown":
            return self._camera(rng, self._unknown(rng)), Scene("unknown")
        while True:
            canvas, clash = self.background(rng)
            entries = self._compose(rng, layout, clash)
            if entries is not None:
                break
        for item, extent in entries:
            self.draw(rng, canvas, item, extent)
        picture, scene = self._camera(rng, canvas), Scene(layout, [item for item, _ in entries])
        if rng.random() < 0.25:
            picture = self._letterbox(rng, picture, scene)
        return picture, scene


def ninth(item):
    """Which ninth of the picture an item's centre is in: (column, row)."""
    return tuple(0 if v < 0.36 else 2 if v > 0.64 else 1 for v in (item.x, item.y))


def size_word(item):
    return SIZES[sum(max(item.w, item.h) > bound for bound in (0.22, 0.32, 0.46))]


def patch_labels(scene, grid):
    """What each of grid x grid patches shows, and of its whole thing the ninth it is in (numbered row by row), the size,
    how many of its name there are (less one), which word it is (0 for none) and the box (x, y, w, h): uint8 arrays
    [grid * grid], boxes float32 [grid * grid, 4]."""
    classes, colours, places, sizes, counts, words = (np.zeros(grid * grid, np.uint8) for _ in range(6))
    boxes = np.zeros((grid * grid, 4), np.float32)
    for item in scene.items:
        cover = np.asarray(item.mask.reduce(item.mask.size[0] // grid), np.float32).ravel()
        shown = cover > 40
        if item.kind == "word":
            column = (np.arange(grid * grid) % grid + 0.5) / grid
            letter = ((column - (item.x - item.w / 2)) / item.w * len(item.name)).astype(int).clip(0, len(item.name) - 1)
            ids = np.array([PATCH_CLASS[c] for c in item.name])[letter]
            classes = np.where(shown, ids, classes)
            words[shown] = WORDS.index(item.name) + 1
        else:
            classes[shown], words[shown] = PATCH_CLASS[item.name], 0
        colours[shown] = PATCH_COLOUR[item.colour or "none"]
        column, row = ninth(item)
        places[shown] = 3 * row + column
        sizes[shown] = SIZES.index(size_word(item))
        counts[shown] = min(6, sum(i.name == item.name for i in scene.items)) - 1
        boxes[shown] = item.x, item.y, item.w, item.h
    return {"classes": classes.astype(np.uint8), "colours": colours, "places": places, "sizes": sizes, "counts": counts,
            "words": words, "boxes": boxes}
