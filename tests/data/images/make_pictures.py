#!/usr/bin/env python3
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# Writes the pictures of this folder and expected.json: what Pillow and NumPy make of them.
# Needs Pillow 9 or 10 with WebP, NumPy, and cjpeg (libjpeg-turbo), gif2webp, webpmux (webp).
import json
import pathlib
import struct
import subprocess
import tempfile
import zlib

import numpy as np
from PIL import Image, ImageOps

HERE = pathlib.Path(__file__).parent
MEAN = (122, 116, 104)
# Where the first frame lies on a larger picture.
AROUND = {"gif_offset.gif": (9, 7, 33, 27), "gif_outside.gif": (9, 7, 33, 27),
          "webp_animated.webp": (2, 6, 30, 20)}


def photo(width, height, seed):
    """Soft light, a few round things, a little noise: compresses like a photograph."""
    noise = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width] / max(width, height)
    rgb = np.stack([0.3 + 0.5 * x, 0.4 + 0.3 * y, 0.7 - 0.5 * x * y], 2)
    for _ in range(7):
        at, radius, colour = noise.random(2), 0.05 + 0.15 * noise.random(), noise.random(3)
        inside = np.clip((radius - np.hypot(x - at[0], y - at[1] * height / width)) * 40, 0, 1)
        rgb = rgb * (1 - inside[..., None]) + colour * inside[..., None]
    rgb += noise.normal(0, 0.004, rgb.shape)
    return np.clip(rgb * 255, 0, 255).astype(np.uint8)


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(path, bits, colour, rows, *, size, extra=b"", tail=b""):
    """A PNG file from packed rows, for what Pillow does not write."""
    raw = b"".join(b"\0" + row for row in rows)
    header = struct.pack(">IIBBBBB", *size, bits, colour, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
                     + chunk(b"IDAT", zlib.compress(raw, 9)) + tail + chunk(b"IEND", b""))


def orientation(value):
    exif = Image.Exif()
    exif[0x112] = value
    return exif


def write_png(rgb, alpha):
    height, width = rgb.shape[:2]
    size = (width, height)
    grey = np.array(Image.fromarray(rgb).convert("L"))
    Image.fromarray(photo(120, 90, 7)).save(HERE / "photo.png", optimize=True)
    for bits in (1, 2, 4):
        per_byte = 8 // bits
        padded = np.pad(grey >> (8 - bits), ((0, 0), (0, -width % per_byte)))
        packed = np.zeros((height, padded.shape[1] // per_byte), np.uint8)
        for i in range(per_byte):
            packed |= padded[:, i::per_byte] << (8 - bits * (i + 1))
        png(HERE / f"png_grey{bits}.png", bits, 0, [r.tobytes() for r in packed], size=size)
        palette = Image.fromarray(rgb).quantize(1 << bits)
        palette.save(HERE / f"png_palette{bits}.png", bits=bits)
    Image.fromarray(grey).save(HERE / "png_grey8.png")
    Image.fromarray(grey).save(HERE / "png_grey_transparent.png", transparency=int(grey[5, 5]))
    wide = (grey.astype(int) * 257 // 120).astype(">u2")  # dark, so that some is not clipped
    png(HERE / "png_grey16.png", 16, 0, [r.tobytes() for r in wide], size=size)
    Image.fromarray(np.dstack([grey, alpha]), "LA").save(HERE / "png_grey8_alpha.png")
    for name, colour, samples in (("grey16_alpha", 4, np.dstack([grey, alpha])),
                                  ("rgb16", 2, rgb), ("rgb16_alpha", 6, np.dstack([rgb, alpha]))):
        fine = samples.astype(int) * 257 ^ 0x55  # lower bytes of their own
        png(HERE / f"png_{name}.png", 16, colour, [r.tobytes() for r in fine.astype(">u2")], size=size)
    rgba = Image.fromarray(np.dstack([rgb, alpha]))
    rgba.save(HERE / "png_rgb8_alpha.png")
    few = Image.fromarray(rgb).quantize(60)
    few.save(HERE / "png_palette8.png")
    few.save(HERE / "png_palette_alpha.png", transparency=bytes(range(0, 240, 4)))
    Image.fromarray(rgb).save(HERE / "png_rgb_transparent.png", transparency=tuple(map(int, rgb[3, 3])))
    exif = orientation(6).tobytes()[6:]
    rows = [r.tobytes() for r in rgb]
    png(HERE / "png_exif6.png", 8, 2, rows, size=size, extra=chunk(b"eXIf", exif))
    png(HERE / "png_exif8_last.png", 8, 2, rows, size=size, tail=chunk(b"eXIf", exif[:-5]
        .replace(b"\x06\x00", b"\x08\x00").replace(b"\x00\x06", b"\x00\x08") + exif[-5:]))
    Image.fromarray(rgb).save(HERE / "png_animated.png", save_all=True, default_image=True,
                              append_images=[Image.fromarray(255 - rgb)])
    # Interlaced by hand: Pillow reads it, but does not write it.
    for name, samples, colour in (("rgb", rgb, 2), ("grey16", wide.view(np.uint8).reshape(height, width, 2), 0)):
        passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
        raw = b"".join(b"\0" + row.tobytes() for left, top, dx, dy in passes
                       for row in samples[top::dy, left::dx])
        header = struct.pack(">IIBBBBB", *size, 8 if colour else 16, colour, 0, 0, 1)
        (HERE / f"png_interlaced_{name}.png").write_bytes(
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw, 9))
            + chunk(b"IEND", b""))
    Image.fromarray(rgb[:1, :1]).save(HERE / "png_1x1.png")
    line = np.tile(rgb[:1], (1, 30000 // width + 1, 1))[:, :30000]
    Image.fromarray(line).save(HERE / "png_30000x1.png", optimize=True)
    Image.fromarray(line.transpose(1, 0, 2).copy()).save(HERE / "png_1x30000.png", optimize=True)


def cjpeg(rgb, name, *options):
    ppm = b"P6 %d %d 255\n" % rgb.shape[1::-1] + rgb.tobytes()
    (HERE / name).write_bytes(subprocess.run(["cjpeg", *options], input=ppm, capture_output=True,
                                             check=True).stdout)


def write_jpeg(rgb):
    image = Image.fromarray(rgb)
    for name, subsampling in (("444", 0), ("422", 1), ("420", 2)):
        image.save(HERE / f"jpeg_{name}.jpg", quality=85, subsampling=subsampling)
    image.convert("L").save(HERE / "jpeg_grey.jpg", quality=85)
    image.save(HERE / "jpeg_progressive.jpg", quality=85, progressive=True)
    for value in range(1, 9):
        image.resize((24, 16)).save(HERE / f"jpeg_exif{value}.jpg", quality=60, exif=orientation(value))
    ink = 255 - rgb
    black = ink.min(2, keepdims=True) // 2
    Image.fromarray(np.dstack([ink - black, black]), "CMYK").save(HERE / "jpeg_cmyk.jpg", quality=85)
    cmyk = (HERE / "jpeg_cmyk.jpg").read_bytes()
    said = cmyk.index(b"Adobe") + 11  # the colours' transformation: said to be YCCK, they are other colours
    (HERE / "jpeg_ycck.jpg").write_bytes(cmyk[:said] + b"\2" + cmyk[said + 1:])
    cjpeg(rgb, "jpeg_restart.jpg", "-quality", "80", "-restart", "1")
    cjpeg(rgb, "jpeg_rgb.jpg", "-quality", "80", "-rgb")
    cjpeg(rgb, "jpeg_arithmetic.jpg", "-quality", "80", "-arithmetic")


def write_webp(rgb, alpha):
    image = Image.fromarray(rgb)
    clear = Image.fromarray(np.dstack([rgb, alpha]))
    image.save(HERE / "webp_lossy.webp", quality=80)
    image.save(HERE / "webp_lossless.webp", lossless=True)
    image.resize((24, 16)).save(HERE / "webp_exif6.webp", quality=60, exif=orientation(6).tobytes())
    clear.save(HERE / "webp_lossy_alpha.webp", quality=80)
    clear.save(HERE / "webp_lossless_alpha.webp", lossless=True)
    with tempfile.TemporaryDirectory() as folder:
        frame = pathlib.Path(folder) / "frame.webp"
        image.resize((30, 20)).save(frame, lossless=True)
        subprocess.run(["webpmux", "-frame", frame, "+100+2+6", "-frame", HERE / "webp_lossy.webp",
                        "+100+0+0", "-o", HERE / "webp_animated.webp"], check=True, capture_output=True)


def write_gif(rgb):
    image = Image.fromarray(rgb)
    few = image.quantize(32)
    few.save(HERE / "gif_plain.gif", interlace=0)
    few.save(HERE / "gif_interlaced.gif", interlace=1)
    few.save(HERE / "gif_transparent.gif", transparency=5)
    few.save(HERE / "gif_animated.gif", save_all=True, append_images=[few.rotate(180)])
    # The first frame on a larger screen, with and without transparency; and outside the screen.
    plain = (HERE / "gif_plain.gif").read_bytes()
    at = plain.index(b",\0\0\0\0" + struct.pack("<HH", *image.size))
    for name, source, screen in (("gif_offset", plain, (100, 80)), ("gif_outside", plain, (20, 20))):
        moved = bytearray(source)
        moved[6:10] = struct.pack("<HH", *screen)
        moved[at + 1:at + 5] = struct.pack("<HH", 9, 7)
        (HERE / f"{name}.gif").write_bytes(moved)
    clear = bytearray((HERE / "gif_transparent.gif").read_bytes())
    at = clear.index(b",\0\0\0\0" + struct.pack("<HH", *image.size))
    clear[6:10] = struct.pack("<HH", 100, 80)
    clear[at + 1:at + 5] = struct.pack("<HH", 9, 7)
    (HERE / "gif_offset_transparent.gif").write_bytes(clear)


def bmp(name, size, bits, pixels, *, compression=0, palette=b"", masks=b"", header_bytes=40, colours=0):
    at = 14 + header_bytes + len(masks) * (header_bytes == 40) + len(palette)
    if header_bytes == 12:
        header = struct.pack("<IHHHH", 12, *size, 1, bits)
    else:
        header = struct.pack("<IiiHHIIiiII", header_bytes, *size, 1, bits, compression, len(pixels),
                             2835, 2835, colours, 0)
        header = (header + masks).ljust(max(header_bytes, 40 + len(masks)), b"\0")
    (HERE / name).write_bytes(struct.pack("<2sIII", b"BM", at + len(pixels), 0, at)
                              + header + palette + pixels)


def bottom_up(rows):
    return b"".join(row + bytes(-len(row) % 4) for row in reversed(rows))


def run_lengths(indices, bits):
    """Runs where values repeat, literals elsewhere; the form that BMP files have."""
    out = b""
    for row in indices[::-1]:
        x = 0
        while x < len(row):
            run = 1
            while x + run < len(row) and row[x + run] == row[x] and run < 255:
                run += 1
            literal = list(row[x:x + 6])
            if run == 1 and len(literal) == 6:
                packed = literal if bits == 8 else [a << 4 | b for a, b in zip(literal[::2], literal[1::2])]
                out += bytes([0, 6, *packed]) + bytes(len(packed) % 2)
                x += 6
            else:
                value = row[x] if bits == 8 else row[x] << 4 | row[x]
                out += bytes([run, value])
                x += run
        out += b"\0\0"
    return out + b"\0\1"


def write_bmp(rgb, alpha):
    height, width = rgb.shape[:2]
    size = (width, height)
    bgr = rgb[..., ::-1]
    for bits in (1, 4, 8):
        image = Image.fromarray(rgb).quantize(1 << bits if bits < 8 else 50)
        indices = np.array(image)
        table = np.array(image.getpalette()).reshape(-1, 3)[:1 << bits, ::-1].astype(np.uint8)
        table = np.pad(table, ((0, (1 << bits) - len(table)), (0, 0)))
        quads = np.pad(table, ((0, 0), (0, 1))).tobytes()
        per_byte = 8 // bits
        padded = np.pad(indices, ((0, 0), (0, -width % per_byte)))
        packed = np.zeros((height, padded.shape[1] // per_byte), np.uint8)
        for i in range(per_byte):
            packed |= padded[:, i::per_byte] << (8 - bits * (i + 1))
        rows = bottom_up([r.tobytes() for r in packed])
        bmp(f"bmp_{bits}.bmp", size, bits, rows, palette=quads)
        if bits == 8:
            bmp("bmp_os2.bmp", size, bits, rows, palette=table.tobytes(), header_bytes=12)
        if bits > 1:
            bmp(f"bmp_rle{bits}.bmp", size, bits, run_lengths(indices.tolist(), bits),
                compression=1 if bits == 8 else 2, palette=quads)
    wide = bgr.astype(np.uint32)
    five = (wide[..., 2] >> 3) << 10 | (wide[..., 1] >> 3) << 5 | wide[..., 0] >> 3
    six = (wide[..., 2] >> 3) << 11 | (wide[..., 1] >> 2) << 5 | wide[..., 0] >> 3
    bmp("bmp_555.bmp", size, 16, bottom_up([r.tobytes() for r in five.astype("<u2")]))
    bmp("bmp_565.bmp", size, 16, bottom_up([r.tobytes() for r in six.astype("<u2")]), compression=3,
        masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F))
    bmp("bmp_24.bmp", size, 24, bottom_up([r.tobytes() for r in bgr]))
    bmp("bmp_24_top_down.bmp", (width, -height), 24, bottom_up([r.tobytes() for r in bgr[::-1]]))
    quad = np.dstack([bgr, alpha])
    bmp("bmp_32.bmp", size, 32, bottom_up([r.tobytes() for r in quad]))
    bmp("bmp_32_alpha.bmp", size, 32, bottom_up([r.tobytes() for r in quad]), compression=3,
        masks=struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000), header_bytes=124)


def fnv(array):
    value = 0xCBF29CE484222325
    for byte in array.tobytes():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def entry(array):
    return f"{array.shape[1]}x{array.shape[0]} {fnv(array)}"


def as_seen(path):
    image = Image.open(path)
    if image.mode == "I":  # 16-bit grey, which Pillow clips
        return np.repeat((np.array(image) >> 8).astype(np.uint8)[..., None], 3, 2)
    if path.name in AROUND:  # Pillow shows colour 0, or black, around the frame
        left, top, width, height = AROUND[path.name]
        rgb = np.array(image.convert("RGB"))
        seen = np.full_like(rgb, 255)
        inside = np.s_[top:top + height, left:left + width]
        seen[inside] = rgb[inside]
        return seen
    rgba = np.array(ImageOps.exif_transpose(image).convert("RGBA")).astype(int)
    alpha = rgba[..., 3:]
    return ((rgba[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)


def padded(image):
    side = max(image.size)
    square = Image.new("RGB", (side, side), MEAN)
    square.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return np.array(square.resize((336, 336), Image.BICUBIC))


def cropped(image):
    short = min(image.size)
    size = tuple(int(336 * side / short) for side in image.size)
    image = image.resize(size, Image.BICUBIC)
    left, top = (size[0] - 336) // 2, (size[1] - 336) // 2
    return np.array(image.crop((left, top, left + 336, top + 336)))


def main():
    rgb = photo(33, 27, 3)
    y, x = np.mgrid[0:27, 0:33]
    alpha = np.clip((x + y) * 8 - 90, 0, 255).astype(np.uint8)
    write_png(rgb, alpha)
    write_jpeg(rgb)
    write_webp(rgb, alpha)
    write_gif(rgb)
    write_bmp(rgb, alpha)
    expected = {}
    for path in sorted(HERE.iterdir()):
        if path.suffix not in (".png", ".jpg", ".webp", ".gif", ".bmp"):
            continue
        original = Image.open(path).convert("RGB")
        expected[path.name] = {"original": entry(np.array(original)), "seen": entry(as_seen(path)),
                               "padded": entry(padded(original))}
        if max(original.size) < 2000:
            expected[path.name]["cropped"] = entry(cropped(original))
    text = ",\n".join(f'  "{name}": {json.dumps(values)}' for name, values in expected.items())
    (HERE / "expected.json").write_text("{\n" + text + "\n}\n")


if __name__ == "__main__":
    main()
