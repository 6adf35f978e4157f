// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cpu/matmul/matmul.h"

#include <cmath>
#include <vector>

#include "cpu/kernel_table.h"
#include "quant/dequantize.h"

namespace galago::cpu {

const MatmulKernels& matmul_kernels(Isa /*isa*/) {
  static const MatmulKernels kKernels;
  return kKernels;
}

void matmul(const MatmulArgs& args, const MatmulKernels& /*kernels*/, ThreadPool& pool,
            MatmulScratch& /*scratch*/) {
  const std::size_t row_size = row_bytes(args.weight_type, args.cols);
  pool.parallel_for(args.out_cols, [&](int n, int) {
    std::vector<float> w(static_cast<std::size_t>(args.cols));
    dequantize(args.weight_type, args.weights + static_cast<std::size_t>(n) * row_size, w.data(),
               args.cols);
    for (int r = 0; r < args.rows; ++r) {
      const float* x = args.x + static_cast<std::ptrdiff_t>(r) * args.cols;
      float sums[8] = {};
      int k = 0;
      for (; k + 8 <= args.cols; k += 8)
        for (int j = 0; j < 8; ++j) sums[j] += x[k + j] * w[static_cast<std::size_t>(k + j)];
      for (; k < args.cols; ++k) sums[0] += x[k] * w[static_cast<std::size_t>(k)];
      float sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
                  ((sums[4] + sums[5]) + (sums[6] + sums[7]));
      if (args.bias != nullptr) sum += args.bias[n];
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(r) * args.out_cols + n;
      kernel_table(Isa::kScalar).activate(args.activation, &sum, &sum, 1);
      if (args.residual != nullptr) sum += args.residual[at];
      args.out[at] = sum;
    }
  });
}

}  // namespace galago::cpu
