// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One table per isa_*.cpp. Which of them are built depends on the processor family: CMakeLists.txt.
#pragma once

#include "cpu/kernel_table.h"

namespace galago::cpu {

const KernelTable& scalar_kernels();
const KernelTable& avx2_kernels();
const KernelTable& avx512_kernels();
const KernelTable& avx512_bf16_kernels();
const KernelTable& neon_kernels();

}  // namespace galago::cpu
