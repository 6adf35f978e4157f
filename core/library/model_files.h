// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace galago {

struct ModelFiles {
  std::string name;  ///< for people: the folder's or the file's name
  std::filesystem::path language_model;
  std::filesystem::path mmproj;  ///< empty: none found
  bool is_built_in = false;      ///< the demonstration model that comes with Galago

  friend bool operator==(const ModelFiles&, const ModelFiles&) = default;
};

}  // namespace galago
