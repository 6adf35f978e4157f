// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A library with one small model in it, in a home of its own.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "library/installed_models.h"
#include "temporary_folder.h"
#include "test_data.h"
#include "variable.h"

namespace galago {

class LibraryTest : public ::testing::Test {
 protected:
  void SetUp() override { place_model(library_ / "me" / "small"); }

  static void place_model(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    for (const char* file : {"ggml-model-f16.gguf", "mmproj-model-f16.gguf"})
      std::filesystem::copy_file(test_data_folder() / "model" / file, folder / file);
  }

  static std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  static InstalledModel model(const std::string& name = "me/small") {
    auto found = find_installed_model(name);
    if (!found) ADD_FAILURE() << found.error().message();
    return found ? *std::move(found) : InstalledModel();
  }

  TemporaryFolder home_;
  std::filesystem::path library_ = home_.path() / "models";
  Variable models_{"GALAGO_MODELS", library_};
  Variable home_variable_{"HOME", home_.path()};
  Variable data_{"XDG_DATA_HOME", home_.path() / "data"};
  Variable config_{"XDG_CONFIG_HOME", home_.path() / "config"};
  Variable cache_{"XDG_CACHE_HOME", home_.path() / "cache"};
  Variable system_{"XDG_DATA_DIRS", home_.path() / "system"};
  Variable own_{"GALAGO_DATA", home_.path() / "own"};
};

}  // namespace galago
