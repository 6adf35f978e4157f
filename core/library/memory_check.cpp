// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/memory_check.h"

#include "base/free_memory.h"
#include "library/memory_need.h"

namespace galago {

Status check_memory_for(const ModelFiles& files, std::optional<std::uint64_t> device_free,
                        std::uint64_t context) {
  const auto free_bytes = device_free ? device_free : free_memory();
  const auto facts = read_model_facts(files.language_model, files.mmproj);
  if (!free_bytes || !facts) return {};
  return check_memory(*facts, *free_bytes, context);
}

}  // namespace galago
