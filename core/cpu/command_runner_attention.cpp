// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The attention commands: how heads, queries and keys become tasks.
#include <algorithm>
#include <cstring>

#include "cpu/command_runner.h"
#include "cpu/host_buffer.h"

namespace galago::cpu {
namespace {

/// Keys that are worth a task of their own.
constexpr int kMinPartKeys = 128;

KvType kv_type_of(const KvLayer& cache) {
  return cache.k.dtype == DType::kF16 ? KvType::kF16 : KvType::kF32;
}

/// Bytes from one head of a cache to the next.
std::size_t head_bytes(const KvLayer& cache) {
  return static_cast<std::size_t>(cache.capacity) * row_bytes(cache.k.dtype, cache.k.cols);
}

const float* floats(const Tensor& t) { return reinterpret_cast<const float*>(bytes_of(t)); }

const float* row_of(const Tensor& t, int row) {
  return floats(t) + static_cast<std::ptrdiff_t>(row) * t.cols;
}

float* mutable_row_of(const Tensor& t, int row) {
  return reinterpret_cast<float*>(mutable_bytes_of(t)) + static_cast<std::ptrdiff_t>(row) * t.cols;
}

int divide_up(int count, int size) { return (count + size - 1) / size; }

}  // namespace

void CommandRunner::operator()(const RopeStoreKv& op) const {
  const KernelTable& kernels = machine_.kernels;
  const int head_dim = op.cache.k.cols;
  const int rows = rows_of(op.q);
  GALAGO_ASSERT(step_.position >= 0 && step_.position + rows <= op.cache.capacity);
  const std::size_t head_row_bytes = row_bytes(op.cache.k.dtype, head_dim);
  const auto store = [&](const float* row, std::byte* cache, int position) {
    for (int h = 0; h < op.cache.n_kv_heads; ++h, row += head_dim) {
      std::byte* at = cache + static_cast<std::size_t>(h) * head_bytes(op.cache) +
                      static_cast<std::size_t>(position) * head_row_bytes;
      if (kv_type_of(op.cache) == KvType::kF16) {
        kernels.to_f16(row, reinterpret_cast<std::uint16_t*>(at),
                       static_cast<std::size_t>(head_dim));
      } else {
        std::memcpy(at, row, head_row_bytes);
      }
    }
  };
  // A few rows a task; a single row is not worth waking anyone.
  constexpr int kTaskRows = 4;
  machine_.pool.parallel_for(divide_up(rows, kTaskRows), [&](int task, int worker) {
    float* rotated = mutable_row_of(op.rotated, worker);
    for (int r = task * kTaskRows; r < std::min(rows, (task + 1) * kTaskRows); ++r) {
      const int position = step_.position + r;
      const float* angles = row_of(op.angles, position);
      kernels.rope(mutable_row_of(op.q, r), op.q.cols / head_dim, head_dim, angles, op.angles.cols);
      std::copy_n(row_of(op.k, r), op.k.cols, rotated);
      kernels.rope(rotated, op.cache.n_kv_heads, head_dim, angles, op.angles.cols);
      store(rotated, mutable_bytes_of(op.cache.k), position);
      store(row_of(op.v, r), mutable_bytes_of(op.cache.v), position);
    }
  });
}

void CommandRunner::operator()(const AttentionCausal& op) const {
  GALAGO_ASSERT(step_.position >= 0 && step_.position + rows_of(op.q) <= op.cache.capacity);
  if (rows_of(op.q) <= machine_.kernels.decode_rows) {
    decode(op);
  } else {
    prefill(op);
  }
}

void CommandRunner::decode(const AttentionCausal& op) const {
  const int head_dim = op.cache.k.cols;
  const int n_heads = op.q.cols / head_dim;
  const int group = n_heads / op.cache.n_kv_heads;
  const int rows = rows_of(op.q);
  const int keys_at_most = step_.position + rows;
  const int parts = std::clamp(keys_at_most / kMinPartKeys, 1, op.max_parts);
  const int part_keys = divide_up(keys_at_most, parts);
  const auto states_at = [&](int r, int kv_head, int part) {
    return mutable_row_of(op.parts, ((r * op.cache.n_kv_heads + kv_head) * parts + part) * group);
  };
  // Rows and keys of one head follow each other, so that a row finds the keys in the cache.
  machine_.pool.parallel_for(op.cache.n_kv_heads * parts, [&](int task, int) {
    const int kv_head = task / parts;
    const int part = task % parts;
    const int first = part * part_keys;
    const std::size_t offset =
        static_cast<std::size_t>(kv_head) * head_bytes(op.cache) +
        static_cast<std::size_t>(first) * row_bytes(op.cache.k.dtype, head_dim);
    for (int r = 0; r < rows; ++r) {
      const int visible = step_.position + r + 1;
      machine_.kernels.decode_attention({
          .q = row_of(op.q, r) + static_cast<std::ptrdiff_t>(kv_head) * group * head_dim,
          .heads = group,
          .head_dim = head_dim,
          .kv_type = kv_type_of(op.cache),
          .k = bytes_of(op.cache.k) + offset,
          .v = bytes_of(op.cache.v) + offset,
          .keys = std::clamp(visible - first, 0, part_keys),
          .mask = floats(op.mask) + first,
          .states = states_at(r, kv_head, part),
          .state_stride = op.parts.cols,
      });
    }
  });
  for (int r = 0; r < rows; ++r)
    for (int h = 0; h < n_heads; ++h)
      machine_.kernels.merge_attention(
          states_at(r, h / group, 0) + static_cast<std::ptrdiff_t>(h % group) * op.parts.cols,
          static_cast<std::ptrdiff_t>(group) * op.parts.cols, parts, head_dim,
          mutable_row_of(op.out, r) + static_cast<std::ptrdiff_t>(h) * head_dim);
}

void CommandRunner::prefill(const AttentionCausal& op) const {
  const int head_dim = op.cache.k.cols;
  const int n_heads = op.q.cols / head_dim;
  const int group = n_heads / op.cache.n_kv_heads;
  const int rows = rows_of(op.q);
  const int chunks = divide_up(rows, op.chunk_rows);
  machine_.pool.parallel_for(n_heads * chunks, [&](int task, int worker) {
    // The last chunks see the most keys: they come first, so that no long task is left at the end.
    const int first = (chunks - 1 - task / n_heads) * op.chunk_rows;
    const int head = task % n_heads;
    const std::size_t offset = static_cast<std::size_t>(head / group) * head_bytes(op.cache);
    machine_.kernels.attention(
        {
            .q = row_of(op.q, first) + static_cast<std::ptrdiff_t>(head) * head_dim,
            .q_stride = op.q.cols,
            .rows = std::min(op.chunk_rows, rows - first),
            .head_dim = head_dim,
            .kv_type = kv_type_of(op.cache),
            .k = bytes_of(op.cache.k) + offset,
            .v = bytes_of(op.cache.v) + offset,
            .kv_stride = head_dim,
            .first_keys = step_.position + first + 1,
            .keys_per_row = 1,
            .mask = floats(op.mask),
            .out = mutable_row_of(op.out, first) + static_cast<std::ptrdiff_t>(head) * head_dim,
            .out_stride = op.out.cols,
        },
        mutable_row_of(op.scratch, worker));
  });
}

void CommandRunner::operator()(const AttentionFull& op) const {
  const int head_dim = op.q.cols / op.n_heads;
  const int rows = rows_of(op.q);
  const int chunks = divide_up(rows, op.chunk_rows);
  machine_.pool.parallel_for(op.n_heads * chunks, [&](int task, int worker) {
    const int first = task / op.n_heads * op.chunk_rows;
    const std::ptrdiff_t column = static_cast<std::ptrdiff_t>(task % op.n_heads) * head_dim;
    machine_.kernels.attention_full(
        {
            .q = row_of(op.q, first) + column,
            .q_stride = op.q.cols,
            .rows = std::min(op.chunk_rows, rows - first),
            .head_dim = head_dim,
            .kv_type = KvType::kF32,
            .k = row_of(op.k, 0) + column,
            .v = row_of(op.v, 0) + column,
            .kv_stride = op.k.cols,
            .first_keys = rows_of(op.k),
            .keys_per_row = 0,
            .mask = nullptr,
            .out = mutable_row_of(op.out, first) + column,
            .out_stride = op.out.cols,
        },
        mutable_row_of(op.scratch, worker));
  });
}

}  // namespace galago::cpu
