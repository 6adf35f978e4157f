// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Members of one JSON object of a script, checked: a wrong type, an absurd size or a name that
// means nothing is an error that says where.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace galago {

class ScriptFields {
 public:
  /// `object` must outlive the fields. `place`: "cases[2]"; empty: the script itself.
  ScriptFields(const nlohmann::json& object, std::string place)
      : object_(object), place_(std::move(place)) {}

  /// Errors, of this and all below: kFormat, with the place.
  Status expect_object(std::initializer_list<std::string_view> known) const;

  bool has(const char* key) const;
  /// Empty where it is absent.
  Result<std::string> text(const char* key, std::size_t max_bytes = 1 << 10) const;
  /// A text, or a list of texts.
  Result<std::vector<std::string>> texts(const char* key, std::size_t max_bytes) const;
  Result<std::uint64_t> count(const char* key, std::uint64_t least, std::uint64_t most,
                              std::uint64_t fallback) const;
  Result<float> number(const char* key, double least, double most, float fallback) const;
  Result<bool> flag(const char* key, bool fallback) const;
  /// Null where it is absent.
  Result<const nlohmann::json*> object(const char* key) const;
  Result<const nlohmann::json*> list(const char* key, std::size_t max_items) const;

  /// "cases[2].prompt"
  std::string place(std::string_view key) const;
  Error wrong(std::string_view key, std::string what) const;

 private:
  const nlohmann::json* member(const char* key) const;

  const nlohmann::json& object_;
  std::string place_;
};

}  // namespace galago
