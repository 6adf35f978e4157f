// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/disk_room.h"

#include <system_error>

#include "base/size_text.h"

namespace galago {

namespace fs = std::filesystem;

fs::path nearest_there(const fs::path& path) {
  std::error_code error;
  fs::path there = fs::absolute(path, error);
  while (!fs::exists(there, error) && there.has_relative_path()) there = there.parent_path();
  return there;
}

std::optional<std::uint64_t> free_room(const fs::path& path) {
  std::error_code error;
  const fs::space_info space = fs::space(nearest_there(path), error);
  if (error) return {};
  return space.available;
}

Status check_room(const fs::path& path, std::uint64_t bytes) {
  const auto available = free_room(path);
  if (!available || *available >= bytes) return {};
  return Error{Errc::kIo,
               "there is not enough room on the disk: " + size_text(bytes) + " are needed, " +
                   size_text(*available) + " are free",
               {nearest_there(path).string()}};
}

}  // namespace galago
