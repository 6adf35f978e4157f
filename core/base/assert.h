// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// For bugs only: content of files and input of users is reported as an Error, never asserted.
#pragma once

namespace galago {

[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

}  // namespace galago

#define GALAGO_ASSERT(expression) \
  ((expression) ? void() : ::galago::assertion_failed(#expression, __FILE__, __LINE__))
