// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Attention of few rows: the keys of each row and head are split among blocks, so that one row
// keeps the whole GPU reading its cache; a second kernel puts the parts together. Milakov &
// Gimelshein 2018 for the running softmax.
#pragma once

#include "cuda/kernels/common.inl"

namespace galago::cuda {

inline constexpr int kLargestHead = 128;

/// The four elements of a head that a lane has, from 4 · lane on; zeros behind the head's end.
struct HeadPart {
  float of[4] = {};
};

template <bool kIsHalf>
GALAGO_DEVICE HeadPart load_head_part(const void* data, std::int64_t first, int lane,
                                      int head_dim) {
  HeadPart part;
  const auto load = [&](int i) {
    if constexpr (kIsHalf)
      return f16_to_float(static_cast<const std::uint16_t*>(data)[first + i]);
    else
      return static_cast<const float*>(data)[first + i];
  };
  GALAGO_UNROLL
  for (int i = 0; i < 4; ++i)
    if (4 * lane + i < head_dim) part.of[i] = load(4 * lane + i);
  return part;
}

/// Weighted sum of values so far: of[] · e^-largest, its weights' sum likewise.
struct SoftmaxState {
  HeadPart sums;
  float largest = -INFINITY;
  float weight = 0;
};

template <bool kIsHalf>
struct AttentionSplitKernel {
  static constexpr int kThreads = 128;
  static constexpr int kWarps = kThreads / kWarp;
  static constexpr int kBatch = 4;        ///< keys a warp takes at a time
  static constexpr int kFewestKeys = 32;  ///< of a split
  AttentionSplit call;

  GALAGO_DEVICE void operator()(Block& b) const {
    GALAGO_SHARED float sums[kWarps][kLargestHead];
    GALAGO_SHARED float states[kWarps][2];
    const int split = b.x();
    const int head = b.y();
    const int row = b.z();
    if (row >= active_rows(call.rows, call.step)) return;
    const int lane = b.thread() % kWarp;
    const int warp = b.thread() / kWarp;
    const int visible = call.step->position + row + 1;
    const int share = larger(divide_up(visible, call.splits), kFewestKeys);
    const int last = smaller((split + 1) * share, visible);
    const HeadPart q = load_head_part<false>(
        call.q, at(row, call.n_heads * call.head_dim, head * call.head_dim), lane, call.head_dim);
    const float scale = 1 / sqrtf(static_cast<float>(call.head_dim));
    SoftmaxState state;
    for (int t = split * share + warp * kBatch; t < last; t += kWarps * kBatch)
      add_keys(b, state, q, scale, head / call.group, t, smaller(t + kBatch, last));
    for (int i = 0; i < 4; ++i)
      if (4 * lane + i < call.head_dim) sums[warp][4 * lane + i] = state.sums.of[i];
    if (lane == 0) {
      states[warp][0] = state.largest;
      states[warp][1] = state.weight;
    }
    b.sync();
    float* part =
        call.parts + at((row * call.n_heads + head) * call.splits + split, call.head_dim + 2, 0);
    float largest = -INFINITY;
    for (int w = 0; w < kWarps; ++w) largest = fmaxf(largest, states[w][0]);
    float factors[kWarps];
    float weight = 0;
    for (int w = 0; w < kWarps; ++w) {
      factors[w] = states[w][1] > 0 ? expf(states[w][0] - largest) : 0.0F;
      weight += factors[w] * states[w][1];
    }
    for (int e = b.thread(); e < call.head_dim; e += kThreads) {
      float sum = 0;
      for (int w = 0; w < kWarps; ++w) sum += factors[w] * sums[w][e];
      part[e] = sum;
    }
    if (b.thread() == 0) {
      part[call.head_dim] = largest;
      part[call.head_dim + 1] = weight;
    }
  }

 private:
  GALAGO_DEVICE void add_keys(Block& b, SoftmaxState& state, const HeadPart& q, float scale,
                              int kv_head, int first, int last) const {
    const int lane = b.thread() % kWarp;
    float scores[kBatch];
    float largest = state.largest;
    GALAGO_UNROLL
    for (int n = 0; n < kBatch; ++n) {
      const int t = smaller(first + n, last - 1);  // all lanes take part in the sums
      const HeadPart k =
          load_head_part<kIsHalf>(call.kv.k, offset(kv_head, t), lane, call.head_dim);
      float dot = 0;
      GALAGO_UNROLL
      for (int i = 0; i < 4; ++i) dot += q.of[i] * k.of[i];
      scores[n] = warp_sum(b, dot) * scale + call.mask[t];
      if (first + n >= last) scores[n] = -INFINITY;
      largest = fmaxf(largest, scores[n]);
    }
    const float shrink = state.weight > 0 ? expf(state.largest - largest) : 0.0F;
    state.weight *= shrink;
    GALAGO_UNROLL
    for (int i = 0; i < 4; ++i) state.sums.of[i] *= shrink;
    GALAGO_UNROLL
    for (int n = 0; n < kBatch; ++n) {
      if (first + n >= last) break;
      const HeadPart v =
          load_head_part<kIsHalf>(call.kv.v, offset(kv_head, first + n), lane, call.head_dim);
      const float weight = expf(scores[n] - largest);
      state.weight += weight;
      GALAGO_UNROLL
      for (int i = 0; i < 4; ++i) state.sums.of[i] += weight * v.of[i];
    }
    state.largest = largest;
  }

  GALAGO_DEVICE std::int64_t offset(int kv_head, int t) const {
    return kv_head * call.kv.head_stride + static_cast<std::int64_t>(t) * call.kv.row_stride;
  }
};

template <class Launcher>
void launch(Launcher& launcher, const AttentionSplit& call) {
  const Blocks blocks{call.splits, call.n_heads, call.rows.max};
  if (call.kv.is_half)
    launcher(AttentionSplitKernel<true>{call}, blocks);
  else
    launcher(AttentionSplitKernel<false>{call}, blocks);
}

struct AttentionMergeKernel {
  static constexpr int kThreads = kLargestHead;
  AttentionMerge call;

  GALAGO_DEVICE void operator()(Block& b) const {
    const int head = b.x();
    const int row = b.y();
    const int e = b.thread();
    if (row >= active_rows(call.rows, call.step)) return;
    const int stride = call.head_dim + 2;
    const float* parts = call.parts + at((row * call.n_heads + head) * call.splits, stride, 0);
    float largest = -INFINITY;
    for (int s = 0; s < call.splits; ++s)
      largest = fmaxf(largest, parts[s * stride + call.head_dim]);
    float weight = 0;
    float sum = 0;
    for (int s = 0; s < call.splits; ++s) {
      const float* part = parts + s * stride;
      if (part[call.head_dim + 1] <= 0) continue;  // a split without keys
      const float factor = expf(part[call.head_dim] - largest);
      weight += factor * part[call.head_dim + 1];
      if (e < call.head_dim) sum += factor * part[e];
    }
    const std::int64_t to = at(row, call.n_heads * call.head_dim, head * call.head_dim + e);
    const float value = e < call.head_dim ? sum / weight : 0.0F;
    if (e < call.head_dim) call.out[to] = value;
    if (call.rounded.values != nullptr && e / kWarp * kWarp < call.head_dim)
      round_group(b, call.rounded, to / kWarp, value);
  }
};

template <class Launcher>
void launch(Launcher& launcher, const AttentionMerge& call) {
  launcher(AttentionMergeKernel{call}, Blocks{call.n_heads, call.rows.max, 1});
}

}  // namespace galago::cuda
