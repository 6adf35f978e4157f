// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cpu/host_buffer.h"

#include <sys/mman.h>

#include <string>
#include <utility>

namespace galago::cpu {

HostBuffer::~HostBuffer() {
  if (mapping_ != nullptr) munmap(mapping_, bytes_.size());
}

Status HostBuffer::allocate(std::size_t size_bytes, Pages pages) {
  GALAGO_ASSERT(bytes_.empty());
  if (size_bytes == 0) return {};
  void* mapping =
      mmap(nullptr, size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED)
    return Error{Errc::kOutOfMemory,
                 "there is no room for " + std::to_string(size_bytes >> 20) +
                     " MB more; use a shorter context or a smaller model",
                 {}};
  if (pages == Pages::kLarge) madvise(mapping, size_bytes, MADV_HUGEPAGE);  // a wish, no more
  mapping_ = static_cast<std::byte*>(mapping);
  bytes_ = {mapping_, size_bytes};
  return {};
}

void HostBuffer::borrow(std::span<const std::byte> bytes, std::shared_ptr<const void> keep_alive) {
  GALAGO_ASSERT(bytes_.empty());
  bytes_ = bytes;
  keep_alive_ = std::move(keep_alive);
}

}  // namespace galago::cpu
