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
#include "own_home.h"
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

  OwnHome home_;
  std::filesystem::path library_ = home_.path() / "models";
  Variable models_{"GALAGO_MODELS", library_};
};

}  // namespace galago
