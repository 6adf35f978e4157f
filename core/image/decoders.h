// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One function a format, each in a file of its own: decode_image() chooses. All of them take
// hostile bytes, and give errors as decode_image() does.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "image/image.h"

namespace galago {

struct DecodedFile {
  Image image;                  ///< as stored: not yet turned as EXIF says
  std::vector<std::byte> exif;  ///< empty where there is none, or where nobody asks (kAsOriginal)
};

// kAsOriginal gives what Pillow's Image.open(file).convert("RGB") gives, bit by bit, for files that
// are sound.
Result<DecodedFile> decode_png(std::span<const std::byte> file, ImageInterpretation);
Result<DecodedFile> decode_jpeg(std::span<const std::byte> file, ImageInterpretation);
Result<DecodedFile> decode_webp(std::span<const std::byte> file, ImageInterpretation);
Result<DecodedFile> decode_gif(std::span<const std::byte> file, ImageInterpretation);
Result<DecodedFile> decode_bmp(std::span<const std::byte> file, ImageInterpretation);

}  // namespace galago
