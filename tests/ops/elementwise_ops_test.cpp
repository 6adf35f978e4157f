// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Ops on single elements and on rows, on every device.
#include <cmath>
#include <cstring>
#include <limits>

#include "op_devices.h"

namespace galago::ops {
namespace {

/// Rows and columns around the sizes of vectors, of tasks, and of the models.
struct Shape {
  int rows;
  int cols;
};

const Shape kShapes[] = {{1, 1},    {1, 7},   {2, 8},    {3, 15},   {7, 33},    {1, 2048},
                         {3, 5632}, {64, 80}, {128, 96}, {577, 64}, {33, 1024}, {577, 130}};

std::string case_name(const char* op, Shape shape) {
  return std::string(op) + " " + std::to_string(shape.rows) + "x" + std::to_string(shape.cols);
}

/// Rows that follow the step: all of them, and fewer.
RowCount step_rows(int max) { return {max, true}; }

std::vector<StepParams> steps_of(int rows) { return {{0, rows}, {3, (rows + 1) / 2}, {0, 1}}; }

class ElementwiseOps : public OpTest {};

GALAGO_INSTANTIATE_OP_TEST(ElementwiseOps);

TEST_P(ElementwiseOps, Add) {
  for (const Shape shape : kShapes) {
    Random random(1);
    const RowCount rows = step_rows(shape.rows);
    OpCase c{case_name("add", shape)};
    c.arrays = {input(random, rows, shape.cols), input(random, rows, shape.cols),
                output(rows, shape.cols)};
    c.steps = steps_of(shape.rows);
    c.record = [](Recorder& r, const auto& t, const auto&) { r.add(t[0], t[1], t[2]); };
    check(c);
    c.name += " in place";
    c.arrays = {in_out(input(random, rows, shape.cols)), input(random, rows, shape.cols)};
    c.record = [](Recorder& r, const auto& t, const auto&) { r.add(t[0], t[1], t[0]); };
    check(c);
  }
}

TEST_P(ElementwiseOps, SwiGlu) {
  for (const Shape shape : kShapes) {
    Random random(2);
    const RowCount rows = step_rows(shape.rows);
    OpCase c{case_name("swiglu", shape)};
    c.arrays = {in_out(input(random, rows, shape.cols, 3)), input(random, rows, shape.cols),
                output(rows, shape.cols)};
    c.arrays[0].is_output = false;
    c.steps = steps_of(shape.rows);
    c.record = [](Recorder& r, const auto& t, const auto&) { r.swiglu(t[0], t[1], t[2]); };
    check(c);
    c.name += " in place";
    c.arrays = {in_out(c.arrays[0]), c.arrays[1]};
    c.record = [](Recorder& r, const auto& t, const auto&) { r.swiglu(t[0], t[1], t[0]); };
    check(c);
  }
}

const Activation kActivations[] = {
    Activation::kNone, Activation::kQuickGelu, Activation::kGelu,       Activation::kSilu,
    Activation::kRelu, Activation::kHardSwish, Activation::kHardSigmoid};

TEST_P(ElementwiseOps, Activate) {
  for (const Activation activation : kActivations) {
    for (const Shape shape : {Shape{1, 1}, Shape{3, 7}, Shape{7, 33}, Shape{577, 96}}) {
      Random random(3);
      const RowCount rows = step_rows(shape.rows);
      OpCase c{case_name("activate", shape) + " " + std::to_string(static_cast<int>(activation))};
      c.arrays = {input(random, rows, shape.cols, 3), output(rows, shape.cols)};
      c.steps = steps_of(shape.rows);
      c.record = [=](Recorder& r, const auto& t, const auto&) {
        r.activate(t[0], activation, t[1]);
      };
      check(c);
    }
  }
}

TEST_P(ElementwiseOps, ActivateInPlace) {
  Random random(4);
  OpCase c{"activate in place"};
  c.arrays = {in_out(input(random, {19, false}, 37))};
  c.record = [](Recorder& r, const auto& t, const auto&) {
    r.activate(t[0], Activation::kSilu, t[0]);
  };
  check(c);
}

/// activation(x) for each x, by the device.
std::vector<float> activated(Device& device, Activation activation, std::vector<float> x) {
  OpCase c{"activate"};
  const RowCount rows{1, false};
  const int cols = static_cast<int>(x.size());
  c.arrays = {array_of(rows, cols, DType::kF32, x.data(), x.size() * sizeof(float)),
              output(rows, cols)};
  c.record = [=](Recorder& r, const auto& t, const auto&) { r.activate(t[0], activation, t[1]); };
  const Contents contents = run_on(device, c);
  std::memcpy(x.data(), contents[0][1].data(), x.size() * sizeof(float));
  return x;
}

// The limits an NMSE does not see: the relative error of each element, tiny results included.
TEST_P(ElementwiseOps, SmoothActivationsAreExactEverywhere) {
  std::vector<float> x;
  for (float v = -12; v <= 12; v += 0.0007F) x.push_back(v);
  for (float v = 1e-20F; v < 1; v *= 3) x.insert(x.end(), {v, -v});
  const auto truth_of = [](Activation activation, double v) {
    switch (activation) {
      case Activation::kGelu:  // erfc keeps what 1 + erf would lose
        return 0.5 * v * std::erfc(-v / std::sqrt(2.0));
      case Activation::kQuickGelu:
        return v / (1 + std::exp(-1.702 * v));
      default:
        return v / (1 + std::exp(-v));
    }
  };
  for (const Activation activation :
       {Activation::kGelu, Activation::kQuickGelu, Activation::kSilu}) {
    const std::vector<float> y = activated(device(), activation, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double truth = truth_of(activation, x[i]);
      ASSERT_LE(std::abs(y[i] - truth), GetParam().activation_limit * std::abs(truth))
          << "activation " << static_cast<int>(activation) << " of " << x[i] << " is " << y[i]
          << ", not " << truth;
    }
  }
}

TEST_P(ElementwiseOps, ActivationsOfExtremesAreNumbersAndNanStays) {
  constexpr float kHuge = 3e38F;
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> x;
  for (int i = 0; i < 21; ++i) x.insert(x.end(), {-kHuge, -1000, -100, -0.0F, 0, 100, 1000, kNan});
  for (const Activation activation : kActivations) {
    const std::vector<float> y = activated(device(), activation, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (std::isnan(x[i])) {
        EXPECT_TRUE(std::isnan(y[i])) << static_cast<int>(activation) << " at " << i;
        continue;
      }
      ASSERT_TRUE(std::isfinite(y[i])) << static_cast<int>(activation) << " of " << x[i];
      if (activation == Activation::kNone || activation == Activation::kHardSigmoid) continue;
      if (x[i] >= 0) {
        EXPECT_FLOAT_EQ(y[i], x[i]);
      } else if (x[i] > -2000) {
        EXPECT_NEAR(y[i], 0, 1e-30);
      }
    }
  }
}

class NormOps : public OpTest {};

GALAGO_INSTANTIATE_OP_TEST(NormOps);

TEST_P(NormOps, RmsNorm) {
  for (const Shape shape : kShapes) {
    Random random(5);
    const RowCount rows = step_rows(shape.rows);
    OpCase c{case_name("rms_norm", shape)};
    c.arrays = {input(random, rows, shape.cols, 5), output(rows, shape.cols)};
    c.weights = {weight(random, 1, shape.cols)};
    c.steps = steps_of(shape.rows);
    c.record = [](Recorder& r, const auto& t, const auto& w) {
      r.rms_norm(t[0], w[0], 1e-6F, t[1]);
    };
    check(c);
    c.name += " in place";
    c.arrays = {in_out(c.arrays[0])};
    c.record = [](Recorder& r, const auto& t, const auto& w) {
      r.rms_norm(t[0], w[0], 1e-6F, t[0]);
    };
    check(c);
  }
}

TEST_P(NormOps, LayerNorm) {
  for (const Shape shape : kShapes) {
    if (shape.cols == 1) continue;  // the variance of one number is 0
    Random random(6);
    const RowCount rows = step_rows(shape.rows);
    OpCase c{case_name("layer_norm", shape)};
    c.arrays = {input(random, rows, shape.cols, 2), output(rows, shape.cols)};
    c.weights = {weight(random, 1, shape.cols), weight(random, 1, shape.cols)};
    c.steps = steps_of(shape.rows);
    c.record = [](Recorder& r, const auto& t, const auto& w) {
      r.layer_norm(t[0], w[0], w[1], 1e-5F, t[1]);
    };
    check(c);
    c.name += " in place";
    c.arrays = {in_out(c.arrays[0])};
    c.record = [](Recorder& r, const auto& t, const auto& w) {
      r.layer_norm(t[0], w[0], w[1], 1e-5F, t[0]);
    };
    check(c);
  }
}

// A mean far larger than the deviation: what a one-pass variance would lose.
TEST_P(NormOps, LayerNormFarFromZero) {
  for (const int cols : {33, 1024}) {
    Random random(7);
    const RowCount rows{5, false};
    Array x = input(random, rows, cols);
    auto* values = reinterpret_cast<float*>(x.bytes.data());
    for (int i = 0; i < rows.max * cols; ++i) values[i] += 100;
    OpCase c{"layer_norm around 100"};
    c.arrays = {x, output(rows, cols)};
    c.weights = {weight(random, 1, cols), weight(random, 1, cols)};
    c.record = [](Recorder& r, const auto& t, const auto& w) {
      r.layer_norm(t[0], w[0], w[1], 1e-5F, t[1]);
    };
    check(c);
  }
}

TEST_P(NormOps, EpsCounts) {
  Random random(8);
  const RowCount rows{3, false};
  OpCase c{"norms of tiny numbers"};
  c.arrays = {input(random, rows, 40, 1e-3F), output(rows, 40), output(rows, 40)};
  c.weights = {weight(random, 1, 40), weight(random, 1, 40)};
  c.record = [](Recorder& r, const auto& t, const auto& w) {
    r.rms_norm(t[0], w[0], 1e-5F, t[1]);
    r.layer_norm(t[0], w[0], w[1], 1e-5F, t[2]);
  };
  check(c);
}

}  // namespace
}  // namespace galago::ops
