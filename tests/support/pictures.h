// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The pictures of tests/data/images and what is expected of them; see the README there.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/mapped_file.h"
#include "image/image.h"
#include "image/image_decoder.h"
#include "test_data.h"

namespace galago {

inline std::vector<std::byte> read_file(const std::filesystem::path& path) {
  const auto file = MappedFile::open(path);
  if (!file) {
    ADD_FAILURE() << file.error().message();
    return {};
  }
  return {(*file)->bytes().begin(), (*file)->bytes().end()};
}

inline std::filesystem::path picture_folder() { return test_data_folder() / "images"; }

/// expected.json: per file the texts that describe() should give.
inline const nlohmann::json& expected_pictures() {
  static const nlohmann::json parsed = [] {
    std::ifstream file(picture_folder() / "expected.json");
    return file ? nlohmann::json::parse(file) : nlohmann::json::object();
  }();
  return parsed;
}

inline std::vector<std::string> picture_names() {
  std::vector<std::string> names;
  for (const auto& [name, values] : expected_pictures().items()) names.push_back(name);
  return names;
}

/// "33x27 b3baf01376a8f7b4": the size and the 64-bit FNV-1a hash of the pixels.
inline std::string describe(const Image& image) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const std::uint8_t value : image.pixels) hash = (hash ^ value) * 0x100000001B3;
  char text[64];
  std::snprintf(text, sizeof text, "%dx%d %016llx", image.width, image.height,
                static_cast<unsigned long long>(hash));
  return text;
}

inline std::string describe(const Result<Image>& image) {
  return image ? describe(*image) : image.error().message();
}

/// The name of a file as the name of a test.
inline std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name)
    if (c == '.') c = '_';
  return name;
}

}  // namespace galago
