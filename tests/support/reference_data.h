// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Where the numbers of the original PyTorch code lie. They are large and not part of the
// repository: tests that need them are skipped where they are absent.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace galago {

/// GALAGO_REFERENCE, else ../shared/reference beside the repository.
inline std::filesystem::path reference_folder() {
  const char* folder = std::getenv("GALAGO_REFERENCE");
  return folder != nullptr
             ? std::filesystem::path(folder)
             : std::filesystem::path(GALAGO_TESTS_DIR) / ".." / ".." / "shared" / "reference";
}

inline bool reference_data_present() {
  std::error_code error;
  return std::filesystem::exists(reference_folder() / "manifest.json", error);
}

}  // namespace galago

/// Ends the test as skipped, naming the folder, where the reference data is absent.
#define GALAGO_SKIP_WITHOUT_REFERENCE()                                            \
  if (!::galago::reference_data_present())                                         \
  GTEST_SKIP() << "no reference data in " << ::galago::reference_folder().string() \
               << " (GALAGO_REFERENCE names another folder)"
