// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Which cores to compute on.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

namespace galago {

struct ComputeCores {
  int count = 1;          ///< threads that are worth having
  std::vector<int> cpus;  ///< where they should stay, as Linux numbers them; empty: anywhere
};

/// Cores this process may use: hardware threads of one core count once; the affinity mask and the
/// CPU quota of control groups are respected. Of processors whose cores differ in strength
/// (big.LITTLE), only the big ones: a loop is as slow as its slowest worker, and a small core takes
/// several times as long. `root` is another "/" and `mask` other CPUs that it may run on, for
/// tests.
ComputeCores compute_cores(const std::filesystem::path& root = "/",
                           const std::optional<std::vector<int>>& mask = std::nullopt);

/// Lets the current thread run on these CPUs only; no CPUs, or none of them allowed: no change.
void keep_thread_on(const std::vector<int>& cpus);

}  // namespace galago
