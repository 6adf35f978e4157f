// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/cpu_cores.h"

#include <sched.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <set>
#include <sstream>
#include <string>
#include <thread>

#include "base/control_groups.h"
#include "base/first_line.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

/// Of the strongest core's capacity: what a core needs to count as big. A Cortex-A55 beside A76 has
/// less than half, an A715 beside an X3 more than three quarters.
constexpr double kBigShare = 0.6;

/// Part numbers of the cores that Arm makes to be small beside big ones: Cortex-A35, A53, A55,
/// A510, A520.
constexpr std::array kSmallParts = {0xD04, 0xD03, 0xD05, 0xD46, 0xD80};
constexpr int kArm = 0x41;

/// CPU numbers this process may run on; empty if the system does not say.
std::vector<int> allowed_cpus() {
  // The kernel refuses masks smaller than its own: grow until it fits.
  for (std::size_t words = 16; words <= 4096; words *= 2) {
    std::vector<cpu_set_t> mask(words);
    const std::size_t bytes = mask.size() * sizeof(cpu_set_t);
    if (sched_getaffinity(0, bytes, mask.data()) != 0) continue;
    std::vector<int> cpus;
    for (int cpu = 0; cpu < static_cast<int>(bytes * 8); ++cpu)
      if (CPU_ISSET_S(static_cast<std::size_t>(cpu), bytes, mask.data())) cpus.push_back(cpu);
    return cpus;
  }
  return {};
}

/// Whole cores in "max 100000" or "150000 100000" (microseconds of run time per period).
int cores_of_quota(const std::string& quota_and_period) {
  std::istringstream in(quota_and_period);
  double quota = 0;
  double period = 0;
  if (!(in >> quota >> period) || quota <= 0 || period <= 0)
    return std::numeric_limits<int>::max();  // "max", "-1", or nothing: no limit
  return static_cast<int>(std::clamp(quota / period, 1.0, 1e6));
}

/// The smallest limit of this process's control group and the groups around it.
int cores_of_control_groups(const fs::path& root) {
  const fs::path mount = root / "sys/fs/cgroup";
  int cores = std::numeric_limits<int>::max();
  for (const fs::path& group : control_groups(root / "proc/self/cgroup", mount))
    cores = std::min(cores, cores_of_quota(first_line_of(group / "cpu.max")));
  const fs::path v1 = mount / "cpu";
  return std::min(cores, cores_of_quota(first_line_of(v1 / "cpu.cfs_quota_us") + ' ' +
                                        first_line_of(v1 / "cpu.cfs_period_us")));
}

fs::path cpu_folder(const fs::path& root, int cpu) {
  return root / "sys/devices/system/cpu" / ("cpu" + std::to_string(cpu));
}

/// By the processor's own identification register: its maker and part number.
bool is_small_part(int cpu, const fs::path& root) {
  const std::string text = first_line_of(cpu_folder(root, cpu) / "regs/identification/midr_el1");
  const unsigned long long id = std::strtoull(text.c_str(), nullptr, 16);
  const auto part = static_cast<int>((id >> 4) & 0xFFF);
  return static_cast<int>((id >> 24) & 0xFF) == kArm &&
         std::find(kSmallParts.begin(), kSmallParts.end(), part) != kSmallParts.end();
}

/// Those of at least kBigShare of the strongest one's capacity. Where Linux says nothing of
/// capacities (a device tree without them, ACPI), those that are not of a small kind, unless all
/// are.
std::vector<int> big_ones(const std::vector<int>& cpus, const fs::path& root) {
  std::vector<int> capacities;
  capacities.reserve(cpus.size());
  for (const int cpu : cpus)
    capacities.push_back(std::atoi(first_line_of(cpu_folder(root, cpu) / "cpu_capacity").c_str()));
  const int most = capacities.empty() ? 0 : *std::max_element(capacities.begin(), capacities.end());
  std::vector<int> big;
  for (std::size_t i = 0; i < cpus.size(); ++i)
    if (most > 0 ? capacities[i] >= kBigShare * most : !is_small_part(cpus[i], root))
      big.push_back(cpus[i]);
  return big.empty() ? cpus : big;
}

}  // namespace

ComputeCores compute_cores(const fs::path& root, const std::optional<std::vector<int>>& mask) {
  const std::vector<int> allowed = mask ? *mask : allowed_cpus();
  const std::vector<int> big = big_ones(allowed, root);
  std::set<std::string> cores;
  for (const int cpu : big) {
    const std::string siblings =
        first_line_of(cpu_folder(root, cpu) / "topology/thread_siblings_list");
    cores.insert(siblings.empty() ? std::to_string(cpu) : siblings);
  }
  const int count = cores.empty() ? static_cast<int>(std::thread::hardware_concurrency())
                                  : static_cast<int>(cores.size());
  ComputeCores result;
  result.count = std::max(1, std::min(count, cores_of_control_groups(root)));
  if (big.size() < allowed.size()) result.cpus = big;
  return result;
}

void keep_thread_on(const std::vector<int>& cpus) {
  if (cpus.empty()) return;
  const int last = *std::max_element(cpus.begin(), cpus.end());
  std::vector<cpu_set_t> mask(static_cast<std::size_t>(last) / CPU_SETSIZE + 1);
  const std::size_t bytes = mask.size() * sizeof(cpu_set_t);
  for (const int cpu : cpus) CPU_SET_S(static_cast<std::size_t>(cpu), bytes, mask.data());
  sched_setaffinity(0, bytes, mask.data());  // refused: the thread stays where it may be
}

}  // namespace galago
