// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Attention and the KV cache. A layer's cache that is larger than one binding may span goes through
// several dispatches, each with a range of its heads.
#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

#include "vulkan/vulkan_program.h"

namespace galago::vulkan {
namespace {

constexpr std::uint32_t kThreads = 64;

std::uint32_t word(int value) { return static_cast<std::uint32_t>(value); }

std::uint32_t word(bool value) { return value ? 1 : 0; }

int divide_up(int count, int size) { return (count + size - 1) / size; }

/// Queries and keys of a workgroup's tile.
struct Tile {
  int rows = 1;
  int keys = 1;
};

/// Shared memory of shaders/attention.comp.
std::size_t shared_bytes(Tile tile, int head_dim) {
  return sizeof(float) *
         static_cast<std::size_t>(tile.rows * head_dim + tile.keys * (head_dim + 1) +
                                  tile.rows * tile.keys);
}

/// The largest tile that fits; `rows`: how many queries there are at most.
Tile choose_tile(int rows, int head_dim, std::size_t shared) {
  constexpr Tile kMany[] = {{16, 32}, {16, 16}, {8, 16}, {8, 8}, {4, 8}, {2, 4}, {1, 2}, {1, 1}};
  constexpr Tile kFew[] = {{1, 64}, {1, 32}, {1, 16}, {1, 8}, {1, 4}, {1, 2}, {1, 1}};
  // One query to a workgroup keeps more of them busy while there are few.
  const std::span<const Tile> tiles =
      rows <= 4 ? std::span<const Tile>(kFew) : std::span<const Tile>(kMany);
  for (const Tile tile : tiles)
    if (shared_bytes(tile, head_dim) <= shared) return tile;
  return tiles.back();
}

/// Workgroups that share the keys of one query. A prompt's have company enough.
int choose_splits(int rows, int keys) {
  constexpr int kKeysOfSplit = 128;
  constexpr int kMostSplits = 16;
  return rows > 4 ? 1 : std::clamp(divide_up(keys, kKeysOfSplit), 1, kMostSplits);
}

/// Heads of a cache that one binding spans.
int heads_of_part(std::size_t head_bytes, const GpuLimits& limits) {
  const std::size_t room = limits.storage_range - limits.storage_alignment - 16;
  return static_cast<int>(std::clamp<std::size_t>(room / head_bytes, 1, 1U << 20));
}

std::size_t head_bytes(const KvLayer& cache) {
  return static_cast<std::size_t>(cache.capacity) * row_bytes(cache.k.dtype, cache.k.cols);
}

}  // namespace

void VulkanProgram::rope_store_kv(Tensor q, Tensor k, Tensor v, Tensor angles,
                                  const KvLayer& cache) {
  const int head_dim = cache.k.cols;
  if (head_dim % 2 != 0)
    return fail({Errc::kUnsupported, "heads of an odd number of dimensions need --device cpu", {}});
  const int step = heads_of_part(head_bytes(cache), gpu_->limits());
  for (int first = 0; first < cache.n_kv_heads; first += step) {
    const int heads = std::min(step, cache.n_kv_heads - first);
    const std::size_t at = static_cast<std::size_t>(first) * head_bytes(cache);
    const std::size_t size = static_cast<std::size_t>(heads) * head_bytes(cache);
    Operand cache_k = part(cache.k, at, size);
    Operand cache_v = part(cache.v, at, size);
    cache_k.is_written = cache_v.is_written = true;
    const double pairs = (first == 0 ? q.cols / 2 : 0) + static_cast<double>(heads) * head_dim / 2;
    dispatch({"rope_store",
              {kThreads, word(cache.k.dtype == DType::kF16)},
              {out(q), in(k), in(v), in(angles), cache_k, cache_v},
              {word(q.rows.max), word(q.rows.is_step), word(q.cols), word(k.cols), word(head_dim),
               word(angles.cols), word(cache.capacity), word(first), word(heads)},
              groups_for(q.rows.max * pairs, kThreads),
              6.0 * q.rows.max * pairs});
  }
}

void VulkanProgram::attention_causal(Tensor q, const KvLayer& cache, Tensor mask, Tensor result) {
  Attention op;
  op.q = q;
  op.k = cache.k;
  op.v = cache.v;
  op.mask = mask;
  op.out = result;
  op.head_dim = cache.k.cols;
  op.group_heads = q.cols / op.head_dim / cache.n_kv_heads;
  op.keys = cache.capacity;
  op.head_stride = cache.capacity * op.head_dim;
  op.row_stride = op.head_dim;
  op.heads_of_part = heads_of_part(head_bytes(cache), gpu_->limits());
  attend(op);
}

void VulkanProgram::attention_full(Tensor q, Tensor k, Tensor v, int n_heads, Tensor result) {
  Attention op;
  op.q = q;
  op.k = k;
  op.v = v;
  op.out = result;
  op.head_dim = q.cols / n_heads;
  op.keys = k.rows.max;
  op.head_stride = op.head_dim;
  op.row_stride = k.cols;
  op.heads_of_part = n_heads;
  attend(op);
}

void VulkanProgram::attend(const Attention& op) {
  const Scope scope(*this);
  const int rows = op.q.rows.max;
  const int heads = op.q.cols / op.head_dim;
  const int splits = op.mask ? choose_splits(rows, op.keys) : 1;
  Tensor parts;
  if (splits > 1) parts = scratch({rows * heads * splits, false}, op.head_dim + 2, DType::kF32);
  const int step = op.heads_of_part * op.group_heads;
  for (int first = 0; first < heads; first += step)
    attend_heads(op, parts, splits, first, std::min(step, heads - first));
  if (splits == 1) return;
  dispatch({"attention_combine",
            {kThreads},
            {in(parts), out(op.out)},
            {word(rows), word(op.q.rows.is_step), word(op.q.cols), word(op.head_dim), word(splits)},
            groups_for(static_cast<double>(rows) * op.q.cols, kThreads),
            static_cast<double>(rows) * op.q.cols * splits});
}

void VulkanProgram::attend_heads(const Attention& op, const Tensor& parts, int splits,
                                 int first_head, int heads) {
  const int rows = op.q.rows.max;
  const Tile tile = choose_tile(rows, op.head_dim, gpu_->limits().shared_bytes);
  if (shared_bytes(tile, op.head_dim) > gpu_->limits().shared_bytes)
    return fail({Errc::kUnsupported, "heads of this size need --device cpu", {}});
  // In the cache heads lie one behind the other; in the tower's rows they lie side by side, and all
  // are bound.
  const std::size_t head_bytes = row_bytes(op.k.dtype, op.head_stride);
  const bool is_all = heads == op.q.cols / op.head_dim;
  const auto bound = [&](const Tensor& t) {
    return is_all ? in(t)
                  : part(t, static_cast<std::size_t>(first_head / op.group_heads) * head_bytes,
                         static_cast<std::size_t>(heads / op.group_heads) * head_bytes);
  };
  const float scale = 1 / std::sqrt(static_cast<float>(op.head_dim));
  dispatch({"attention",
            {kThreads, word(tile.rows), word(tile.keys), word(op.head_dim),
             word(op.k.dtype == DType::kF16), word(static_cast<bool>(op.mask)), word(splits)},
            {in(op.q), bound(op.k), bound(op.v), in(op.mask), splits > 1 ? Operand{} : out(op.out),
             out(parts)},
            {word(rows), word(op.q.rows.is_step), word(op.q.cols), word(op.keys), word(first_head),
             word(op.group_heads), word(op.head_stride), word(op.row_stride),
             std::bit_cast<std::uint32_t>(scale)},
            {word(divide_up(rows, tile.rows)), word(heads), word(splits)},
            4.0 * rows * heads * op.head_dim * op.keys});
}

}  // namespace galago::vulkan
