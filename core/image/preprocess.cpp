// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "image/preprocess.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "image/resample.h"

namespace galago {
namespace {

/// The square of mean colour that the picture lies on.
Canvas square_around(const Image& image, const std::array<float, 3>& mean) {
  const int side = std::max(image.width, image.height);
  Canvas canvas{{side, side}, {(side - image.width) / 2, (side - image.height) / 2}, {}};
  for (std::size_t c = 0; c < mean.size(); ++c)
    canvas.colour[c] = static_cast<std::uint8_t>(std::clamp(mean[c] * 255.0, 0.0, 255.0));
  return canvas;
}

}  // namespace

Image expand_to_square(const Image& image, const std::array<float, 3>& mean) {
  const Canvas canvas = square_around(image, mean);
  const auto side = static_cast<std::size_t>(canvas.size.width);
  Image square{canvas.size.width, canvas.size.height, {}};
  square.pixels.resize(3 * side * side);
  for (std::size_t i = 0; i < side * side; ++i)
    std::copy_n(canvas.colour.data(), 3, square.pixels.data() + 3 * i);
  const std::size_t row = 3 * static_cast<std::size_t>(image.width);
  for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y) {
    const std::size_t at = (static_cast<std::size_t>(canvas.picture_at.top) + y) * side +
                           static_cast<std::size_t>(canvas.picture_at.left);
    std::copy_n(image.pixels.data() + y * row, row, square.pixels.data() + 3 * at);
  }
  return square;
}

Image resize_bicubic(const Image& image, int width, int height) {
  return resample(image, {{image.width, image.height}, {}, {}}, {width, height},
                  {{}, {width, height}});
}

Result<Image> fit_to_model(const Image& image, const PreprocessConfig& config) {
  const int size = config.image_size;
  if (image.width <= 0 || image.height <= 0 || size <= 0)
    return Error{Errc::kInvalidArgument, "a picture without pixels cannot be resized", {}};
  if (config.pad_to_square)
    return resample(image, square_around(image, config.mean), {size, size}, {{}, {size, size}});

  // 64 bits: the long side of a line of 65500 pixels becomes 22 million, of which the middle is
  // all that is computed.
  const std::int64_t shorter = std::min(image.width, image.height);
  const auto scaled = [&](int side) {
    return static_cast<int>(std::int64_t{size} * side / shorter);
  };
  const Size resized{scaled(image.width), scaled(image.height)};
  const Offset middle{(resized.width - size) / 2, (resized.height - size) / 2};
  return resample(image, {{image.width, image.height}, {}, {}}, resized, {middle, {size, size}});
}

std::vector<float> normalise(const Image& image, const PreprocessConfig& config) {
  const std::size_t count =
      static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height);
  GALAGO_ASSERT(image.pixels.size() == 3 * count);
  std::vector<float> pixels(3 * count);
  for (std::size_t c = 0; c < 3; ++c) {
    std::array<float, 256> values{};
    for (std::size_t i = 0; i < values.size(); ++i) {
      // As the original: multiplied in double, the rest in float.
      const auto scaled = static_cast<float>(static_cast<double>(i) * 0.00392156862745098);
      values[i] = (scaled - config.mean[c]) / config.std[c];
    }
    for (std::size_t i = 0; i < count; ++i) pixels[c * count + i] = values[image.pixels[3 * i + c]];
  }
  return pixels;
}

}  // namespace galago
