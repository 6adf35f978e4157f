// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The quantisations of whole models by the names that people know. A mix keeps most matrices in one
// type, and those that matter more in another.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/dtype.h"

namespace galago {

enum class Mix : std::uint8_t {
  kF32,
  kF16,
  kBF16,
  kQ8_0,
  kQ6_K,
  kQ5_K_M,
  kQ5_K_S,
  kQ5_1,
  kQ5_0,
  kQ4_K_M,
  kQ4_K_S,
  kQ4_1,
  kQ4_0,
  kQ3_K_L,
  kQ3_K_M,
  kQ3_K_S,
  kQ2_K,
};

struct MixInfo {
  Mix mix;
  std::string_view name;    ///< "q4_K_M"
  DType type;               ///< of most matrices
  std::uint32_t file_type;  ///< GGUF's general.file_type
  bool suits_projectors;    ///< the tower and the projector stay useful in it
};

/// Largest first.
std::span<const MixInfo> all_mixes();
const MixInfo& mix_info(Mix mix);

/// Upper and lower case are the same; "q3_K", "q4_K" and "q5_K" are the _M mixes.
std::optional<Mix> mix_from_name(std::string_view name);

}  // namespace galago
