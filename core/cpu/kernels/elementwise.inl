// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Ops on single elements, whatever their row.
#pragma once

#include "cpu/kernel_table.h"
#include "cpu/kernels/vectors.inl"
#include "cpu/simd/math.inl"

namespace galago::cpu {
namespace {

void add(const float* a, const float* b, float* out, std::size_t count) {
  for_each_vector(
      count, [=](std::size_t i, auto get, auto put) { put(out + i, get(a + i) + get(b + i)); });
}

void swiglu(const float* gate, const float* up, float* out, std::size_t count) {
  for_each_vector(count, [=](std::size_t i, auto get, auto put) {
    put(out + i, activated<Activation::kSilu>(get(gate + i)) * get(up + i));
  });
}

template <Activation kActivation>
inline void activate_all(const float* x, float* out, std::size_t count) {
  for_each_vector(count, [=](std::size_t i, auto get, auto put) {
    put(out + i, activated<kActivation>(get(x + i)));
  });
}

void activate(Activation activation, const float* x, float* out, std::size_t count) {
  switch (activation) {
    case Activation::kNone:
      return activate_all<Activation::kNone>(x, out, count);
    case Activation::kQuickGelu:
      return activate_all<Activation::kQuickGelu>(x, out, count);
    case Activation::kGelu:
      return activate_all<Activation::kGelu>(x, out, count);
    case Activation::kSilu:
      return activate_all<Activation::kSilu>(x, out, count);
    case Activation::kRelu:
      return activate_all<Activation::kRelu>(x, out, count);
    case Activation::kHardSwish:
      return activate_all<Activation::kHardSwish>(x, out, count);
    case Activation::kHardSigmoid:
      return activate_all<Activation::kHardSigmoid>(x, out, count);
  }
}

void scale_channels(const float* x, int rows, int cols, const float* scale, float* out) {
  for (int r = 0; r < rows; ++r, x += cols, out += cols)
    for_each_vector(static_cast<std::size_t>(cols), [=](std::size_t i, auto get, auto put) {
      put(out + i, get(x + i) * get(scale + i));
    });
}

void to_f16(const float* x, std::uint16_t* out, std::size_t count) {
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) store_f16(out + i, load(x + i));
  if (const int rest = static_cast<int>(count - i); rest > 0)
    store_f16_partial(out + i, rest, load_partial(x + i, rest));
}

}  // namespace
}  // namespace galago::cpu
