// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Panels whose vectors of sums are one row of x by kLanes columns: all but those of processors that
// multiply two rows by two columns (panel_neon_i8mm.h).
#pragma once

#include <cstddef>

namespace galago::cpu {
namespace {

/// Columns in a vector of sums; the others of its kLanes are further rows.
constexpr int kSumCols = kLanes;

/// Of kLanes / kSumCols rows, or of kSumCols columns, one number for each sum.
inline F32 of_rows(const float* p) { return broadcast(*p); }

inline F32 of_columns(const float* p) { return load(p); }

/// Rows are `stride` floats apart.
inline void store_sums(float* p, std::ptrdiff_t /*stride*/, F32 sums) { store(p, sums); }

}  // namespace
}  // namespace galago::cpu
