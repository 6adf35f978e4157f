// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// For what runs on a thread, which exceptions must not leave.
#pragma once

#include <exception>
#include <functional>
#include <new>
#include <type_traits>

#include "base/result.h"

namespace galago {

/// What `call` gives, a Status or a Result; what a library throws in it becomes an error.
template <class Call>
std::invoke_result_t<Call&> guarded(Call&& call) {
  try {
    return std::invoke(call);
  } catch (const std::bad_alloc&) {
    return Error{Errc::kOutOfMemory, "There is not enough memory.", {}};
  } catch (const std::exception& exception) {
    return Error{Errc::kInternal, exception.what(), {}};
  }
}

}  // namespace galago
