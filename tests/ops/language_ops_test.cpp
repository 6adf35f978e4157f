// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The language model's ops on every device, at several positions of one recorded program.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "op_devices.h"

namespace galago::ops {
namespace {

constexpr DType kFloatTypes[] = {DType::kF32, DType::kF16};

class EmbedRows : public OpTest {};

GALAGO_INSTANTIATE_OP_TEST(EmbedRows);

TEST_P(EmbedRows, TokensAndPicturesOfEveryType) {
  for (const DType dtype : {DType::kF32, DType::kF16, DType::kBF16, DType::kQ4_0, DType::kQ4_1,
                            DType::kQ5_0, DType::kQ5_1, DType::kQ8_0, DType::kQ2_K, DType::kQ3_K,
                            DType::kQ4_K, DType::kQ5_K, DType::kQ6_K}) {
    for (const int rows : {1, 3, 130}) {
      Random random(1);
      constexpr int kVocab = 11;
      constexpr int kPictureRows = 5;
      std::vector<std::int32_t> ids;
      for (int r = 0; r < rows; ++r)
        ids.push_back(random.below(kVocab + kPictureRows) - kPictureRows);
      OpCase c{"embed_rows " + std::string(dtype_info(dtype).name) + " " + std::to_string(rows)};
      c.nmse_limit = 0;  // a definition, not an approximation
      c.arrays = {array_of({rows, true}, 1, DType::kI32, ids.data(), ids.size() * 4),
                  input(random, {kPictureRows, false}, 256), output({rows, true}, 256)};
      c.weights = {weight(random, kVocab, 256, dtype)};
      c.steps = {{0, rows}, {9, (rows + 1) / 2}};
      c.record = [](Recorder& r, const auto& t, const auto& w) {
        r.embed_rows(w[0], t[0], t[1], t[2]);
      };
      check(c);
    }
  }
}

TEST_P(EmbedRows, WithoutPictures) {
  Random random(2);
  const std::int32_t ids[] = {3, 0, 7, 7};
  OpCase c{"embed_rows without pictures"};
  c.nmse_limit = 0;
  c.arrays = {array_of({4, true}, 1, DType::kI32, ids, sizeof(ids)), output({4, true}, 7)};
  c.weights = {weight(random, 8, 7, DType::kF16)};
  c.steps = {{0, 4}, {0, 2}};
  c.record = [](Recorder& r, const auto& t, const auto& w) { r.embed_rows(w[0], t[0], {}, t[1]); };
  check(c);
}

class LastRow : public OpTest {};

GALAGO_INSTANTIATE_OP_TEST(LastRow);

TEST_P(LastRow, IsTheStepsLastRow) {
  Random random(3);
  OpCase c{"last_row"};
  c.nmse_limit = 0;
  c.arrays = {input(random, {9, true}, 37), output({1, false}, 37)};
  c.steps = {{0, 9}, {4, 5}, {100, 1}};
  c.record = [](Recorder& r, const auto& t, const auto&) { r.last_row(t[0], t[1]); };
  check(c);
}

/// cos θ and sin θ of each position, as the model makes them.
Array angle_table(int capacity, int rope_dim) {
  std::vector<float> table;
  for (int p = 0; p < capacity; ++p) {
    for (int i = 0; i < rope_dim / 2; ++i)
      table.push_back(static_cast<float>(std::cos(p * std::pow(100.0, -2.0 * i / rope_dim))));
    for (int i = 0; i < rope_dim / 2; ++i)
      table.push_back(static_cast<float>(std::sin(p * std::pow(100.0, -2.0 * i / rope_dim))));
  }
  return array_of({capacity, false}, rope_dim, DType::kF32, table.data(), table.size() * 4);
}

struct HeadShape {
  int n_heads;
  int n_kv_heads;
  int head_dim;
  int rope_dim;
};

class RopeStoreKv : public OpTest {};

GALAGO_INSTANTIATE_OP_TEST(RopeStoreKv);

TEST_P(RopeStoreKv, RotatesAndStores) {
  for (const DType dtype : kFloatTypes) {
    for (const HeadShape& s :
         {HeadShape{2, 2, 8, 8}, HeadShape{4, 2, 16, 16}, HeadShape{3, 3, 32, 32},
          HeadShape{4, 1, 64, 32}, HeadShape{2, 1, 80, 80}, HeadShape{16, 16, 128, 128},
          HeadShape{1, 1, 6, 2}}) {
      Random random(4);
      constexpr int kCapacity = 37;
      constexpr int kRows = 9;
      const RowCount rows{kRows, true};
      const RowCount cache_rows{s.n_kv_heads * kCapacity, false};
      OpCase c{"rope_store_kv " + std::to_string(s.n_heads) + "/" + std::to_string(s.n_kv_heads) +
               " x " + std::to_string(s.head_dim) + " rope " + std::to_string(s.rope_dim)};
      // One f16 number may be rounded the other way.
      c.nmse_limit = dtype == DType::kF16 ? 1e-6 : 1e-12;
      c.arrays = {in_out(input(random, rows, s.n_heads * s.head_dim)),
                  input(random, rows, s.n_kv_heads * s.head_dim),
                  input(random, rows, s.n_kv_heads * s.head_dim),
                  angle_table(kCapacity, s.rope_dim),
                  output(cache_rows, s.head_dim, dtype),
                  output(cache_rows, s.head_dim, dtype)};
      c.steps = {{0, kRows}, {kCapacity - kRows, kRows}, {17, 1}, {5, 4}};
      c.record = [=](Recorder& r, const auto& t, const auto&) {
        r.rope_store_kv(t[0], t[1], t[2], t[3], {t[4], t[5], s.n_kv_heads, kCapacity});
      };
      check(c);
    }
  }
}

/// What a test of attention_causal is made of.
struct CausalShape {
  int n_heads;
  int n_kv_heads;
  int head_dim;
  int capacity;
  int rows;
};

OpCase causal_case(const CausalShape& s, DType dtype, std::vector<StepParams> steps) {
  Random random(5);
  const RowCount cache_rows{s.n_kv_heads * s.capacity, false};
  const auto cache = [&] {
    // Sharp softmaxes: their largest score changes from tile to tile.
    const HostTensor values = weight(random, cache_rows.max, s.head_dim, dtype, 1.5F);
    return array_of(cache_rows, s.head_dim, dtype, values.bytes.data(), values.bytes.size());
  };
  OpCase c{"attention_causal " + std::to_string(s.n_heads) + "/" + std::to_string(s.n_kv_heads) +
           " x " + std::to_string(s.head_dim) + ", " + std::to_string(s.rows) + " rows, " +
           std::string(dtype_info(dtype).name)};
  const int q_cols = s.n_heads * s.head_dim;
  c.arrays = {input(random, {s.rows, true}, q_cols, 1.5F), cache(), cache(),
              array_of({1, false}, s.capacity, DType::kF32,
                       std::vector<float>(static_cast<std::size_t>(s.capacity)).data(),
                       static_cast<std::size_t>(s.capacity) * 4),
              output({s.rows, true}, q_cols)};
  c.steps = std::move(steps);
  c.record = [=](Recorder& r, const auto& t, const auto&) {
    r.attention_causal(t[0], {t[1], t[2], s.n_kv_heads, s.capacity}, t[3], t[4]);
  };
  return c;
}

class AttentionCausal : public OpTest {};

GALAGO_INSTANTIATE_OP_TEST(AttentionCausal);

TEST_P(AttentionCausal, OneRow) {
  for (const DType dtype : kFloatTypes)
    for (const int head_dim : {6, 8, 16, 32, 64, 80, 128})
      for (const int n_kv_heads : {1, 2, 4})
        check(causal_case({4, n_kv_heads, head_dim, 700, 1}, dtype,
                          {{0, 1}, {1, 1}, {2, 1}, {126, 1}, {127, 1}, {128, 1}, {699, 1}}));
}

TEST_P(AttentionCausal, OneRowOfALongCache) {
  check(causal_case({2, 1, 32, 8192, 1}, DType::kF16, {{8191, 1}, {5000, 1}}));
}

TEST_P(AttentionCausal, FewRows) {
  for (const DType dtype : kFloatTypes)
    for (const int rows : {2, 3, 4, 5, 7})
      check(causal_case({4, 2, 40, 300, rows}, dtype,
                        {{0, rows}, {95, rows}, {300 - rows, rows}, {200, 1}, {200, 2}}));
}

TEST_P(AttentionCausal, ManyRows) {
  for (const DType dtype : kFloatTypes)
    for (const int head_dim : {8, 64, 80})
      check(causal_case({3, 3, head_dim, 260, 130}, dtype,
                        {{0, 130}, {130, 130}, {60, 64}, {96, 33}, {95, 32}, {1, 17}, {7, 1}}));
}

TEST_P(AttentionCausal, ManyRowsOfSharedHeads) {
  check(causal_case({6, 2, 16, 1024, 512}, DType::kF16, {{0, 512}, {512, 512}, {33, 100}}));
}

TEST_P(AttentionCausal, FastArithmetic) {
  const auto fast = GetParam().make(Arithmetic::kFast);
  ASSERT_TRUE(fast) << fast.error().message();
  for (const DType dtype : kFloatTypes)
    for (const int head_dim : {8, 64, 80, 128}) {
      OpCase c = causal_case({4, 2, head_dim, 200, 70}, dtype, {{0, 70}, {130, 70}, {33, 17}});
      c.name += " fast";
      c.nmse_limit = 1e-5;
      auto* mask = reinterpret_cast<float*>(c.arrays[3].bytes.data());
      for (const int t : {1, 2, 50, 131}) mask[t] = -1e30F;
      expect_equals_reference(**fast, c);
    }
}

TEST_P(AttentionCausal, MaskedPositionsAreNotSeen) {
  for (const int rows : {1, 3, 70}) {
    OpCase c = causal_case({2, 1, 24, 200, rows}, DType::kF32, {{0, rows}, {130, rows}, {20, 1}});
    c.name += " masked";
    auto* mask = reinterpret_cast<float*>(c.arrays[3].bytes.data());
    // Never all that a row sees: what the softmax of nothing is, no model asks.
    for (const int t : {1, 2, 50, 96, 97, 130, 131}) mask[t] = t % 2 == 0 ? -1e30F : -3.4e38F;
    check(c);
  }
}

TEST_P(AttentionCausal, HugeScoresDoNotOverflow) {
  for (const int rows : {1, 40}) {
    OpCase c = causal_case({2, 2, 32, 150, rows}, DType::kF32, {{0, rows}, {110, rows}});
    c.name += " huge scores";
    auto* q = reinterpret_cast<float*>(c.arrays[0].bytes.data());
    for (std::size_t i = 0; i < c.arrays[0].bytes.size() / 4; ++i) q[i] *= 300;
    c.nmse_limit = 1e-5;  // scores of some thousands: e^x magnifies their rounding
    check(c);
  }
}

class DecoderLayer : public OpTest {};

GALAGO_INSTANTIATE_OP_TEST(DecoderLayer);

/// Two layers as the language model records them, so that what a device fuses, shares between ops
/// or keeps in its workspace is used as in earnest.
OpCase decoder_layers(DType dtype, DType other_dtype, int rows) {
  constexpr int kDim = 256;
  constexpr int kFfn = 512;
  constexpr int kHeads = 4;
  constexpr int kKvHeads = 2;
  constexpr int kHeadDim = kDim / kHeads;
  constexpr int kCapacity = 80;
  constexpr int kWeights = 9;
  Random random(7);
  OpCase c{"decoder layers " + std::string(dtype_info(dtype).name) + " " + std::to_string(rows)};
  // x is rounded to 8 bits before each product with quantised weights, eight times in all.
  c.nmse_limit = dtype_info(dtype).is_quantised ? 2e-3 : 1e-6;
  const RowCount cache_rows{2 * kKvHeads * kCapacity, false};
  const auto cache = [&] { return in_out(input(random, cache_rows, kHeadDim)); };
  c.arrays = {in_out(input(random, {rows, true}, kDim)), cache(), cache(),
              angle_table(kCapacity, kHeadDim),
              array_of({1, false}, kCapacity, DType::kF32, std::vector<float>(kCapacity).data(),
                       kCapacity * 4)};
  const float scale = 1.0F / 16;
  const int kv_cols = kKvHeads * kHeadDim;
  for (int layer = 0; layer < 2; ++layer) {
    c.weights.push_back(weight(random, 1, kDim));
    c.weights.push_back(weight(random, kDim, kDim, dtype, scale));
    c.weights.push_back(weight(random, kv_cols, kDim, dtype, scale));
    c.weights.push_back(weight(random, kv_cols, kDim, other_dtype, scale));
    c.weights.push_back(weight(random, kDim, kDim, dtype, scale));
    c.weights.push_back(weight(random, 1, kDim));
    c.weights.push_back(weight(random, kFfn, kDim, dtype, scale));
    c.weights.push_back(weight(random, kFfn, kDim, dtype, scale));
    c.weights.push_back(weight(random, kDim, kFfn, other_dtype, scale));
  }
  c.steps = {{0, rows}, {kCapacity - rows, rows}, {31, 1}};
  c.record = [=](Recorder& r, const auto& t, const auto& weights) {
    const Tensor x = t[0];
    for (int layer = 0; layer < 2; ++layer) {
      const Weight* w = &weights[static_cast<std::size_t>(layer * kWeights)];
      const int first = layer * kKvHeads * kCapacity;
      const KvLayer kv{t[1].row_range(first, kKvHeads * kCapacity),
                       t[2].row_range(first, kKvHeads * kCapacity), kKvHeads, kCapacity};
      {
        const Recorder::Scope scope(r);
        const Tensor normed = r.scratch(x.rows, kDim);
        const Tensor q = r.scratch(x.rows, kDim);
        const Tensor k = r.scratch(x.rows, kv_cols);
        const Tensor v = r.scratch(x.rows, kv_cols);
        const Tensor mixed = r.scratch(x.rows, kDim);
        r.rms_norm(x, w[0], 1e-5F, normed);
        r.matmul(normed, w[1], q, {});
        r.matmul(normed, w[2], k, {});
        r.matmul(normed, w[3], v, {});
        r.rope_store_kv(q, k, v, t[3], kv);
        r.attention_causal(q, kv, t[4], mixed);
        r.matmul(mixed, w[4], x, {nullptr, Activation::kNone, x});
      }
      const Recorder::Scope scope(r);
      const Tensor h = r.scratch(x.rows, kFfn);
      r.swiglu_ffn(x, w[5], 1e-5F, w[6], w[7], h);
      r.matmul(h, w[8], x, {nullptr, Activation::kNone, x});
    }
  };
  return c;
}

TEST_P(DecoderLayer, TwoInARow) {
  for (const int rows : {1, 3, 40}) {
    check(decoder_layers(DType::kF16, DType::kF32, rows));
    check(decoder_layers(DType::kQ8_0, DType::kQ8_0, rows));
    check(decoder_layers(DType::kQ5_K, DType::kQ6_K, rows));
  }
}

TEST_P(DecoderLayer, FastArithmetic) {
  const auto fast = GetParam().make(Arithmetic::kFast);
  ASSERT_TRUE(fast) << fast.error().message();
  for (const DType dtype : {DType::kF16, DType::kQ8_0}) {
    OpCase c = decoder_layers(dtype, dtype, 40);
    c.name += " fast";
    c.nmse_limit = 2e-3;
    expect_equals_reference(**fast, c);
  }
}

class SwigluFfn : public OpTest {};

GALAGO_INSTANTIATE_OP_TEST(SwigluFfn);

TEST_P(SwigluFfn, EqualsItsDefinition) {
  for (const int rows : {1, 5}) {
    Random random(6);
    OpCase c{"swiglu_ffn"};
    c.arrays = {input(random, {rows, true}, 96), output({rows, true}, 160)};
    c.weights = {weight(random, 1, 96), weight(random, 160, 96, DType::kF16, 0.1F),
                 weight(random, 160, 96, DType::kF16, 0.1F)};
    c.steps = {{0, rows}, {0, 1}};
    c.record = [](Recorder& r, const auto& t, const auto& w) {
      r.swiglu_ffn(t[0], w[0], 1e-6F, w[1], w[2], t[1]);
    };
    check(c);
  }
}

}  // namespace
}  // namespace galago::ops
