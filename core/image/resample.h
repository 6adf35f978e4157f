// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Pillow's bicubic resize, bit by bit, of a picture on a canvas that is never made: padding enters
// as the sum of its weights, so that a 30000 x 1 picture costs no 2.7 GB square.
#pragma once

#include <array>
#include <cstdint>

#include "image/image.h"

namespace galago {

struct Size {
  int width = 0;
  int height = 0;
};

struct Offset {
  int left = 0;
  int top = 0;
};

/// A picture lying on a larger area of one colour.
struct Canvas {
  Size size;
  Offset picture_at;
  std::array<std::uint8_t, 3> colour{};
};

/// The part that is wanted of a resized canvas.
struct Window {
  Offset at;
  Size size;
};

/// The window of the canvas with `picture` on it, resized to `size`.
///   horizontal, then vertical pass; each: out = clip((2^21 + Σ weight · in) >> 22)
/// All sizes are positive, the picture lies on the canvas, the window inside `size`.
/// Source: Pillow 9.4, src/libImaging/Resample.c.
Image resample(const Image& picture, const Canvas& canvas, const Size& size, const Window& window);

}  // namespace galago
