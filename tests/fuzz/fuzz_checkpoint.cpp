// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as the files of an original checkpoint: a ZIP archive or an older file of torch.save,
// the pickle in one, a safetensors file, a list of files. They are refused, or all that they show
// can be read.
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "checkpoint/pickle.h"
#include "checkpoint/safetensors.h"
#include "checkpoint/shard_index.h"
#include "checkpoint/torch_file.h"
#include "checkpoint_builder.h"

namespace {

/// A pickle alone is tried in a sound archive, so that changes need not get past ZIP first.
bool wants_archive(std::span<const std::byte> bytes) {
  return !galago::is_torch_file(bytes) && !bytes.empty() && bytes[0] == std::byte{0x80};
}

template <class T>
void check(const galago::Result<T>& result) {
  if (!result && result.error().detail.empty()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // An exact copy on the heap: the address sanitizer sees every byte read too far.
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(data[i]);
  if (wants_archive(bytes)) bytes = galago::build_torch_file(bytes, galago::sample_tensors());
  for (const auto& tensors : {galago::read_torch_file(bytes), galago::read_safetensors(bytes)}) {
    check(tensors);
    if (!tensors) continue;
    volatile double sink = galago::exercise(*tensors);
    static_cast<void>(sink);
  }
  check(galago::read_pickle(bytes));
  check(galago::read_shard_index(bytes));
  return 0;
}
