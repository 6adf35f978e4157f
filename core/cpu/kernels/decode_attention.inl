// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Attention of one query a head: for tokens that are written one by one. Limited by the memory that
// keys and values come from, so each is read once, for all heads that share it.
#pragma once

#include "cpu/kernels/attention.inl"

namespace galago::cpu {
namespace {

constexpr int kDecodeTile = 128;
/// A block of queries costs as much with one query as with a whole vector of them.
constexpr int kDecodeRows = kLanes / 4 > 1 ? kLanes / 4 : 1;
/// Accumulators of one pass over the values.
constexpr int kValueVectors = 8;

template <KvType kType>
struct KvRows;

template <>
struct KvRows<KvType::kF32> {
  using Element = float;

  static F32 get(const float* p) { return load(p); }

  static F32 get_partial(const float* p, int n) { return load_partial(p, n); }
};

template <>
struct KvRows<KvType::kF16> {
  using Element = std::uint16_t;

  static F32 get(const std::uint16_t* p) { return load_f16(p); }

  static F32 get_partial(const std::uint16_t* p, int n) { return load_f16_partial(p, n); }
};

/// Dot products of `q` with kKeys rows, four chains of additions that do not wait for each other.
template <KvType kType, int kKeys>
inline void dot_rows(const float* q, const typename KvRows<kType>::Element* k, int head_dim,
                     float* out) {
  using Rows = KvRows<kType>;
  F32 sums[kKeys];
  for (int t = 0; t < kKeys; ++t) sums[t] = broadcast(0);
  int i = 0;
  for (; i + kLanes <= head_dim; i += kLanes) {
    const F32 query = load(q + i);
    for (int t = 0; t < kKeys; ++t)
      sums[t] = fma(query, Rows::get(k + static_cast<std::ptrdiff_t>(t) * head_dim + i), sums[t]);
  }
  if (const int rest = head_dim - i; rest > 0) {
    const F32 query = load_partial(q + i, rest);
    for (int t = 0; t < kKeys; ++t)
      sums[t] =
          fma(query, Rows::get_partial(k + static_cast<std::ptrdiff_t>(t) * head_dim + i, rest),
              sums[t]);
  }
  for (int t = 0; t < kKeys; ++t) out[t] = reduce_add(sums[t]);
}

/// scores[t] → e^(score - largest); returns their sum.
inline float exp_scores(float* scores, int keys, float largest) {
  F32 sum = broadcast(0);
  const F32 top = broadcast(largest);
  int t = 0;
  for (; t + kLanes <= keys; t += kLanes) {
    const F32 weight = exp(load(scores + t) - top);
    store(scores + t, weight);
    sum = sum + weight;
  }
  float total = reduce_add(sum);
  if (const int rest = keys - t; rest > 0) {
    store_partial(scores + t, rest, exp(load_partial(scores + t, rest) - top));
    for (; t < keys; ++t) total += scores[t];
  }
  return total;
}

inline float exp_of(float x) {
  float lanes[kLanes];
  store(lanes, exp(broadcast(x)));
  return lanes[0];
}

/// out[i] = out[i] · factor + Σ_t weights[t] · v[t][i] for kVectors vectors of i.
template <KvType kType, int kVectors>
inline void add_values(const float* weights, const typename KvRows<kType>::Element* v, int keys,
                       int head_dim, float factor, float* out) {
  F32 sums[kVectors];
  for (int j = 0; j < kVectors; ++j) sums[j] = load(out + j * kLanes) * broadcast(factor);
  for (int t = 0; t < keys; ++t, v += head_dim) {
    const F32 weight = broadcast(weights[t]);
    for (int j = 0; j < kVectors; ++j)
      sums[j] = fma(weight, KvRows<kType>::get(v + j * kLanes), sums[j]);
  }
  for (int j = 0; j < kVectors; ++j) store(out + j * kLanes, sums[j]);
}

/// The same for the last elements of a row, fewer than a vector.
template <KvType kType>
inline void add_values_partial(const float* weights, const typename KvRows<kType>::Element* v,
                               int keys, int head_dim, int count, float factor, float* out) {
  F32 sum = load_partial(out, count) * broadcast(factor);
  for (int t = 0; t < keys; ++t, v += head_dim)
    sum = fma(broadcast(weights[t]), KvRows<kType>::get_partial(v, count), sum);
  store_partial(out, count, sum);
}

template <KvType kType>
inline void add_all_values(const float* weights, const typename KvRows<kType>::Element* v, int keys,
                           int head_dim, float factor, float* out) {
  int i = 0;
  for (; i + kValueVectors * kLanes <= head_dim; i += kValueVectors * kLanes)
    add_values<kType, kValueVectors>(weights, v + i, keys, head_dim, factor, out + i);
  for (; i + 4 * kLanes <= head_dim; i += 4 * kLanes)
    add_values<kType, 4>(weights, v + i, keys, head_dim, factor, out + i);
  for (; i + kLanes <= head_dim; i += kLanes)
    add_values<kType, 1>(weights, v + i, keys, head_dim, factor, out + i);
  if (i < head_dim)
    add_values_partial<kType>(weights, v + i, keys, head_dim, head_dim - i, factor, out + i);
}

/// One head and one tile of keys.
template <KvType kType>
inline void decode_tile(const DecodeAttentionArgs& args, int head, int first, int keys) {
  const auto* k = static_cast<const typename KvRows<kType>::Element*>(args.k) +
                  static_cast<std::ptrdiff_t>(first) * args.head_dim;
  const auto* v = static_cast<const typename KvRows<kType>::Element*>(args.v) +
                  static_cast<std::ptrdiff_t>(first) * args.head_dim;
  const float* q = args.q + static_cast<std::ptrdiff_t>(head) * args.head_dim;
  float scores[kDecodeTile];
  int t = 0;
  for (; t + 4 <= keys; t += 4)
    dot_rows<kType, 4>(q, k + static_cast<std::ptrdiff_t>(t) * args.head_dim, args.head_dim,
                       scores + t);
  for (; t < keys; ++t)
    dot_rows<kType, 1>(q, k + static_cast<std::ptrdiff_t>(t) * args.head_dim, args.head_dim,
                       scores + t);
  const float scale = 1 / __builtin_sqrtf(static_cast<float>(args.head_dim));
  float* state = args.states + head * args.state_stride;
  float& state_largest = state[args.head_dim];
  float& state_sum = state[args.head_dim + 1];
  const float before = state_largest;
  float largest = before;
  for (t = 0; t < keys; ++t) {
    scores[t] = scores[t] * scale + args.mask[first + t];
    largest = scores[t] > largest ? scores[t] : largest;
  }
  const float factor = exp_of(before - largest);
  state_largest = largest;
  state_sum = state_sum * factor + exp_scores(scores, keys, largest);
  add_all_values<kType>(scores, v, keys, args.head_dim, factor, state);
}

void decode_attention(const DecodeAttentionArgs& args) {
  for (int h = 0; h < args.heads; ++h) {
    float* state = args.states + h * args.state_stride;
    for (int i = 0; i < args.head_dim; ++i) state[i] = 0;
    state[args.head_dim] = kMinusInfinity;
    state[args.head_dim + 1] = 0;
  }
  for (int first = 0; first < args.keys; first += kDecodeTile) {
    const int keys = args.keys - first < kDecodeTile ? args.keys - first : kDecodeTile;
    for (int h = 0; h < args.heads; ++h) {
      if (args.kv_type == KvType::kF16) {
        decode_tile<KvType::kF16>(args, h, first, keys);
      } else {
        decode_tile<KvType::kF32>(args, h, first, keys);
      }
    }
  }
}

void merge_attention(const float* states, std::ptrdiff_t state_stride, int parts, int head_dim,
                     float* out) {
  const float* largest = states + head_dim;
  const float* sums = largest + 1;
  float top = *largest;
  for (int p = 1; p < parts; ++p)
    top = largest[p * state_stride] > top ? largest[p * state_stride] : top;
  float total = 0;
  for (int p = 0; p < parts; ++p)
    total += sums[p * state_stride] * exp_of(largest[p * state_stride] - top);
  for (int i = 0; i < head_dim; ++i) out[i] = 0;
  for (int p = 0; p < parts; ++p) {
    const F32 share = broadcast(exp_of(largest[p * state_stride] - top) / total);
    const float* part = states + p * state_stride;
    for_each_vector(static_cast<std::size_t>(head_dim), [=](std::size_t i, auto get, auto put) {
      put(out + i, fma(get(part + i), share, get(out + i)));
    });
  }
}

}  // namespace
}  // namespace galago::cpu
