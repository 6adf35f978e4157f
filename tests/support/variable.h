// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// An environment variable, for the time of a test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace galago {

/// Sets a variable, and at the end what it was before.
class Variable {
 public:
  Variable(const char* name, const std::filesystem::path& value) : name_(name) {
    if (const char* before = std::getenv(name)) {
      had_ = true;
      before_ = before;
    }
    ::setenv(name, value.c_str(), 1);
  }

  explicit Variable(const char* name) : Variable(name, "") { ::unsetenv(name); }

  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

  ~Variable() {
    if (had_)
      ::setenv(name_, before_.c_str(), 1);
    else
      ::unsetenv(name_);
  }

 private:
  const char* name_;
  bool had_ = false;
  std::string before_;
};

}  // namespace galago
