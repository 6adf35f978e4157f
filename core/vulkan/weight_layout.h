// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How a matrix lies in the GPU's memory: the file's numbers, in rows of whole 32-bit words, so that
// shaders need neither 8-bit nor 16-bit storage. Blocks whose size is no multiple of four bytes
// (q4_0, q5_0, q8_0, q3_K, q6_K) lose their binary16 scale d to the end of the row, where all
// scales of the row lie side by side; rows of 16-bit numbers are filled up to eight of them.
#pragma once

#include <cstddef>
#include <span>

#include "base/dtype.h"

namespace galago::vulkan {

struct WeightLayout {
  static WeightLayout of(DType dtype, int cols);

  /// Eight weights that a shader unpacks at once.
  int units() const { return (cols + 7) / 8; }

  std::size_t row_bytes() const { return row_words * 4; }

  /// Whether rows lie as in the file.
  bool is_as_stored() const;

  /// One row of the file, `from`, laid out in `to`, row_bytes() of it.
  void lay_out_row(const std::byte* from, std::byte* to) const;

  DType dtype = DType::kF32;
  int cols = 0;
  std::size_t row_words = 0;
  std::size_t scales_word = 0;  ///< where a row's scales begin; 0: in the blocks

 private:
  std::size_t blocks() const;
};

}  // namespace galago::vulkan
