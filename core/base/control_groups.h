// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Linux's control groups, which may limit a process's memory and processor time.
#pragma once

#include <filesystem>
#include <vector>

namespace galago {

/// Folders of the groups that this process is in, its own first and `mount`, the root's, last, by
/// the unified hierarchy. Each may have a limit of its own. `own_group`: /proc/self/cgroup.
std::vector<std::filesystem::path> control_groups(const std::filesystem::path& own_group,
                                                  const std::filesystem::path& mount);

}  // namespace galago
