// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Keys and values of all layers: at context 2048, 24 layers of width 2048 in f16, 403 MB, of which
// a host takes only the pages it has written.
#pragma once

#include <memory>

#include "device/device.h"
#include "model/model_config.h"

namespace galago {

class KvCache {
 public:
  /// Room for `capacity` tokens; `dtype` kF16 or kF32. Errors: kOutOfMemory.
  static Result<KvCache> create(Device& device, const LanguageConfig& config, int capacity,
                                DType dtype);

  KvLayer layer(int index) const;

  int capacity() const { return capacity_; }

  std::size_t size_bytes() const { return k_->size_bytes() + v_->size_bytes(); }

 private:
  std::unique_ptr<Buffer> k_;
  std::unique_ptr<Buffer> v_;
  int n_kv_heads_ = 0;
  int head_dim_ = 0;
  int capacity_ = 0;
  DType dtype_ = DType::kF16;
};

}  // namespace galago
