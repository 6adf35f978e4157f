// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a GGUF file: it is refused, or all that it says can be asked for.
#include <cstddef>
#include <cstdint>
#include <span>

#include "gguf_builder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = galago::parse_copy(std::as_bytes(std::span(data, size)));
  if (!file) return file.error().detail.empty() ? -1 : 0;
  volatile double sink = galago::exercise(**file);
  static_cast<void>(sink);
  return 0;
}
