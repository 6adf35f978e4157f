// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Reads the settings of a model from JSON, with the checks that all of them need.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace galago {

/// Far above any model of this family, low enough that products of two stay in 64 bits.
inline constexpr std::int64_t kLargestSize = 1 << 17;
inline constexpr std::int64_t kLargestLayerCount = 512;
inline constexpr std::int64_t kLargestVocabulary = 1 << 20;
inline constexpr std::int64_t kLargestContext = 1 << 20;

class ConfigReader {
 public:
  /// `object` must outlive the reader.
  explicit ConfigReader(const nlohmann::json& object) : object_(object) {}

  /// Between 1 and `largest`. Errors: kFormat (absurd, or missing without a fallback).
  Result<std::int64_t> count(const char* key, std::int64_t largest,
                             std::optional<std::int64_t> fallback = {}) const;
  /// A positive finite number, as f32. Errors: the same.
  Result<float> positive(const char* key, std::optional<double> fallback = {}) const;
  /// `fallback` when it is missing or null.
  std::string text(const char* key, std::string_view fallback) const;
  bool flag(const char* key) const;

  /// Errors: kUnsupported, unless the text is one of `known`.
  Status expect(const char* key, std::string_view fallback,
                std::initializer_list<std::string_view> known) const;

 private:
  bool is_missing(const char* key) const;

  const nlohmann::json& object_;
};

}  // namespace galago
