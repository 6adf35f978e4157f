// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// All products with quantised weights, compiled for the instruction set whose simd, bytes and panel
// headers came before this file. As for cpu/kernels/kernels.inl: nothing is called that another
// header defines with external linkage.
#pragma once

#include "cpu/matmul/kernels/formats.inl"
#include "cpu/matmul/kernels/quantise_rows.inl"
#include "cpu/matmul/kernels/quantised_dot.inl"
#include "cpu/matmul/kernels/quantised_panels.inl"
#include "cpu/matmul/matmul_kernels.h"

namespace galago::cpu {
namespace {

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
