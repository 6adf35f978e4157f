// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "sensors/cpu_load.h"

#include <fstream>
#include <string>
#include <utility>

namespace galago {

std::optional<double> CpuLoad::read() {
  std::ifstream stat(stat_);
  std::string name;
  if (!(stat >> name) || name != "cpu") return std::nullopt;
  // user, nice, system, idle, iowait, irq, softirq, steal; guests are counted in user and nice.
  std::uint64_t values[8] = {};
  for (std::uint64_t& value : values)
    if (!(stat >> value)) return std::nullopt;
  std::uint64_t total = 0;
  for (const std::uint64_t value : values) total += value;
  const std::uint64_t busy = total - values[3] - values[4];
  const std::uint64_t total_before = std::exchange(total_, total);
  const std::uint64_t busy_before = std::exchange(busy_, busy);
  if (total_before == 0 || total <= total_before || busy < busy_before) return std::nullopt;
  return static_cast<double>(busy - busy_before) / static_cast<double>(total - total_before);
}

}  // namespace galago
