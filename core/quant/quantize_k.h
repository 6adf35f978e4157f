// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The quantisers of super-blocks of 256 elements: the numbers that affine_groups.h and
// symmetric_groups.h find, in the layouts of blocks.h.
#pragma once

#include "quant/blocks.h"

namespace galago {

void quantize_q2_k(const float* x, BlockQ2_K& block);
void quantize_q3_k(const float* x, BlockQ3_K& block);
void quantize_q4_k(const float* x, BlockQ4_K& block);
void quantize_q5_k(const float* x, BlockQ5_K& block);
void quantize_q6_k(const float* x, BlockQ6_K& block);

}  // namespace galago
