// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Memory of the CPU device: its own, or a weight used where the file's mapping holds it.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "base/result.h"
#include "device/tensor.h"

namespace galago::cpu {

/// How the system is asked to lay memory out: large pages cost fewer address look-ups (vision
/// attention: -3 %), but a first byte then takes 2 MB.
enum class Pages { kSmall, kLarge };

class HostBuffer final : public Buffer {
 public:
  /// Empty: allocate() or borrow() fill it, once.
  HostBuffer() = default;
  ~HostBuffer() override;

  /// Zero-filled, page-aligned; a page takes memory once it is written. Errors: kOutOfMemory.
  Status allocate(std::size_t size_bytes, Pages pages = Pages::kSmall);
  /// Read-only bytes that `keep_alive` owns.
  void borrow(std::span<const std::byte> bytes, std::shared_ptr<const void> keep_alive);

  std::size_t size_bytes() const override { return bytes_.size(); }

  const std::byte* data() const { return bytes_.data(); }

  /// Not of borrowed bytes.
  std::byte* mutable_data() {
    GALAGO_ASSERT(bytes_.data() == mapping_);
    return mapping_;
  }

 private:
  std::span<const std::byte> bytes_;
  std::byte* mapping_ = nullptr;  ///< bytes_, when they are this buffer's own
  std::shared_ptr<const void> keep_alive_;
};

/// The first byte of a tensor on the CPU device.
inline const std::byte* bytes_of(const Tensor& t) {
  return static_cast<const HostBuffer*>(t.buffer)->data() + t.offset_bytes;
}

inline std::byte* mutable_bytes_of(const Tensor& t) {
  return static_cast<HostBuffer*>(t.buffer)->mutable_data() + t.offset_bytes;
}

}  // namespace galago::cpu
