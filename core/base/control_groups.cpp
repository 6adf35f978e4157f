// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/control_groups.h"

#include <fstream>
#include <string>

namespace galago {

namespace fs = std::filesystem;

std::vector<fs::path> control_groups(const fs::path& own_group, const fs::path& mount) {
  fs::path path;  // below the root: the line "0::/path"
  std::ifstream file(own_group);
  for (std::string line; std::getline(file, line);)
    if (line.rfind("0::/", 0) == 0) path = fs::path(line.substr(4)).lexically_normal();
  std::vector<fs::path> groups;
  for (; path.has_relative_path(); path = path.parent_path()) groups.push_back(mount / path);
  groups.push_back(mount);
  return groups;
}

}  // namespace galago
