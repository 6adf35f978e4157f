// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A decoded picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace galago {

/// RGB, 8 bits a channel, rows top to bottom without padding: [height, width, 3].
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

/// How a file becomes an Image.
enum class ImageInterpretation : std::uint8_t {
  kAsSeen,      ///< EXIF orientation applied, transparency laid over white: as a person sees it
  kAsOriginal,  ///< as MobileVLM's Python code: orientation ignored, alpha dropped
};

}  // namespace galago
