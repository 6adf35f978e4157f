// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What all decoders check before they take memory, and what they say when a file is at fault.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "image/image.h"

namespace galago {

inline constexpr std::uint64_t kMaxPictureSide = 65500;
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
inline constexpr std::uint64_t kMaxPicturePixels = 1'000'000;
#else
inline constexpr std::uint64_t kMaxPicturePixels = 200'000'000;
#endif

/// Errors: kFormat (0 pixels), kUnsupported (larger than the limits above).
Status check_picture_size(std::uint64_t width, std::uint64_t height);

/// Zeros. Errors: kOutOfMemory.
Result<std::vector<std::uint8_t>> take_bytes(std::size_t size);

/// A black picture. Errors: as check_picture_size, kOutOfMemory.
Result<Image> make_image(std::uint64_t width, std::uint64_t height);

/// The error of a file that ends too early.
Error cut_off_picture();

/// The error of a file that contradicts itself. `reason` may be empty.
Error damaged_picture(std::string_view format, std::string_view reason);

/// round(value · alpha/255 + 255 · (1 - alpha/255))
inline std::uint8_t over_white(std::uint8_t value, std::uint8_t alpha) {
  const int sum = value * alpha + 255 * (255 - alpha) + 127;
  return static_cast<std::uint8_t>(sum / 255);
}

/// [n, 4] to [n, 3] in place: laid over white (kAsSeen), or the alpha dropped (kAsOriginal).
void drop_alpha(std::vector<std::uint8_t>& rgba, ImageInterpretation interpretation);

}  // namespace galago
