// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "image/resample.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "base/assert.h"

namespace galago {
namespace {

constexpr int kWeightBits = 22;
constexpr std::int32_t kHalf = 1 << (kWeightBits - 1);
constexpr std::size_t kChannels = 3;

/// One direction: `in` of the canvas become `out`, of which [first, first + count) are wanted. The
/// picture covers [picture_first, picture_first + picture_count) of `in`.
struct Axis {
  int in = 0;
  int picture_first = 0;
  int picture_count = 0;
  int out = 0;
  int first = 0;
  int count = 0;
};

/// What one output is made of.
struct Taps {
  std::size_t first = 0;  ///< of the picture's rows or columns
  std::size_t count = 0;  ///< may be 0: nothing but padding
  std::size_t weights_at = 0;
  std::int32_t padding_weight = 0;  ///< the sum over inputs beside the picture
  std::int32_t total_weight = 0;    ///< the sum over all
};

struct AxisWeights {
  std::vector<Taps> outputs;
  std::vector<std::int32_t> weights;
};

double bicubic(double x) {
  constexpr double kA = -0.5;
  x = std::fabs(x);
  if (x < 1.0) return ((kA + 2.0) * x - (kA + 3.0)) * x * x + 1;
  if (x < 2.0) return (((x - 5) * x + 8) * x - 4) * kA;
  return 0.0;
}

std::int32_t to_fixed(double weight) {
  return static_cast<std::int32_t>((weight < 0 ? -0.5 : 0.5) + weight * (1 << kWeightBits));
}

/// precompute_coeffs and normalize_coeffs_8bpc, in their order of operations.
AxisWeights weights_of(const Axis& axis) {
  const double scale = static_cast<double>(axis.in) / axis.out;
  const double filter_scale = std::max(scale, 1.0);
  const double support = 2.0 * filter_scale;
  const double inverse = 1.0 / filter_scale;
  const int picture_end = axis.picture_first + axis.picture_count;
  AxisWeights result;
  std::vector<double> exact;
  for (int i = axis.first; i < axis.first + axis.count; ++i) {
    const double center = (i + 0.5) * scale;
    const int begin = std::max(static_cast<int>(center - support + 0.5), 0);
    const int end = std::min(static_cast<int>(center + support + 0.5), axis.in);
    exact.clear();
    double sum = 0.0;
    for (int in = begin; in < end; ++in) {
      exact.push_back(bicubic((in - center + 0.5) * inverse));
      sum += exact.back();
    }
    Taps taps;
    taps.weights_at = result.weights.size();
    taps.first = static_cast<std::size_t>(std::max(begin - axis.picture_first, 0));
    for (int in = begin; in < end; ++in) {
      const double weight = exact[static_cast<std::size_t>(in - begin)];
      const std::int32_t fixed = to_fixed(sum != 0.0 ? weight / sum : weight);
      taps.total_weight += fixed;
      if (in >= axis.picture_first && in < picture_end)
        result.weights.push_back(fixed);
      else
        taps.padding_weight += fixed;
    }
    taps.count = result.weights.size() - taps.weights_at;
    result.outputs.push_back(taps);
  }
  return result;
}

std::uint8_t clip(std::int32_t sum) {
  return static_cast<std::uint8_t>(std::clamp(sum >> kWeightBits, 0, 255));
}

void resample_row(const std::uint8_t* in, const AxisWeights& columns,
                  const std::array<std::uint8_t, 3>& padding, std::uint8_t* out) {
  for (const Taps& taps : columns.outputs) {
    const std::int32_t* weights = columns.weights.data() + taps.weights_at;
    const std::uint8_t* pixel = in + kChannels * taps.first;
    std::int32_t red = kHalf + taps.padding_weight * padding[0];
    std::int32_t green = kHalf + taps.padding_weight * padding[1];
    std::int32_t blue = kHalf + taps.padding_weight * padding[2];
    for (std::size_t i = 0; i < taps.count; ++i, pixel += kChannels) {
      red += weights[i] * pixel[0];
      green += weights[i] * pixel[1];
      blue += weights[i] * pixel[2];
    }
    *out++ = clip(red);
    *out++ = clip(green);
    *out++ = clip(blue);
  }
}

/// What the horizontal pass makes of a row of padding.
std::vector<std::uint8_t> padding_row(const AxisWeights& columns,
                                      const std::array<std::uint8_t, 3>& padding) {
  std::vector<std::uint8_t> row;
  for (const Taps& taps : columns.outputs)
    for (const std::uint8_t value : padding) row.push_back(clip(kHalf + taps.total_weight * value));
  return row;
}

}  // namespace

Image resample(const Image& picture, const Canvas& canvas, const Size& size, const Window& window) {
  GALAGO_ASSERT(picture.width > 0 && picture.height > 0);
  GALAGO_ASSERT(size.width > 0 && size.height > 0);
  // Pillow leaves a pass out where the size stays: its weights are 0 and 1 then.
  const AxisWeights columns = weights_of({canvas.size.width, canvas.picture_at.left, picture.width,
                                          size.width, window.at.left, window.size.width});
  const AxisWeights rows = weights_of({canvas.size.height, canvas.picture_at.top, picture.height,
                                       size.height, window.at.top, window.size.height});

  // The first pass, over the rows that the second will read.
  std::size_t begin = static_cast<std::size_t>(picture.height);
  std::size_t end = 0;
  for (const Taps& taps : rows.outputs) {
    if (taps.count == 0) continue;
    begin = std::min(begin, taps.first);
    end = std::max(end, taps.first + taps.count);
  }
  begin = std::min(begin, end);
  const std::size_t in_row = kChannels * static_cast<std::size_t>(picture.width);
  const std::size_t out_row = kChannels * static_cast<std::size_t>(window.size.width);
  std::vector<std::uint8_t> narrowed((end - begin) * out_row);
  for (std::size_t y = begin; y < end; ++y)
    resample_row(picture.pixels.data() + y * in_row, columns, canvas.colour,
                 narrowed.data() + (y - begin) * out_row);

  Image out{window.size.width, window.size.height, {}};
  out.pixels.reserve(out_row * rows.outputs.size());
  const std::vector<std::uint8_t> padding = padding_row(columns, canvas.colour);
  std::vector<std::int32_t> sums(out_row);
  for (const Taps& taps : rows.outputs) {
    for (std::size_t i = 0; i < out_row; ++i) sums[i] = kHalf + taps.padding_weight * padding[i];
    for (std::size_t tap = 0; tap < taps.count; ++tap) {
      const std::int32_t weight = rows.weights[taps.weights_at + tap];
      const std::uint8_t* in = narrowed.data() + (taps.first + tap - begin) * out_row;
      for (std::size_t i = 0; i < out_row; ++i) sums[i] += weight * in[i];
    }
    for (const std::int32_t sum : sums) out.pixels.push_back(clip(sum));
  }
  return out;
}

}  // namespace galago
