// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Brings the tensors of a GGUF file to a device, with their shapes checked.
#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>

#include "base/function_ref.h"
#include "device/device.h"
#include "gguf/gguf_reader.h"

namespace galago {

class WeightLoader {
 public:
  /// `loaded` hears the bytes of each tensor that has come to the device.
  WeightLoader(std::shared_ptr<const GgufFile> file, Device& device, std::stop_token stop,
               FunctionRef<void(std::size_t bytes)> loaded);

  bool has(const std::string& name) const;
  /// Whether the file holds this tensor as [rows, cols].
  bool has_shape(const std::string& name, int rows, int cols) const;
  /// Rows of a tensor seen as a matrix (the slowest dimensions); 0 when there is none.
  int rows_of(const std::string& name) const;

  /// [rows, cols] in the file's type, used in place where the device can. Trailing dimensions of a
  /// convolution count as columns: [D, 3, 14, 14] is [D, 588].
  Result<Weight> matrix(const std::string& name, int rows, int cols);
  /// [1, cols], converted to f32: a gain or bias.
  Result<Weight> vector(const std::string& name, int cols);
  /// [rows, cols], converted to f32: position embeddings, depthwise kernels.
  Result<Weight> small_matrix(const std::string& name, int rows, int cols);

 private:
  Result<HostTensor> find(const std::string& name, int rows, int cols) const;
  Result<Weight> upload(const HostTensor& tensor);

  std::shared_ptr<const GgufFile> file_;
  Device& device_;
  std::stop_token stop_;
  FunctionRef<void(std::size_t)> loaded_;
};

}  // namespace galago
