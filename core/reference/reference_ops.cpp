// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "reference/reference_ops.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "base/half.h"
#include "quant/dequantize.h"

namespace galago::reference {
namespace {

/// Softmax of `scores` in place.
void softmax(std::vector<double>& scores) {
  const double largest = *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (double& s : scores) sum += s = std::exp(s - largest);
  for (double& s : scores) s /= sum;
}

std::vector<float> matrix_row(const Matrix& m, int row) {
  std::vector<float> values(static_cast<std::size_t>(m.cols));
  dequantize(m.dtype, m.data + static_cast<std::size_t>(row) * row_bytes(m.dtype, m.cols),
             values.data(), m.cols);
  return values;
}

std::size_t cache_offset(const Cache& cache, int head, int position) {
  const auto row = static_cast<std::size_t>(head) * static_cast<std::size_t>(cache.capacity) +
                   static_cast<std::size_t>(position);
  return row * row_bytes(cache.dtype, cache.head_dim);
}

void store_row(const Cache& cache, std::byte* to, int head, int position, const float* values) {
  std::byte* at = to + cache_offset(cache, head, position);
  for (int i = 0; i < cache.head_dim; ++i) {
    if (cache.dtype == DType::kF32) {
      std::memcpy(at + 4 * i, values + i, 4);
    } else {
      const std::uint16_t h = float_to_half(values[i]);
      std::memcpy(at + 2 * i, &h, 2);
    }
  }
}

std::vector<float> load_row(const Cache& cache, const std::byte* from, int head, int position) {
  std::vector<float> values(static_cast<std::size_t>(cache.head_dim));
  dequantize(cache.dtype, from + cache_offset(cache, head, position), values.data(),
             cache.head_dim);
  return values;
}

void rotate(float* head, const float* angles, int rope_dim) {
  const int half = rope_dim / 2;
  for (int i = 0; i < half; ++i) {
    const double cosine = angles[i];
    const double sine = angles[half + i];
    const double a = head[2 * i];
    const double b = head[2 * i + 1];
    head[2 * i] = static_cast<float>(a * cosine - b * sine);
    head[2 * i + 1] = static_cast<float>(a * sine + b * cosine);
  }
}

}  // namespace

double activate(Activation activation, double x) {
  switch (activation) {
    case Activation::kNone:
      return x;
    case Activation::kQuickGelu:
      return x / (1 + std::exp(-1.702 * x));
    case Activation::kGelu:
      return 0.5 * x * (1 + std::erf(x / std::sqrt(2.0)));
    case Activation::kSilu:
      return x / (1 + std::exp(-x));
    case Activation::kRelu:
      return std::max(x, 0.0);
    case Activation::kHardSwish:
      return x * std::clamp(x + 3, 0.0, 6.0) / 6;
    case Activation::kHardSigmoid:
      return std::clamp(x + 3, 0.0, 6.0) / 6;
  }
  return x;
}

void embed_rows(Matrix table, const std::int32_t* ids, Array pictures, Array out) {
  for (int r = 0; r < out.rows; ++r) {
    if (ids[r] >= 0) {
      GALAGO_ASSERT(ids[r] < table.rows);
      const std::vector<float> row = matrix_row(table, ids[r]);
      std::copy(row.begin(), row.end(), out.row(r));
    } else {
      const int picture_row = -1 - ids[r];
      GALAGO_ASSERT(picture_row < pictures.rows);
      std::copy_n(pictures.row(picture_row), out.cols, out.row(r));
    }
  }
}

void rms_norm(Array x, const float* gain, float eps, Array out) {
  for (int r = 0; r < x.rows; ++r) {
    double sum = 0;
    for (int c = 0; c < x.cols; ++c) sum += static_cast<double>(x.row(r)[c]) * x.row(r)[c];
    const double scale = 1 / std::sqrt(sum / x.cols + static_cast<double>(eps));
    for (int c = 0; c < x.cols; ++c)
      out.row(r)[c] = static_cast<float>(x.row(r)[c] * scale * static_cast<double>(gain[c]));
  }
}

void layer_norm(Array x, const float* gain, const float* bias, float eps, Array out) {
  for (int r = 0; r < x.rows; ++r) {
    double mean = 0;
    for (int c = 0; c < x.cols; ++c) mean += x.row(r)[c];
    mean /= x.cols;
    double variance = 0;
    for (int c = 0; c < x.cols; ++c) variance += std::pow(x.row(r)[c] - mean, 2);
    const double scale = 1 / std::sqrt(variance / x.cols + static_cast<double>(eps));
    for (int c = 0; c < x.cols; ++c)
      out.row(r)[c] =
          static_cast<float>((x.row(r)[c] - mean) * scale * static_cast<double>(gain[c]) +
                             static_cast<double>(bias[c]));
  }
}

void rope_store_kv(Array q, Array k, Array v, Array angles, const Cache& cache, int position) {
  for (int r = 0; r < q.rows; ++r) {
    const float* row_angles = angles.row(position + r);
    for (int h = 0; h < q.cols / cache.head_dim; ++h)
      rotate(q.row(r) + h * cache.head_dim, row_angles, angles.cols);
    for (int h = 0; h < cache.n_kv_heads; ++h) {
      std::vector<float> key(k.row(r) + h * cache.head_dim, k.row(r) + (h + 1) * cache.head_dim);
      rotate(key.data(), row_angles, angles.cols);
      store_row(cache, cache.k, h, position + r, key.data());
      store_row(cache, cache.v, h, position + r, v.row(r) + h * cache.head_dim);
    }
  }
}

void attention_causal(Array q, const Cache& cache, const float* mask, int position, Array out) {
  const int n_heads = q.cols / cache.head_dim;
  const int group = n_heads / cache.n_kv_heads;
  for (int r = 0; r < q.rows; ++r) {
    for (int h = 0; h < n_heads; ++h) {
      const float* query = q.row(r) + h * cache.head_dim;
      std::vector<double> scores(static_cast<std::size_t>(position + r + 1));
      for (std::size_t t = 0; t < scores.size(); ++t) {
        const auto key = load_row(cache, cache.k, h / group, static_cast<int>(t));
        double dot = 0;
        for (int i = 0; i < cache.head_dim; ++i)
          dot += static_cast<double>(query[i]) * key[static_cast<std::size_t>(i)];
        scores[t] =
            dot / std::sqrt(static_cast<double>(cache.head_dim)) + static_cast<double>(mask[t]);
      }
      softmax(scores);
      std::vector<double> sum(static_cast<std::size_t>(cache.head_dim));
      for (std::size_t t = 0; t < scores.size(); ++t) {
        const auto value = load_row(cache, cache.v, h / group, static_cast<int>(t));
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += scores[t] * value[i];
      }
      std::copy(sum.begin(), sum.end(), out.row(r) + h * cache.head_dim);
    }
  }
}

void attention_full(Array q, Array k, Array v, int n_heads, Array out) {
  const int head_dim = q.cols / n_heads;
  for (int r = 0; r < q.rows; ++r) {
    for (int h = 0; h < n_heads; ++h) {
      const int first = h * head_dim;
      std::vector<double> scores(static_cast<std::size_t>(k.rows));
      for (int t = 0; t < k.rows; ++t) {
        double dot = 0;
        for (int i = first; i < first + head_dim; ++i)
          dot += static_cast<double>(q.row(r)[i]) * k.row(t)[i];
        scores[static_cast<std::size_t>(t)] = dot / std::sqrt(static_cast<double>(head_dim));
      }
      softmax(scores);
      for (int i = first; i < first + head_dim; ++i) {
        double sum = 0;
        for (int t = 0; t < k.rows; ++t) sum += scores[static_cast<std::size_t>(t)] * v.row(t)[i];
        out.row(r)[i] = static_cast<float>(sum);
      }
    }
  }
}

void swiglu(Array gate, Array up, Array out) {
  for (int r = 0; r < out.rows; ++r)
    for (int c = 0; c < out.cols; ++c)
      out.row(r)[c] = static_cast<float>(activate(Activation::kSilu, gate.row(r)[c]) *
                                         static_cast<double>(up.row(r)[c]));
}

void matmul(Array x, Matrix w, const float* bias, Activation activation, Array residual,
            Array out) {
  for (int o = 0; o < w.rows; ++o) {
    const std::vector<float> weights = matrix_row(w, o);
    for (int r = 0; r < x.rows; ++r) {
      double sum = bias != nullptr ? static_cast<double>(bias[o]) : 0;
      for (int c = 0; c < x.cols; ++c)
        sum += static_cast<double>(x.row(r)[c]) * weights[static_cast<std::size_t>(c)];
      sum = activate(activation, sum);
      if (residual.data != nullptr) sum += static_cast<double>(residual.row(r)[o]);
      out.row(r)[o] = static_cast<float>(sum);
    }
  }
}

void add(Array a, Array b, Array out) {
  for (int r = 0; r < out.rows; ++r)
    for (int c = 0; c < out.cols; ++c) out.row(r)[c] = a.row(r)[c] + b.row(r)[c];
}

void activate(Array x, Activation activation, Array out) {
  for (int r = 0; r < out.rows; ++r)
    for (int c = 0; c < out.cols; ++c)
      out.row(r)[c] = static_cast<float>(activate(activation, x.row(r)[c]));
}

void embed_patches(Array patches, const float* class_embd, Array positions, Array out) {
  for (int r = 0; r < out.rows; ++r) {
    const float* token = r == 0 ? class_embd : patches.row(r - 1);
    for (int c = 0; c < out.cols; ++c) out.row(r)[c] = token[c] + positions.row(r)[c];
  }
}

void depthwise_conv3x3(Array x, Grid grid, int stride, const float* w, const float* bias,
                       Array residual, Array out) {
  const int out_width = (grid.width + stride - 1) / stride;
  for (int r = 0; r < out.rows; ++r) {
    const int y0 = r / out_width * stride - 1;
    const int x0 = r % out_width * stride - 1;
    for (int c = 0; c < out.cols; ++c) {
      double sum = bias != nullptr ? static_cast<double>(bias[c]) : 0;
      for (int dy = 0; dy < 3; ++dy) {
        for (int dx = 0; dx < 3; ++dx) {
          const int yy = y0 + dy;
          const int xx = x0 + dx;
          if (yy < 0 || yy >= grid.height || xx < 0 || xx >= grid.width) continue;
          sum += static_cast<double>(w[c * 9 + dy * 3 + dx]) * x.row(yy * grid.width + xx)[c];
        }
      }
      if (residual.data != nullptr) sum += static_cast<double>(residual.row(r)[c]);
      out.row(r)[c] = static_cast<float>(sum);
    }
  }
}

void adaptive_avg_pool(Array x, Grid grid, Grid out_grid, Array out) {
  for (int r = 0; r < out.rows; ++r) {
    const int oy = r / out_grid.width;
    const int ox = r % out_grid.width;
    const int y_begin = oy * grid.height / out_grid.height;
    const int y_end = ((oy + 1) * grid.height + out_grid.height - 1) / out_grid.height;
    const int x_begin = ox * grid.width / out_grid.width;
    const int x_end = ((ox + 1) * grid.width + out_grid.width - 1) / out_grid.width;
    for (int c = 0; c < out.cols; ++c) {
      double sum = 0;
      for (int yy = y_begin; yy < y_end; ++yy)
        for (int xx = x_begin; xx < x_end; ++xx) sum += x.row(yy * grid.width + xx)[c];
      out.row(r)[c] = static_cast<float>(sum / ((y_end - y_begin) * (x_end - x_begin)));
    }
  }
}

void global_avg_pool(Array x, Array out) {
  for (int c = 0; c < x.cols; ++c) {
    double sum = 0;
    for (int r = 0; r < x.rows; ++r) sum += x.row(r)[c];
    out.data[c] = static_cast<float>(sum / x.rows);
  }
}

void scale_channels(Array x, const float* scale, Array out) {
  for (int r = 0; r < x.rows; ++r)
    for (int c = 0; c < x.cols; ++c) out.row(r)[c] = x.row(r)[c] * scale[c];
}

}  // namespace galago::reference
