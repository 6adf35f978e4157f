// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/measured_rates.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <utility>

#include "base/file_fingerprint.h"
#include "base/file_size.h"
#include "base/mapped_file.h"
#include "library/json_reader.h"
#include "library/user_folders.h"

namespace galago {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr int kFormat = 1;
constexpr std::size_t kLargestFile = 1U << 20;
constexpr std::size_t kMostRates = 500;
constexpr std::size_t kLongestName = 100;
constexpr std::uint64_t kMostThreads = 4096;
constexpr double kFastest = 1e6;  // tokens a second; more is a damaged file
constexpr double kMillisecondsPerSecond = 1e3;

fs::path rates_path() {
  const fs::path state = user_state_folder();
  return state.empty() ? state : state / "rates.json";
}

std::optional<std::uint64_t> fingerprint_of(const fs::path& path) {
  const auto file = MappedFile::open(path);
  if (!file) return {};
  return file_fingerprint(**file);
}

Result<MeasuredRate> read_rate(const json& object) {
  MeasuredRate rate;
  GALAGO_TRY(rate.device, json_text(object, "device", kLongestName));
  GALAGO_TRY(const auto threads, json_count(object, "threads", kMostThreads));
  GALAGO_TRY(const auto time, json_count(object, "measured_at", std::uint64_t{1} << 40));
  const auto speed = object.find("tokens_per_second");
  if (!threads || !time || speed == object.end() || !speed->is_number())
    return Error{Errc::kFormat, "a rate lacks something", {}};
  rate.threads = static_cast<int>(*threads);
  rate.measured_at = static_cast<std::int64_t>(*time);
  rate.tokens_per_second = speed->get<double>();
  const bool is_possible = rate.tokens_per_second > 0 && rate.tokens_per_second < kFastest;
  if (!is_possible) return Error{Errc::kFormat, "a rate is impossible", {}};
  return rate;
}

Result<json> read_file(const fs::path& path) {
  GALAGO_TRY(const std::string text, read_text_file(path, kLargestFile));
  GALAGO_TRY(const json value, parse_json_object(text, kFormat));
  return json_objects(value, "rates", kMostRates);
}

}  // namespace

MeasuredRates MeasuredRates::load() {
  MeasuredRates rates;
  const fs::path path = rates_path();
  if (path.empty()) return rates;
  const auto objects = read_file(path);
  if (!objects) return rates;
  for (const json& object : *objects) {
    const auto file = json_count(object, "file", UINT64_MAX);
    const auto bytes = json_count(object, "bytes", UINT64_MAX);
    auto rate = read_rate(object);
    if (file && *file && bytes && *bytes && rate)
      rates.entries_.push_back({**file, **bytes, *std::move(rate)});
  }
  return rates;
}

std::vector<MeasuredRate> MeasuredRates::of(const fs::path& language_model) const {
  const std::uint64_t bytes = file_size_or_zero(language_model);
  const bool may_be_known = std::any_of(entries_.begin(), entries_.end(),
                                        [&](const Entry& entry) { return entry.bytes == bytes; });
  if (!may_be_known) return {};
  const auto file = fingerprint_of(language_model);
  std::vector<MeasuredRate> rates;
  for (const Entry& entry : entries_)
    if (file && entry.file == *file) rates.push_back(entry.rate);
  return rates;
}

Status MeasuredRates::record(const fs::path& language_model, MeasuredRate rate) {
  const auto file = fingerprint_of(language_model);
  if (!file) return Error{Errc::kIo, "the model's file cannot be read", {language_model.string()}};
  std::erase_if(entries_, [&](const Entry& entry) {
    return entry.file == *file && entry.rate.device == rate.device &&
           entry.rate.threads == rate.threads;
  });
  entries_.insert(entries_.begin(), {*file, file_size_or_zero(language_model), std::move(rate)});
  if (entries_.size() > kMostRates) entries_.resize(kMostRates);
  return save();
}

Status MeasuredRates::save() const {
  json rates = json::array();
  for (const Entry& entry : entries_)
    rates.push_back({{"file", entry.file},
                     {"bytes", entry.bytes},
                     {"device", entry.rate.device},
                     {"threads", entry.rate.threads},
                     {"tokens_per_second", entry.rate.tokens_per_second},
                     {"measured_at", entry.rate.measured_at}});
  return write_user_file(rates_path(),
                         json_file_text({{"format", kFormat}, {"rates", std::move(rates)}}));
}

Status record_answer_rate(const fs::path& language_model, const std::string& device, int threads,
                          int tokens, double milliseconds) {
  if (tokens < MeasuredRates::kFewestTokens || !(milliseconds > 0)) return {};
  constexpr double kSteps = 100;  // of a token a second: more digits would be noise
  MeasuredRate rate{device, threads, tokens * kMillisecondsPerSecond / milliseconds, 0};
  rate.tokens_per_second = std::round(rate.tokens_per_second * kSteps) / kSteps;
  rate.measured_at = std::chrono::duration_cast<std::chrono::seconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
  if (!(rate.tokens_per_second > 0) || rate.tokens_per_second >= kFastest) return {};
  return MeasuredRates::load().record(language_model, std::move(rate));
}

}  // namespace galago
