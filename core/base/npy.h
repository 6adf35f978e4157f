// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// NumPy's .npy files (format version 1, little-endian, C order): how stages are compared with other
// programs. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "base/result.h"

namespace galago {

/// The values are in the vector of their kind, the others are empty: floats of 2, 4 and 8 bytes in
/// `f32`, signed integers of 4 and 8 bytes in `i32`, bytes in `u8`.
struct NpyArray {
  std::vector<std::size_t> shape;  ///< slowest dimension first; empty: one value
  std::vector<float> f32;
  std::vector<std::int32_t> i32;
  std::vector<std::uint8_t> u8;
};

/// Reads a file from anywhere: its size must be what its header says. Errors: kIo, kFormat (no .npy
/// file, truncated), kUnsupported (another version, type or order; an integer beyond 32 bits).
Result<NpyArray> read_npy(const std::filesystem::path& path);

/// Write `values` of the given shape; the file appears only when it is complete. Errors: kIo,
/// kInvalidArgument (shape and number of values differ).
Status write_npy_f32(const std::filesystem::path& path, const std::vector<std::size_t>& shape,
                     std::span<const float> values);
Status write_npy_i32(const std::filesystem::path& path, const std::vector<std::size_t>& shape,
                     std::span<const std::int32_t> values);

}  // namespace galago
