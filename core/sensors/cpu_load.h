// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How busy the processor is, all cores and all programs together.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace galago {

class CpuLoad {
 public:
  explicit CpuLoad(std::filesystem::path stat = "/proc/stat") : stat_(std::move(stat)) {}

  /// 0 to 1, since the call before; nothing at the first one, or where it is not known.
  std::optional<double> read();

 private:
  std::filesystem::path stat_;
  std::uint64_t busy_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace galago
