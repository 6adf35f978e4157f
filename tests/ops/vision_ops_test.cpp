// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The vision tower's and the projectors' ops on every device.
#include "op_devices.h"

namespace galago::ops {
namespace {

class VisionOps : public OpTest {};

GALAGO_INSTANTIATE_OP_TEST(VisionOps);

TEST_P(VisionOps, EmbedPatches) {
  for (const int cols : {1, 30, 64, 1024}) {
    Random random(1);
    OpCase c{"embed_patches " + std::to_string(cols)};
    c.arrays = {input(random, {49, false}, cols), output({50, false}, cols)};
    c.weights = {weight(random, 1, cols), weight(random, 50, cols)};
    c.record = [](Recorder& r, const auto& t, const auto& w) {
      r.embed_patches(t[0], w[0], w[1], t[1]);
    };
    check(c);
  }
}

struct FullShape {
  int rows, keys, n_heads, head_dim;
};

OpCase full_case(const FullShape& s) {
  Random random(2);
  const int cols = s.n_heads * s.head_dim;
  OpCase c{"attention_full " + std::to_string(s.rows) + " of " + std::to_string(s.keys) + ", " +
           std::to_string(s.n_heads) + " x " + std::to_string(s.head_dim)};
  c.arrays = {input(random, {s.rows, false}, cols, 1.5F),
              input(random, {s.keys, false}, cols, 1.5F), input(random, {s.keys, false}, cols),
              output({s.rows, false}, cols)};
  c.record = [=](Recorder& r, const auto& t, const auto&) {
    r.attention_full(t[0], t[1], t[2], s.n_heads, t[3]);
  };
  return c;
}

TEST_P(VisionOps, AttentionFull) {
  for (const FullShape s :
       {FullShape{1, 1, 1, 8}, FullShape{2, 3, 2, 16}, FullShape{7, 7, 3, 20},
        FullShape{64, 64, 2, 32}, FullShape{33, 128, 2, 64}, FullShape{128, 100, 1, 80},
        FullShape{577, 577, 2, 64}, FullShape{97, 193, 1, 128}})
    check(full_case(s));
}

TEST_P(VisionOps, AttentionFullFastArithmetic) {
  const auto fast = GetParam().make(Arithmetic::kFast);
  ASSERT_TRUE(fast) << fast.error().message();
  for (const FullShape s : {FullShape{1, 1, 1, 8}, FullShape{70, 90, 2, 20},
                            FullShape{130, 193, 2, 64}, FullShape{65, 65, 1, 128}}) {
    OpCase c = full_case(s);
    c.name += " fast";
    c.nmse_limit = 4e-5;  // bf16 has 8 bits
    expect_equals_reference(**fast, c);
  }
}

TEST_P(VisionOps, DepthwiseConv3x3) {
  for (const Grid grid :
       {Grid{1, 1}, Grid{1, 5}, Grid{4, 1}, Grid{3, 3}, Grid{24, 24}, Grid{7, 10}}) {
    for (const int cols : {1, 24, 96, 130}) {
      for (const int stride : {1, 2, 3}) {
        Random random(3);
        const Grid out{(grid.height + stride - 1) / stride, (grid.width + stride - 1) / stride};
        OpCase c{"depthwise_conv3x3 " + std::to_string(grid.height) + "x" +
                 std::to_string(grid.width) + "x" + std::to_string(cols) + " stride " +
                 std::to_string(stride)};
        c.arrays = {input(random, {grid.positions(), false}, cols),
                    input(random, {out.positions(), false}, cols),
                    output({out.positions(), false}, cols), output({out.positions(), false}, cols)};
        c.weights = {weight(random, cols, 9), weight(random, 1, cols)};
        c.record = [=](Recorder& r, const auto& t, const auto& w) {
          r.depthwise_conv3x3(t[0], grid, stride, w[0], &w[1], t[1], t[2]);
          r.depthwise_conv3x3(t[0], grid, stride, w[0], nullptr, {}, t[3]);
        };
        check(c);
      }
    }
  }
}

TEST_P(VisionOps, AdaptiveAvgPool) {
  struct Grids {
    Grid in, out;
  };

  for (const Grids g : {Grids{{24, 24}, {12, 12}}, Grids{{5, 7}, {2, 3}}, Grids{{3, 3}, {5, 4}},
                        Grids{{1, 9}, {1, 1}}, Grids{{10, 6}, {10, 6}}}) {
    for (const int cols : {3, 64, 100}) {
      Random random(4);
      OpCase c{"adaptive_avg_pool to " + std::to_string(g.out.height) + "x" +
               std::to_string(g.out.width) + "x" + std::to_string(cols)};
      c.arrays = {input(random, {g.in.positions(), false}, cols),
                  output({g.out.positions(), false}, cols)};
      c.record = [=](Recorder& r, const auto& t, const auto&) {
        r.adaptive_avg_pool(t[0], g.in, g.out, t[1]);
      };
      check(c);
    }
  }
}

TEST_P(VisionOps, GlobalAvgPool) {
  for (const int rows : {1, 2, 3, 144, 577}) {
    for (const int cols : {1, 31, 96, 2048}) {
      Random random(5);
      OpCase c{"global_avg_pool " + std::to_string(rows) + "x" + std::to_string(cols)};
      c.arrays = {input(random, {rows, false}, cols), output({1, false}, cols)};
      c.record = [](Recorder& r, const auto& t, const auto&) { r.global_avg_pool(t[0], t[1]); };
      check(c);
    }
  }
}

TEST_P(VisionOps, ScaleChannels) {
  for (const int cols : {1, 33, 2048}) {
    Random random(6);
    OpCase c{"scale_channels " + std::to_string(cols)};
    c.arrays = {input(random, {145, false}, cols), input(random, {1, false}, cols),
                output({145, false}, cols)};
    c.record = [](Recorder& r, const auto& t, const auto&) { r.scale_channels(t[0], t[1], t[2]); };
    check(c);
    c.name += " in place";
    c.arrays = {in_out(c.arrays[0]), c.arrays[1]};
    c.record = [](Recorder& r, const auto& t, const auto&) { r.scale_channels(t[0], t[1], t[0]); };
    check(c);
  }
}

/// Two blocks of a tower and one of a projector as the models record them, so that what a device
/// fuses, shares between ops or keeps in its workspace is used as in earnest.
OpCase tower_and_projector(DType dtype) {
  constexpr Grid kGrid{6, 6};
  constexpr int kRows = kGrid.height * kGrid.width + 1;
  constexpr int kDim = 64;
  constexpr int kFfn = 160;
  constexpr int kSqueezed = 24;
  constexpr int kWeights = 16;
  Random random(7);
  OpCase c{"tower and projector " + std::string(dtype_info(dtype).name)};
  c.nmse_limit = 1e-6;
  c.arrays = {in_out(input(random, {kRows, false}, kDim)),
              output({kGrid.positions(), false}, kDim)};
  const auto matrix = [&](int rows, int cols) {
    c.weights.push_back(weight(random, rows, cols, dtype, 0.1F));
    c.weights.push_back(weight(random, 1, rows));
  };
  const auto norm = [&] {
    c.weights.push_back(weight(random, 1, kDim));
    c.weights.push_back(weight(random, 1, kDim));
  };
  for (int layer = 0; layer < 2; ++layer) {
    norm();
    for (int i = 0; i < 4; ++i) matrix(kDim, kDim);
    norm();
    matrix(kFfn, kDim);
    matrix(kDim, kFfn);
  }
  c.weights.push_back(weight(random, kDim, 9));
  norm();
  matrix(kSqueezed, kDim);
  matrix(kDim, kSqueezed);
  matrix(kDim, kDim);
  c.record = [=](Recorder& r, const auto& t, const auto& weights) {
    const Tensor x = t[0];
    for (int layer = 0; layer < 2; ++layer) {
      const Weight* w = &weights[static_cast<std::size_t>(layer * kWeights)];
      const Recorder::Scope scope(r);
      const Tensor normed = r.scratch(x.rows, kDim);
      {
        const Recorder::Scope attention_scope(r);
        const Tensor q = r.scratch(x.rows, kDim);
        const Tensor k = r.scratch(x.rows, kDim);
        const Tensor v = r.scratch(x.rows, kDim);
        r.layer_norm(x, w[0], w[1], 1e-5F, normed);
        r.matmul(normed, w[2], q, {&w[3], Activation::kNone, {}});
        r.matmul(normed, w[4], k, {&w[5], Activation::kNone, {}});
        r.matmul(normed, w[6], v, {&w[7], Activation::kNone, {}});
        r.attention_full(q, k, v, 2, normed);
        r.matmul(normed, w[8], x, {&w[9], Activation::kNone, x});
      }
      const Tensor h = r.scratch(x.rows, kFfn);
      r.layer_norm(x, w[10], w[11], 1e-5F, normed);
      r.matmul(normed, w[12], h, {&w[13], Activation::kQuickGelu, {}});
      r.matmul(h, w[14], x, {&w[15], Activation::kNone, x});
    }
    const Weight* w = &weights[2 * kWeights];
    const Tensor features = x.row_range(1, kGrid.positions());
    const Recorder::Scope scope(r);
    const Tensor h = r.scratch(features.rows, kDim);
    const Tensor mean = r.scratch({1, false}, kDim);
    const Tensor squeezed = r.scratch({1, false}, kSqueezed);
    const Tensor scale = r.scratch({1, false}, kDim);
    r.depthwise_conv3x3(features, kGrid, 1, w[0], nullptr, {}, h);
    r.layer_norm(h, w[1], w[2], 1e-5F, h);
    r.activate(h, Activation::kHardSwish, h);
    r.global_avg_pool(h, mean);
    r.matmul(mean, w[3], squeezed, {&w[4], Activation::kRelu, {}});
    r.matmul(squeezed, w[5], scale, {&w[6], Activation::kHardSigmoid, {}});
    r.scale_channels(h, scale, h);
    r.matmul(h, w[7], t[1], {&w[8], Activation::kNone, {}});
    r.add(t[1], features, t[1]);
  };
  return c;
}

TEST_P(VisionOps, TowerAndProjector) {
  for (const DType dtype : {DType::kF32, DType::kF16, DType::kBF16})
    check(tower_and_projector(dtype));
}

TEST_P(VisionOps, TowerAndProjectorFastArithmetic) {
  const auto fast = GetParam().make(Arithmetic::kFast);
  ASSERT_TRUE(fast) << fast.error().message();
  for (const DType dtype : {DType::kF16, DType::kBF16}) {
    OpCase c = tower_and_projector(dtype);
    c.name += " fast";
    c.nmse_limit = 1e-3;
    expect_equals_reference(**fast, c);
  }
}

}  // namespace
}  // namespace galago::ops
