// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Matrix products through the device: every weight type on every device.
#include "op_devices.h"
#include "quant/dequantize.h"
#include "quant/quantize.h"

namespace galago::ops {
namespace {

class MatMulOps : public OpTest {
 protected:
  /// Quantised weights are multiplied with x rounded to 8 bits; x that is so already must give the
  /// reference's results.
  static OpCase product(DType dtype, int rows, int cols, int out_cols) {
    OpCase c = product_of_any(dtype, rows, cols, out_cols);
    if (dtype_info(dtype).is_quantised) round_to_8_bits(c.arrays[0]);
    return c;
  }

  static OpCase product_of_any(DType dtype, int rows, int cols, int out_cols) {
    Random random(1);
    OpCase c("matmul " + std::string(dtype_info(dtype).name) + " " + std::to_string(rows) + "x" +
             std::to_string(cols) + " by " + std::to_string(out_cols));
    c.arrays = {input(random, {rows, true}, cols), output({rows, true}, out_cols),
                input(random, {rows, true}, out_cols)};
    c.weights = {weight(random, out_cols, cols, dtype), weight(random, 1, out_cols)};
    c.steps = {{0, rows}, {5, (rows + 1) / 2}};
    c.record = [](Recorder& r, const auto& t, const auto& w) { r.matmul(t[0], w[0], t[1], {}); };
    return c;
  }

 private:
  static void round_to_8_bits(Array& x) {
    auto* values = reinterpret_cast<float*>(x.bytes.data());
    const auto count = static_cast<std::int64_t>(x.bytes.size() / sizeof(float));
    std::vector<std::byte> rounded(row_bytes(DType::kQ8_0, count));
    quantize(DType::kQ8_0, values, rounded.data(), count);
    dequantize(DType::kQ8_0, rounded.data(), values, count);
  }
};

GALAGO_INSTANTIATE_OP_TEST(MatMulOps);

TEST_P(MatMulOps, PlainTypes) {
  for (const DType dtype : {DType::kF32, DType::kF16, DType::kBF16})
    for (const int rows : {1, 2, 3, 7, 64, 128})
      for (const int cols : {1, 7, 80, 96, 588})
        for (const int out_cols : {1, 5, 96, 133}) check(product(dtype, rows, cols, out_cols));
}

TEST_P(MatMulOps, PlainTypesOfTheTower) {
  for (const DType dtype : {DType::kF32, DType::kF16}) check(product(dtype, 577, 128, 192));
}

/// Where the processor multiplies bf16, a device that may round does so.
TEST_P(MatMulOps, FastArithmetic) {
  const auto fast = GetParam().make(Arithmetic::kFast);
  ASSERT_TRUE(fast) << fast.error().message();
  for (const DType dtype : {DType::kF32, DType::kF16, DType::kBF16})
    for (const int rows : {1, 4, 5, 12, 70})
      for (const int cols : {1, 2, 15, 31, 33, 96, 588})
        for (const int out_cols : {1, 33, 96}) {
          OpCase c = product_of_any(dtype, rows, cols, out_cols);
          c.name += " fast";
          if (dtype != DType::kF32) c.nmse_limit = 1e-4;
          expect_equals_reference(**fast, c);
        }
}

/// Quantised weights may be unpacked to 16 bits where x has many rows.
TEST_P(MatMulOps, FastArithmeticOfBlocks) {
  const auto fast = GetParam().make(Arithmetic::kFast);
  ASSERT_TRUE(fast) << fast.error().message();
  for (const DType dtype : {DType::kQ4_0, DType::kQ4_1, DType::kQ5_0, DType::kQ5_1, DType::kQ8_0,
                            DType::kQ2_K, DType::kQ3_K, DType::kQ4_K, DType::kQ5_K, DType::kQ6_K})
    for (const int rows : {9, 130})
      for (const int cols : {96, 512}) {
        if (cols % dtype_info(dtype).block_size != 0) continue;
        OpCase c = product_of_any(dtype, rows, cols, 70);
        c.name += " fast";
        c.nmse_limit = 1e-4;
        expect_equals_reference(**fast, c);
      }
}

/// What bf16 holds exactly is multiplied exactly.
TEST_P(MatMulOps, FastArithmeticOfExactNumbers) {
  const auto fast = GetParam().make(Arithmetic::kFast);
  ASSERT_TRUE(fast) << fast.error().message();
  for (const int rows : {5, 70}) {
    OpCase c = product_of_any(DType::kBF16, rows, 300, 50);
    c.name += " exact numbers";
    auto* x = reinterpret_cast<std::uint32_t*>(c.arrays[0].bytes.data());
    for (std::size_t i = 0; i < c.arrays[0].bytes.size() / sizeof(*x); ++i) x[i] &= 0xFFFF0000U;
    expect_equals_reference(**fast, c);
  }
}

TEST_P(MatMulOps, BlocksOf32) {
  for (const DType dtype : {DType::kQ4_0, DType::kQ4_1, DType::kQ5_0, DType::kQ5_1, DType::kQ8_0})
    for (const int rows : {1, 2, 3, 7, 64, 128})
      for (const int cols : {32, 96, 288})
        for (const int out_cols : {1, 31, 100}) check(product(dtype, rows, cols, out_cols));
}

TEST_P(MatMulOps, BlocksOf256) {
  for (const DType dtype : {DType::kQ2_K, DType::kQ3_K, DType::kQ4_K, DType::kQ5_K, DType::kQ6_K})
    for (const int rows : {1, 2, 3, 7, 64, 128})
      for (const int cols : {256, 768})
        for (const int out_cols : {1, 31, 100}) check(product(dtype, rows, cols, out_cols));
}

/// Rows that are longer than what kernels take in one go, and matrices of several tasks.
TEST_P(MatMulOps, LongRowsOfBlocks) {
  for (const DType dtype : {DType::kQ4_0, DType::kQ4_1, DType::kQ5_0, DType::kQ5_1, DType::kQ8_0})
    for (const int rows : {1, 2, 4}) check(product(dtype, rows, 1056, 71));
  check(product(DType::kQ4_0, 1, 544, 1100));
}

/// Products of the same x in a row, of which a device may make one.
TEST_P(MatMulOps, ProductsOfOneX) {
  for (const DType dtype : {DType::kF32, DType::kF16, DType::kQ4_0, DType::kQ4_K})
    for (const int rows : {1, 3, 5, 70}) {
      OpCase c = product(dtype, rows, 256, 37);
      c.name += " four of one x";
      Random random(2);
      for (const int out_cols : {64, 5, 100}) {
        c.arrays.push_back(output({rows, true}, out_cols));
        c.weights.push_back(weight(random, out_cols, 256, dtype));
      }
      c.record = [](Recorder& r, const auto& t, const auto& w) {
        r.matmul(t[0], w[0], t[1], {&w[1], Activation::kRelu, t[2]});
        r.matmul(t[0], w[2], t[3], {});
        r.matmul(t[0], w[3], t[4], {});
        r.matmul(t[0], w[4], t[5], {});
      };
      check(c);
    }
}

/// The second product must wait for the first: it adds to its results, or its own lie where the
/// first one's temporaries were.
TEST_P(MatMulOps, ProductsOfOneXInOrder) {
  for (const DType dtype : {DType::kF32, DType::kQ8_0})
    for (const int rows : {1, 70}) {
      OpCase c = product(dtype, rows, 256, 37);
      c.name += " in order";
      Random random(3);
      c.weights.push_back(weight(random, 37, 256, dtype));
      c.arrays.push_back(output({rows, true}, 37));
      c.record = [](Recorder& r, const auto& t, const auto& w) {
        r.matmul(t[0], w[0], t[1], {});
        r.matmul(t[0], w[2], t[3], {nullptr, Activation::kNone, t[1]});
      };
      check(c);
      c.name += ", temporaries";
      c.record = [](Recorder& r, const auto& t, const auto& w) {
        const Recorder::Scope scope(r);
        const Tensor first = r.scratch(t[0].rows, 37);
        r.matmul(t[0], w[0], first, {});
        const Tensor second = r.scratch(t[0].rows, 37);
        r.matmul(t[0], w[2], second, {});
        r.add(first, second, t[1]);
      };
      c.arrays.pop_back();
      check(c);
    }
}

TEST_P(MatMulOps, RoundingOfX) {
  for (const DType dtype : {DType::kQ4_0, DType::kQ8_0, DType::kQ4_K, DType::kQ6_K})
    for (const int rows : {1, 3, 64}) {
      OpCase c = product_of_any(dtype, rows, 768, 100);
      c.name += " any x";
      c.nmse_limit = 5e-5;
      check(c);
    }
}

TEST_P(MatMulOps, Epilogues) {
  for (const DType dtype : {DType::kF32, DType::kF16, DType::kQ4_0, DType::kQ4_K}) {
    for (const int rows : {1, 5, 70}) {
      for (const Activation activation :
           {Activation::kNone, Activation::kQuickGelu, Activation::kGelu, Activation::kSilu,
            Activation::kRelu, Activation::kHardSwish, Activation::kHardSigmoid}) {
        OpCase c = product(dtype, rows, 256, 37);
        c.name += " activation " + std::to_string(static_cast<int>(activation));
        for (float* v = reinterpret_cast<float*>(c.arrays[0].bytes.data());
             v < reinterpret_cast<float*>(c.arrays[0].bytes.data() + c.arrays[0].bytes.size()); ++v)
          *v *= 0.1F;  // results of about 1, where activations bend
        c.record = [=](Recorder& r, const auto& t, const auto& w) {
          r.matmul(t[0], w[0], t[1], {&w[1], activation, t[2]});
        };
        check(c);
      }
    }
  }
}

TEST_P(MatMulOps, ResidualInPlace) {
  for (const DType dtype : {DType::kF32, DType::kF16, DType::kQ8_0, DType::kQ6_K}) {
    for (const int rows : {1, 6, 40, 200}) {
      OpCase c = product(dtype, rows, 256, 65);
      c.name += " in place";
      c.arrays[1] = in_out(c.arrays[2]);
      c.record = [](Recorder& r, const auto& t, const auto& w) {
        r.matmul(t[0], w[0], t[1], {nullptr, Activation::kNone, t[1]});
      };
      check(c);
    }
  }
}

}  // namespace
}  // namespace galago::ops
