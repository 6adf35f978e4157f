# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Drawings and fonts: SVG icons rendered once to small pictures with an alpha channel.

    assets.py DIR    renders what fetch_assets.sh brought into DIR to DIR/sprites.npz, and copies the fonts and
                     photographs to DIR/fonts and DIR/photos: sprites, fonts and photos are all that training needs
"""
import io
import os
import shutil
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


# Photographs of python3-skimage, for pictures that are no simple drawing.
PHOTOS = ["astronaut.png", "brick.png", "camera.png", "coffee.png", "coins.png", "grass.png", "hubble_deep_field.jpg"]
PHOTOS_HELD_OUT = ["chelsea.png", "gravel.png", "rocket.jpg"]


def _font(name):
    for root in ("/usr/share/fonts/truetype/", "/usr/share/fonts/opentype/"):
        if os.path.exists(root + name):
            return root + name
    raise FileNotFoundError(f"font {name}: install the packages that the README lists")


def collect(folder):
    """Copies fonts and photographs."""
    import skimage
    photos = os.path.join(os.path.dirname(skimage.__file__), "data")
    for sub, sources in (("fonts", [_font(f) for f in FONTS + FONTS_HELD_OUT]),
                         ("photos", [os.path.join(photos, p) for p in PHOTOS + PHOTOS_HELD_OUT])):
        os.makedirs(f"{folder}/{sub}", exist_ok=True)
        for source in sources:
            shutil.copy(source, f"{folder}/{sub}/")


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
    collect(sys.argv[1])
