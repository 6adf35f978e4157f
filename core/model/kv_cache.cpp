// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "model/kv_cache.h"

namespace galago {

Result<KvCache> KvCache::create(Device& device, const LanguageConfig& config, int capacity,
                                DType dtype) {
  GALAGO_ASSERT(dtype == DType::kF16 || dtype == DType::kF32);
  KvCache cache;
  cache.n_kv_heads_ = config.n_kv_heads;
  cache.head_dim_ = config.head_dim;
  cache.capacity_ = capacity;
  cache.dtype_ = dtype;
  const std::size_t layer_bytes = static_cast<std::size_t>(config.n_kv_heads) *
                                  static_cast<std::size_t>(capacity) *
                                  row_bytes(dtype, config.head_dim);
  const std::size_t bytes = layer_bytes * static_cast<std::size_t>(config.n_layers);
  GALAGO_TRY(cache.k_, device.allocate(bytes));
  GALAGO_TRY(cache.v_, device.allocate(bytes));
  return cache;
}

KvLayer KvCache::layer(int index) const {
  Tensor k{k_.get(), 0, dtype_, {n_kv_heads_ * capacity_, false}, head_dim_};
  k.offset_bytes = k.size_bytes() * static_cast<std::size_t>(index);
  Tensor v = k;
  v.buffer = v_.get();
  return {k, v, n_kv_heads_, capacity_};
}

}  // namespace galago
