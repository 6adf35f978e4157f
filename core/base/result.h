// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Result<T>: a value or an Error. Member names follow std::expected (C++23), so that a later
// alias is a one-line change.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "base/error.h"

namespace galago {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(*-explicit-*)

  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(*-explicit-*)

  bool has_value() const { return state_.index() == 0; }

  explicit operator bool() const { return has_value(); }

  T& value() & { return std::get<0>(state_); }

  const T& value() const& { return std::get<0>(state_); }

  T&& value() && { return std::get<0>(std::move(state_)); }

  Error& error() & { return std::get<1>(state_); }

  const Error& error() const& { return std::get<1>(state_); }

  Error&& error() && { return std::get<1>(std::move(state_)); }

  T& operator*() & { return value(); }

  const T& operator*() const& { return value(); }

  T&& operator*() && { return std::move(*this).value(); }

  T* operator->() { return &value(); }

  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;

  Result(Error error) : error_(std::move(error)) {}  // NOLINT(*-explicit-*)

  bool has_value() const { return !error_.has_value(); }

  explicit operator bool() const { return has_value(); }

  Error& error() & { return *error_; }

  const Error& error() const& { return *error_; }

  Error&& error() && { return *std::move(error_); }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace galago

#define GALAGO_CONCAT_(a, b) a##b
#define GALAGO_CONCAT(a, b) GALAGO_CONCAT_(a, b)

/// `GALAGO_TRY(expr);` returns the error of a Status-valued expression to the caller.
/// `GALAGO_TRY(decl, expr);` does so for a Result<T>, else initialises `decl` with the value.
#define GALAGO_TRY(...) \
  GALAGO_TRY_PICK_(__VA_ARGS__, GALAGO_TRY_ASSIGN_, GALAGO_TRY_STATUS_, )(__VA_ARGS__)
#define GALAGO_TRY_PICK_(a, b, pick, ...) pick
#define GALAGO_TRY_STATUS_(expr)                                   \
  do {                                                             \
    if (auto galago_status_ = (expr); !galago_status_.has_value()) \
      return std::move(galago_status_).error();                    \
  } while (false)
#define GALAGO_TRY_ASSIGN_(decl, expr)                                 \
  auto GALAGO_CONCAT(galago_result_, __LINE__) = (expr);               \
  if (!GALAGO_CONCAT(galago_result_, __LINE__).has_value())            \
    return std::move(GALAGO_CONCAT(galago_result_, __LINE__)).error(); \
  decl = std::move(GALAGO_CONCAT(galago_result_, __LINE__)).value()
