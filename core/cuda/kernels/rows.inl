// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Kernels on rows and single elements: embedding, norms, RoPE, additions, rounding.
#pragma once

#include "cuda/kernels/common.inl"
#include "cuda/kernels/formats.inl"

namespace galago::cuda {

/// A thread has 32 columns of a row.
template <class F>
struct EmbedRowsKernel {
  static constexpr int kThreads = 64;
  EmbedRows call;

  GALAGO_DEVICE void operator()(Block& b) const {
    const int row = b.y();
    const int chunk = b.x() * kThreads + b.thread();
    if (row >= active_rows(call.rows, call.step) || chunk * kChunk >= call.cols) return;
    const int id = call.ids[row];
    float values[kChunk] = {};
    // Ids come from the tokenizer; one that is out of range reads nothing.
    if (id >= 0 && id < call.table_rows)
      chunk_values<F>(call.table + id * bytes_of_row<F>(call.cols), chunk, call.cols, values);
    const int picture_row = -1 - id;
    const bool is_picture = id < 0 && picture_row < call.picture_rows;
    for (int i = 0; i < kChunk && chunk * kChunk + i < call.cols; ++i) {
      const int col = chunk * kChunk + i;
      call.out[at(row, call.cols, col)] =
          is_picture ? call.pictures[at(picture_row, call.cols, col)] : values[i];
    }
  }
};

template <class Launcher>
void launch(Launcher& launcher, const EmbedRows& call) {
  with_format(call.dtype, [&](auto format) {
    using Kernel = EmbedRowsKernel<decltype(format)>;
    launcher(Kernel{call},
             Blocks{divide_up(call.cols, Kernel::kThreads * kChunk), call.rows.max, 1});
  });
}

/// A block has a row.
struct NormKernel {
  static constexpr int kThreads = 256;
  Norm call;

  GALAGO_DEVICE void operator()(Block& b) const {
    const int row = b.x();
    if (row >= active_rows(call.rows, call.step)) return;
    const float* x = call.x + at(row, call.cols, 0);
    const auto count = static_cast<float>(call.cols);
    float mean = 0;
    if (call.bias != nullptr) {
      for (int c = b.thread(); c < call.cols; c += kThreads) mean += x[c];
      mean = block_sum<kThreads>(b, mean) / count;
    }
    float squares = 0;
    for (int c = b.thread(); c < call.cols; c += kThreads) squares += (x[c] - mean) * (x[c] - mean);
    const float scale = 1 / sqrtf(block_sum<kThreads>(b, squares) / count + call.eps);
    // A lane past the end takes part in rounding.
    for (int c = b.thread(); c < divide_up(call.cols, kWarp) * kWarp; c += kThreads) {
      float value = 0;
      if (c < call.cols) {
        value = (x[c] - mean) * scale * call.gain[c];
        if (call.bias != nullptr) value += call.bias[c];
        call.out[at(row, call.cols, c)] = value;
      }
      if (call.rounded.values != nullptr)
        round_group(b, call.rounded, at(row, call.cols, c) / kWarp, value);
    }
  }
};

template <class Launcher>
void launch(Launcher& launcher, const Norm& call) {
  launcher(NormKernel{call}, Blocks{call.rows.max});
}

/// A block has a row.
struct RopeStoreKvKernel {
  static constexpr int kThreads = 256;
  RopeStoreKv call;

  GALAGO_DEVICE void operator()(Block& b) const {
    const int row = b.x();
    if (row >= active_rows(call.rows, call.step)) return;
    const int position = call.step->position + row;
    if (position < 0 || position >= call.capacity) return;
    const float* angles = call.angles + at(position, call.rope_dim, 0);
    const int half = call.rope_dim / 2;
    float* q = call.q + at(row, call.n_heads * call.head_dim, 0);
    for (int i = b.thread(); i < call.n_heads * half; i += kThreads) {
      float* pair = q + i / half * call.head_dim + 2 * (i % half);
      const float first = pair[0];
      pair[0] = rotated(first, pair[1], angles, i % half, 0);
      pair[1] = rotated(first, pair[1], angles, i % half, 1);
    }
    const int kv_cols = call.n_kv_heads * call.head_dim;
    for (int i = b.thread(); i < kv_cols; i += kThreads) {
      const float* k = call.k + at(row, kv_cols, 0);
      const int element = i % call.head_dim;
      float key = k[i];
      if (element < call.rope_dim) {
        const int even = i - element % 2;
        key = rotated(k[even], k[even + 1], angles, element / 2, element % 2);
      }
      const std::int64_t to =
          at(i / call.head_dim * call.capacity + position, call.head_dim, element);
      store(call.k_cache, to, key);
      store(call.v_cache, to, call.v[at(row, kv_cols, i)]);
    }
  }

 private:
  GALAGO_DEVICE float rotated(float even, float odd, const float* angles, int pair,
                              int is_odd) const {
    const float cosine = angles[pair];
    const float sine = angles[call.rope_dim / 2 + pair];
    return is_odd != 0 ? even * sine + odd * cosine : even * cosine - odd * sine;
  }

  GALAGO_DEVICE void store(void* cache, std::int64_t to, float value) const {
    if (call.is_half)
      static_cast<std::uint16_t*>(cache)[to] = float_to_f16(value);
    else
      static_cast<float*>(cache)[to] = value;
  }
};

template <class Launcher>
void launch(Launcher& launcher, const RopeStoreKv& call) {
  launcher(RopeStoreKvKernel{call}, Blocks{call.rows.max});
}

/// A warp has 32 columns.
struct ElementwiseKernel {
  static constexpr int kThreads = 256;
  ElementwiseCall call;

  GALAGO_DEVICE void operator()(Block& b) const {
    const int row = b.y();
    const int c = b.x() * kThreads + b.thread();
    if (row >= active_rows(call.rows, call.step)) return;
    float value = 0;
    if (c < call.cols) {
      value = computed(row, c);
      call.out[at(row, call.cols, c)] = value;
    }
    if (call.rounded.values != nullptr && c / kWarp * kWarp < call.cols)
      round_group(b, call.rounded, at(row, call.cols, c) / kWarp, value);
  }

 private:
  GALAGO_DEVICE float computed(int row, int c) const {
    const float a = call.a[at(row, call.cols, c)];
    switch (call.op) {
      case Elementwise::kAdd:
        return a + call.b[at(row, call.cols, c)];
      case Elementwise::kSwiglu:
        return activated(Activation::kSilu, a) * call.b[at(row, call.cols, c)];
      case Elementwise::kActivate:
        return activated(call.activation, a);
      case Elementwise::kScale:
        return a * call.b[c];
    }
    return a;
  }
};

template <class Launcher>
void launch(Launcher& launcher, const ElementwiseCall& call) {
  launcher(ElementwiseKernel{call},
           Blocks{divide_up(call.cols, ElementwiseKernel::kThreads), call.rows.max, 1});
}

struct LastRowKernel {
  static constexpr int kThreads = 256;
  LastRow call;

  GALAGO_DEVICE void operator()(Block& b) const {
    const int row = active_rows(call.rows, call.step) - 1;
    const int c = b.x() * kThreads + b.thread();
    if (row >= 0 && c < call.cols) call.out[c] = call.x[at(row, call.cols, c)];
  }
};

template <class Launcher>
void launch(Launcher& launcher, const LastRow& call) {
  launcher(LastRowKernel{call}, Blocks{divide_up(call.cols, LastRowKernel::kThreads)});
}

/// A warp has 32 columns.
struct RoundToBytesKernel {
  static constexpr int kThreads = 256;
  RoundToBytes call;

  GALAGO_DEVICE void operator()(Block& b) const {
    const int row = b.y();
    const int c = b.x() * kThreads + b.thread();
    if (row >= active_rows(call.rows, call.step) || c >= call.cols) return;
    round_group(b, call.out, at(row, call.cols, c) / kWarp, call.x[at(row, call.cols, c)]);
  }
};

template <class Launcher>
void launch(Launcher& launcher, const RoundToBytes& call) {
  launcher(RoundToBytesKernel{call},
           Blocks{divide_up(call.cols, RoundToBytesKernel::kThreads), call.rows.max, 1});
}

struct RoundToHalfKernel {
  static constexpr int kThreads = 256;
  RoundToHalf call;

  GALAGO_DEVICE void operator()(Block& b) const {
    const int row = b.y();
    const int c = b.x() * kThreads + b.thread();
    if (row >= active_rows(call.rows, call.step) || c >= call.padded_cols) return;
    const float x = c < call.cols ? call.x[at(row, call.cols, c)] : 0.0F;
    call.out[at(row, call.padded_cols, c)] =
        call.is_bf16 ? float_to_bf16(x) : float_to_f16(clamped(x, -kLargestHalf, kLargestHalf));
  }
};

template <class Launcher>
void launch(Launcher& launcher, const RoundToHalf& call) {
  launcher(RoundToHalfKernel{call},
           Blocks{divide_up(call.padded_cols, RoundToHalfKernel::kThreads), call.rows.max, 1});
}

}  // namespace galago::cuda
