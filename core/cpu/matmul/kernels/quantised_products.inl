// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The table of products with quantised weights, of whichever quantised_dot_row() and panels were
// included before this file.
#pragma once

#include "cpu/matmul/matmul_kernels.h"

namespace galago::cpu {
namespace {

template <class Format>
void quantised_dot(const DotArgs& args) {
  for (int n = 0; n < args.count; ++n) {
    int r = 0;
    for (; r + 4 <= args.rows; r += 4) quantised_dot_row<Format, 4>(args, r, n);
    for (; r + 2 <= args.rows; r += 2) quantised_dot_row<Format, 2>(args, r, n);
    for (; r < args.rows; ++r) quantised_dot_row<Format, 1>(args, r, n);
  }
}

template <class Format>
constexpr ProductKernels quantised_kernels() {
  return {
      .row_bytes = quantised_row_bytes<Format>,
      .prepare_row = prepare_quantised_row<Format>,
      .dot = quantised_dot<Format>,
      .tile_rows = kQuantTileRows,
      .panel_cols = kQuantPanelCols,
      .tile_bytes = quantised_tile_bytes<Format>,
      .prepare_tile = prepare_quantised_tile<Format>,
      .panel_bytes = quantised_panel_bytes<Format>,
      .prepare_panel = prepare_quantised_panel<Format>,
      .multiply = multiply_quantised<Format>,
  };
}

/// kernels.operator()<Format>() of each format.
template <class Kernels>
constexpr QuantisedProducts products_of_formats(Kernels kernels) {
  return {
      .q4_0 = kernels.template operator()<Q4_0>(),
      .q4_1 = kernels.template operator()<Q4_1>(),
      .q5_0 = kernels.template operator()<Q5_0>(),
      .q5_1 = kernels.template operator()<Q5_1>(),
      .q8_0 = kernels.template operator()<Q8_0>(),
      .q2_k = kernels.template operator()<Q2_K>(),
      .q3_k = kernels.template operator()<Q3_K>(),
      .q4_k = kernels.template operator()<Q4_K>(),
      .q5_k = kernels.template operator()<Q5_K>(),
      .q6_k = kernels.template operator()<Q6_K>(),
  };
}

constexpr QuantisedProducts make_quantised_products() {
  return products_of_formats([]<class Format>() { return quantised_kernels<Format>(); });
}

}  // namespace
}  // namespace galago::cpu
