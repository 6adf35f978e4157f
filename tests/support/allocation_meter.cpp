// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "allocation_meter.h"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

thread_local galago::Allocations metered_allocations;

void* metered(std::size_t size) {
  metered_allocations.bytes += size;
  metered_allocations.largest = std::max(metered_allocations.largest, size);
  void* memory = std::malloc(size > 0 ? size : 1);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return metered(size); }

void* operator new[](std::size_t size) { return metered(size); }

// The standard's would call those above, but AddressSanitizer's do not.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return metered(size); }

void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return metered(size); }

void operator delete(void* memory) noexcept { std::free(memory); }

void operator delete[](void* memory) noexcept { std::free(memory); }

void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

galago::Allocations galago::allocations() { return metered_allocations; }

void galago::reset_allocations() { metered_allocations = {}; }
