// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Where the tests' own data lies: tests/data, which is part of the repository.
#pragma once

#include <cstdlib>
#include <filesystem>

namespace galago {

/// GALAGO_TEST_DATA, else tests/data of the source tree.
inline std::filesystem::path test_data_folder() {
  const char* folder = std::getenv("GALAGO_TEST_DATA");
  return folder != nullptr ? std::filesystem::path(folder)
                           : std::filesystem::path(GALAGO_TESTS_DIR) / "data";
}

}  // namespace galago
