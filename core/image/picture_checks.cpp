// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "image/picture_checks.h"

#include <new>
#include <string>
#include <utility>

namespace galago {

Status check_picture_size(std::uint64_t width, std::uint64_t height) {
  const std::string size = std::to_string(width) + " x " + std::to_string(height);
  if (width == 0 || height == 0)
    return Error{Errc::kFormat, "the picture has no pixels (its size is " + size + ")", {}};
  if (width > kMaxPictureSide || height > kMaxPictureSide || width * height > kMaxPicturePixels)
    return Error{Errc::kUnsupported,
                 "the picture is too large (" + size +
                     "): make it smaller, to at most 65500 pixels a side and 200 megapixels",
                 {}};
  return {};
}

Result<std::vector<std::uint8_t>> take_bytes(std::size_t size) {
  try {
    return std::vector<std::uint8_t>(size);
  } catch (const std::bad_alloc&) {
    return Error{Errc::kOutOfMemory,
                 "there is not enough memory for this picture (" + std::to_string(size >> 20) +
                     " MiB): make it smaller or close other programs",
                 {}};
  }
}

Result<Image> make_image(std::uint64_t width, std::uint64_t height) {
  GALAGO_TRY(check_picture_size(width, height));
  Image image{static_cast<int>(width), static_cast<int>(height), {}};
  GALAGO_TRY(image.pixels, take_bytes(static_cast<std::size_t>(width * height * 3)));
  return image;
}

Error cut_off_picture() {
  return {Errc::kFormat,
          "the picture is cut off: its file ends too early; copy or download it again",
          {}};
}

Error damaged_picture(std::string_view format, std::string_view reason) {
  std::string text = "the picture is a damaged " + std::string(format) + " file";
  if (!reason.empty()) text += " (" + std::string(reason) + ")";
  return {Errc::kFormat, text + ": copy or download it again", {}};
}

void drop_alpha(std::vector<std::uint8_t>& rgba, ImageInterpretation interpretation) {
  const bool is_seen = interpretation == ImageInterpretation::kAsSeen;
  const std::size_t count = rgba.size() / 4;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t alpha = is_seen ? rgba[4 * i + 3] : 255;
    for (std::size_t c = 0; c < 3; ++c) rgba[3 * i + c] = over_white(rgba[4 * i + c], alpha);
  }
  rgba.resize(3 * count);
}

}  // namespace galago
