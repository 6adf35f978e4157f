// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Keeps a second program, or a second window, out of a folder that is being written.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace galago {

class FolderLock {
 public:
  /// Holds `file`, which is made and removed again; a killed program holds nothing any longer.
  /// Errors: kIo, somebody else holds it.
  static Result<FolderLock> take(const std::filesystem::path& file);

  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  FolderLock(int descriptor, std::filesystem::path file);

  void release();

  int descriptor_ = -1;
  std::filesystem::path file_;
};

}  // namespace galago
