# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Drawings and fonts: SVG icons rendered once to small pictures with an alpha channel.

    assets.py DIR    renders what fetch_assets.sh brought into DIR to DIR/sprites.npz
"""
import io
import os
import subprocess
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from domain import THINGS

SPRITE = 144  # pixels along the longer side
NOTO_EMOJI = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"

# Fonts that training draws digits and words with, and those that only the evaluation uses.
FONTS = [
    "dejavu/DejaVuSans-Bold.ttf", "dejavu/DejaVuSans.ttf", "dejavu/DejaVuSerif-Bold.ttf",
    "dejavu/DejaVuSansMono-Bold.ttf", "liberation/LiberationSans-Bold.ttf", "liberation/LiberationSans-Regular.ttf",
    "liberation/LiberationSerif-Bold.ttf", "liberation/LiberationSansNarrow-Bold.ttf",
    "cantarell/Cantarell-Bold.otf", "comic-neue/ComicNeue-Bold.otf", "comic-neue/ComicNeue-Regular.otf",
    "dosis/Dosis-Bold.otf", "inter/Inter-Bold.otf", "inter/Inter-Medium.otf", "league-spartan/LeagueSpartan-Bold.otf",
    "roboto/slab/RobotoSlab-Bold.otf", "comfortaa/Comfortaa-Bold.ttf", "lato/Lato-Black.ttf", "lato/Lato-Medium.ttf",
    "open-sans/OpenSans-Bold.ttf", "oxygen/Oxygen-Sans-Bold.ttf", "roboto/unhinted/RobotoTTF/Roboto-Bold.ttf",
    "roboto/unhinted/RobotoCondensed-Bold.ttf", "noto/NotoSans-Bold.ttf", "noto/NotoSerif-Bold.ttf",
]
FONTS_HELD_OUT = [
    "play/Play-Bold.ttf", "quicksand/Quicksand-Bold.ttf", "liberation/LiberationMono-Bold.ttf",
    "dejavu/DejaVuSansCondensed-Bold.ttf", "noto/NotoSansDisplay-Bold.ttf", "open-sans/OpenSans-Semibold.ttf",
]


def font_path(name):
    for root in ("/usr/share/fonts/truetype/", "/usr/share/fonts/opentype/"):
        if os.path.exists(root + name):
            return root + name
    raise FileNotFoundError(f"font {name}: install the packages that the README lists")


def _fit(picture):
    """Cropped to what is visible, longer side SPRITE pixels."""
    picture = picture.convert("RGBA")
    box = picture.getchannel("A").point(lambda a: 255 if a > 8 else 0).getbbox()
    picture = picture.crop(box)
    scale = SPRITE / max(picture.size)
    return picture.resize([max(1, round(s * scale)) for s in picture.size], Image.LANCZOS)


def _svg(path):
    png = subprocess.run(["rsvg-convert", "-w", "256", "-h", "256", "--keep-aspect-ratio", path],
                         check=True, capture_output=True).stdout
    return _fit(Image.open(io.BytesIO(png)))


def _noto(character, font):
    picture = Image.new("RGBA", (160, 160))
    ImageDraw.Draw(picture).text((10, 10), character, font=font, embedded_color=True)
    return _fit(picture)


def render(folder):
    """Writes sprites.npz: '<thing>/colour/<n>' RGBA and '<thing>/mask/<n>' grey arrays."""
    noto = ImageFont.truetype(NOTO_EMOJI, 109)
    out = {}
    for kind in THINGS:
        colour = [_svg(f"{folder}/fluent/icons/flat/{kind.fluent}.svg"),
                  _svg(f"{folder}/twemoji/{ord(kind.emoji):x}.svg"), _noto(kind.emoji, noto)]
        masks = [_svg(f"{folder}/fluent/icons/high-contrast/{kind.fluent}.svg")]
        if kind.mdi:
            masks.append(_svg(f"{folder}/mdi/svg/{kind.mdi}.svg"))
        if kind.phosphor:
            masks.append(_svg(f"{folder}/phosphor/assets/fill/{kind.phosphor}-fill.svg"))
        for n, picture in enumerate(colour):
            out[f"{kind.name}/colour/{n}"] = np.asarray(picture)
        for n, picture in enumerate(masks):
            out[f"{kind.name}/mask/{n}"] = np.asarray(picture.getchannel("A"))
    np.savez_compressed(f"{folder}/sprites.npz", **out)


class Sprites:
    def __init__(self, folder):
        self.colour, self.mask = {}, {}
        with np.load(f"{folder}/sprites.npz") as data:
            for key in data.files:
                name, what, _ = key.split("/")
                store = self.colour if what == "colour" else self.mask
                store.setdefault(name, []).append(Image.fromarray(data[key]))


if __name__ == "__main__":
    render(sys.argv[1])
