// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/built_in.h"

#include <system_error>
#include <utility>

#include "library/data_folder.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = "galago-tiny";
constexpr const char* kName = "Galago Tiny";

}  // namespace

fs::path built_in_folder() {
  const fs::path data = data_folder();
  return data.empty() ? fs::path() : data / "models" / kFolder;
}

ModelFiles built_in_or(std::string name, const fs::path& language_model) {
  std::error_code error;  // a folder that is not there is not equivalent
  const bool is_built_in =
      fs::equivalent(language_model.parent_path(), built_in_folder(), error) && !error;
  return {is_built_in ? kName : std::move(name), language_model, {}, is_built_in};
}

}  // namespace galago
