// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/disk_room.h"

#include <system_error>

#include "library/memory_need.h"

namespace galago {

Status check_room(const std::filesystem::path& folder, std::uint64_t bytes) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::path there = fs::absolute(folder, error);
  while (!fs::exists(there, error) && there.has_relative_path()) there = there.parent_path();
  const fs::space_info space = fs::space(there, error);
  if (error || space.available >= bytes) return {};  // where nothing is known, writing will tell
  return Error{Errc::kIo,
               "there is not enough room on the disk: " + size_text(bytes) + " are needed, " +
                   size_text(space.available) + " are free",
               {there.string()}};
}

}  // namespace galago
