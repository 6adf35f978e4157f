// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How Linux tells single facts: in files of one line.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace galago {

/// The first line of a file; empty if there is none.
inline std::string first_line_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

}  // namespace galago
