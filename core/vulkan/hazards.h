// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Where a barrier is needed between dispatches: before one that touches what an earlier one since
// the last barrier wrote, or writes what one has read. Others may run side by side.
#pragma once

#include <span>
#include <vector>

#include "vulkan/dispatch.h"

namespace galago::vulkan {

class Hazards {
 public:
  /// Notes a dispatch; true: a barrier has to come before it.
  bool add(std::span<const Operand> operands);

  void clear() { touched_.clear(); }

 private:
  bool meets(const Operand& operand) const;

  std::vector<Operand> touched_;
};

}  // namespace galago::vulkan
