// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "placement/known_trials.h"

#include <algorithm>
#include <utility>

#include "base/file_fingerprint.h"
#include "base/mapped_file.h"
#include "library/json_reader.h"
#include "library/user_folders.h"

namespace galago {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr int kFormat = 1;
constexpr std::size_t kLargestFile = 1U << 20;
constexpr std::size_t kMostTrials = 200;
constexpr std::size_t kLongestText = 400;
constexpr double kLargestFigure = 1e9;  // more is a damaged file

fs::path trials_path() {
  const fs::path state = user_state_folder();
  return state.empty() ? state : state / "devices.json";
}

Result<std::uint64_t> fingerprint(const fs::path& path, std::string_view way) {
  GALAGO_TRY(const auto file, MappedFile::open(path));
  return file_fingerprint(*file, way);
}

Result<double> read_figure(const json& object, const char* key) {
  const auto value = object.find(key);
  if (value != object.end() && value->is_number()) {
    const double figure = value->get<double>();
    if (figure >= 0 && figure < kLargestFigure) return figure;
  }
  return Error{Errc::kFormat, std::string(key) + " is impossible", {}};
}

Result<DeviceTrial> read_trial(const json& object) {
  DeviceTrial trial;
  GALAGO_TRY(trial.device, json_text(object, "device", kLongestText));
  GALAGO_TRY(trial.failure, json_text(object, "failure", kLongestText));
  if (!trial.is_good()) return trial;
  GALAGO_TRY(trial.tokens_per_second, read_figure(object, "tokens_per_second"));
  GALAGO_TRY(trial.picture_ms, read_figure(object, "picture_ms"));
  if (!(trial.tokens_per_second > 0)) return Error{Errc::kFormat, "no speed", {}};
  return trial;
}

Result<json> read_file(const fs::path& path) {
  GALAGO_TRY(const std::string text, read_text_file(path, kLargestFile));
  GALAGO_TRY(const json value, parse_json_object(text, kFormat));
  return json_objects(value, "trials", kMostTrials);
}

std::string shortened(std::string text) {
  if (text.size() >= kLongestText) text.resize(kLongestText - 1);
  return text;
}

}  // namespace

Result<KnownTrials> KnownTrials::load(const fs::path& language_model, const fs::path& mmproj) {
  KnownTrials known;
  std::string way;
  if (!mmproj.empty()) {
    GALAGO_TRY(const std::uint64_t vision, fingerprint(mmproj, {}));
    way = std::to_string(vision);
  }
  GALAGO_TRY(known.model_, fingerprint(language_model, way));
  const fs::path path = trials_path();
  const auto objects = path.empty() ? Result<json>(json::array()) : read_file(path);
  if (!objects) return known;
  for (const json& object : *objects) {
    const auto model = json_count(object, "model", UINT64_MAX);
    const auto device = json_text(object, "way", kLongestText);
    auto trial = read_trial(object);
    if (model && *model && device && trial)
      known.entries_.push_back({**model, *device, *std::move(trial)});
  }
  return known;
}

std::optional<DeviceTrial> KnownTrials::find(const std::string& way) const {
  for (const Entry& entry : entries_)
    if (entry.model == model_ && entry.way == shortened(way)) return entry.trial;
  return {};
}

void KnownTrials::store(const std::string& way, const DeviceTrial& trial) {
  forget(way);
  entries_.insert(entries_.begin(), {model_, shortened(way), trial});
  entries_.front().trial.failure = shortened(trial.failure);
  if (entries_.size() > kMostTrials) entries_.resize(kMostTrials);
  save();
}

void KnownTrials::forget(const std::string& way) {
  const auto removed = std::erase_if(entries_, [&](const Entry& entry) {
    return entry.model == model_ && entry.way == shortened(way);
  });
  if (removed > 0) save();
}

/// What cannot be kept is measured again next time: that is no reason to fail.
void KnownTrials::save() const {
  json trials = json::array();
  for (const Entry& entry : entries_)
    trials.push_back({{"model", entry.model},
                      {"way", entry.way},
                      {"device", entry.trial.device},
                      {"tokens_per_second", entry.trial.tokens_per_second},
                      {"picture_ms", entry.trial.picture_ms},
                      {"failure", entry.trial.failure}});
  static_cast<void>(write_user_file(
      trials_path(), json_file_text({{"format", kFormat}, {"trials", std::move(trials)}})));
}

}  // namespace galago
