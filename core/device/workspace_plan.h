// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Places a program's scratch tensors in one block: a stack whose peak is the block's size.
#pragma once

#include <algorithm>
#include <cstddef>

#include "base/assert.h"

namespace galago {

class WorkspacePlan {
 public:
  static constexpr std::size_t kAlignment = 64;

  /// The offset of `size` new bytes.
  std::size_t push(std::size_t size) {
    const std::size_t offset = top_;
    top_ += (size + kAlignment - 1) / kAlignment * kAlignment;
    peak_ = std::max(peak_, top_);
    return offset;
  }

  std::size_t mark() const { return top_; }

  void release(std::size_t mark) {
    GALAGO_ASSERT(mark <= top_);
    top_ = mark;
  }

  std::size_t peak_bytes() const { return peak_; }

 private:
  std::size_t top_ = 0;
  std::size_t peak_ = 0;
};

}  // namespace galago
