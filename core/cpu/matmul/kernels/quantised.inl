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

#include "cpu/matmul/kernels/quantised_products.inl"
