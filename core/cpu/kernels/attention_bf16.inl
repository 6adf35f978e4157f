// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Attention with factors rounded to bf16, pairs of which are multiplied at once; scores, softmax
// and sums stay f32. For the vision tower.
#pragma once

#include "cpu/kernels/attention.inl"

namespace galago::cpu {
namespace {

/// A pair of bf16 in each lane: two neighbours of a head's dimensions, or of the keys.
struct PairFactors {
  static int lines(int count) { return (count + 1) / 2; }

  static F32 add(F32 sum, F32 a, F32 b) { return dot_pairs(sum, a, b); }

  static void pack(const AttentionArgs& args, float scale, float* packed) {
    const F32 factor = broadcast(scale);
    const auto get = [&](const float* row, int k) {
      const F32 second =
          k + kLanes < args.head_dim ? row_at(row, k + kLanes, args.head_dim) : broadcast(0);
      return to_pairs(row_at(row, k, args.head_dim) * factor, second * factor);
    };
    pack_queries<2 * kLanes>(args, get, packed);
  }

  static void unpack_keys(const AttentionArgs& args, int first, int count, float* out) {
    for (int t = 0; t < count; ++t, out += lines(args.head_dim))
      with_row(args, args.k, first + t, [&](const auto* row) {
        for (int i = 0; i < args.head_dim; i += 2 * kLanes) {
          const F32 second =
              i + kLanes < args.head_dim ? row_at(row, i + kLanes, args.head_dim) : broadcast(0);
          const int left = lines(args.head_dim - i);
          store_partial(out + i / 2, left < kLanes ? left : kLanes,
                        to_pairs(row_at(row, i, args.head_dim), second));
        }
      });
  }

  /// The last key of an odd number of them is followed by one of zeros.
  static void unpack_values(const AttentionArgs& args, int first, int count, float* out) {
    for (int t = 0; t < count; t += 2, out += args.head_dim)
      with_row(args, args.v, first + t, [&](const auto* even) {
        const auto* odd = t + 1 < count ? even + args.kv_stride : nullptr;
        for (int i = 0; i < args.head_dim; i += kLanes) {
          const F32 second = odd != nullptr ? row_at(odd, i, args.head_dim) : broadcast(0);
          const int left = args.head_dim - i;
          store_partial(out + i, left < kLanes ? left : kLanes,
                        interleave_pairs(row_at(even, i, args.head_dim), second));
        }
      });
  }

  /// As FloatFactors::weigh; a pair of keys takes the place of the first half as many scores.
  static F32 weigh(float* scores, int keys, F32 top) {
    F32 total = broadcast(0);
    for (int t = 0; t < keys; t += 2) {
      const F32 even = exp(load(scores + t * kQueryBlock) - top);
      const F32 odd = t + 1 < keys ? exp(load(scores + (t + 1) * kQueryBlock) - top) : broadcast(0);
      store(scores + t / 2 * kQueryBlock, interleave_pairs(even, odd));
      total = total + (even + odd);
    }
    return total;
  }
};

}  // namespace
}  // namespace galago::cpu
