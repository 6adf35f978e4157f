// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/hazards.h"

#include <algorithm>

namespace galago::vulkan {

bool Hazards::add(std::span<const Operand> operands) {
  const bool needs_barrier =
      std::any_of(operands.begin(), operands.end(), [this](const Operand& o) { return meets(o); });
  if (needs_barrier) clear();
  for (const Operand& operand : operands)
    if (operand.size > 0) touched_.push_back(operand);
  return needs_barrier;
}

bool Hazards::meets(const Operand& operand) const {
  if (operand.size == 0) return false;
  return std::any_of(touched_.begin(), touched_.end(), [&](const Operand& earlier) {
    return (earlier.is_written || operand.is_written) && earlier.buffer == operand.buffer &&
           earlier.offset < operand.offset + operand.size &&
           operand.offset < earlier.offset + earlier.size;
  });
}

}  // namespace galago::vulkan
