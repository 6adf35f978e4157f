// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "placement/placement.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "devices/device_registry.h"
#include "placement/known_trials.h"

namespace galago {
namespace {

/// For all devices together.
constexpr std::chrono::milliseconds kBudget{2000};

/// What is kept while a device is measured: a driver that takes the program with it is not tried
/// again.
constexpr const char* kDidNotEnd = "its measurement did not come to an end";

constexpr const char* kNoGpu = "there is no GPU to choose";

struct Candidate {
  std::string device;
  std::string way;  ///< of KnownTrials
};

/// The processor last: it is the one whose model need not be copied.
Result<std::vector<Candidate>> find_candidates(const EngineOptions& options) {
  std::vector<Candidate> candidates;
  const bool with_software = std::getenv("GALAGO_SOFTWARE_GPUS") != nullptr;
  const std::string arithmetic = options.arithmetic == Arithmetic::kExact ? ", exact" : "";
  for (const FoundDevice& found : find_devices())
    if (found.kind != "cpu" && (with_software || !found.is_software))
      candidates.push_back({found.id, found.id + ", " + found.driver + arithmetic});
  if (candidates.empty()) return candidates;
  GALAGO_TRY(const auto cpu, make_device("cpu", options.threads, options.arithmetic));
  candidates.push_back({"cpu", "cpu:" + cpu->info().name + ", " + cpu->info().detail + arithmetic});
  return candidates;
}

/// "Vulkan (Mali-G610)".
std::string device_text(const std::string& device) {
  const std::string_view kind = device_kind(device);
  const std::string text = kind == "cpu" ? "CPU" : kind == "cuda" ? "CUDA" : "Vulkan";
  return device.size() > kind.size() ? text + " (" + device.substr(kind.size() + 1) + ")" : text;
}

/// Two figures that count.
std::string figure(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), value < 9.95 ? "%.1f" : "%.0f", value);
  return text;
}

std::string picture_text(double ms) {
  return ms < 950 ? figure(ms) + " ms" : figure(ms / 1000) + " s";
}

void sort_by_speed(std::vector<DeviceTrial>& trials) {
  std::stable_sort(trials.begin(), trials.end(), [](const DeviceTrial& a, const DeviceTrial& b) {
    if (a.is_good() != b.is_good()) return a.is_good();
    return a.is_good() && a.answer_ms() < b.answer_ms();
  });
}

/// What happened to the device since counts more than its figures.
PlacedEngine placed(std::shared_ptr<const Engine> engine, std::vector<DeviceTrial> trials) {
  std::string reason = engine->device_reason();
  if (reason.empty()) reason = describe(trials);
  return {std::move(engine), std::move(reason), std::move(trials)};
}

class Placer {
 public:
  Placer(const EngineOptions& options, Measure measure, std::stop_token stop,
         FunctionRef<void(double)> progress)
      : options_(options), measure_(measure), stop_(std::move(stop)), progress_(progress) {}

  Result<PlacedEngine> load() {
    GALAGO_TRY(const std::vector<Candidate> candidates, find_candidates(options_));
    if (candidates.empty()) return load_without_choice();
    GALAGO_TRY(KnownTrials known, KnownTrials::load(options_.model, options_.mmproj));
    std::vector<Candidate> missing;
    for (const Candidate& candidate : candidates) {
      const auto trial = known.find(candidate.way);
      if (trial && measure_ == Measure::kOnce)
        trials_.push_back(*trial);
      else
        missing.push_back(candidate);
    }
    loads_ = missing.size() + 1;
    for (const Candidate& candidate : missing)
      GALAGO_TRY(measure(candidate, kBudget / missing.size(), known));
    return load_fastest();
  }

 private:
  Result<PlacedEngine> load_without_choice() {
    GALAGO_TRY(auto engine, load_on("cpu"));
    return PlacedEngine{std::move(engine), kNoGpu, {}};
  }

  Result<std::shared_ptr<const Engine>> load_on(const std::string& device) {
    EngineOptions options = options_;
    options.device = device;
    const auto progress = [&](double fraction) {
      if (progress_)
        progress_((static_cast<double>(loaded_) + fraction) / static_cast<double>(loads_));
    };
    auto engine = Engine::load(options, stop_, progress);
    ++loaded_;
    return engine;
  }

  /// Cancelled, or the processor's failure, ends all; a GPU's is what was found out about it.
  Status measure(const Candidate& candidate, std::chrono::milliseconds budget, KnownTrials& known) {
    if (device_kind(candidate.device) != "cpu") {
      engine_ = {};  // two GPUs may be one, and have room for one model
      known.store(candidate.way, {candidate.device, 0, 0, kDidNotEnd});
    }
    auto trial = try_on(candidate, budget);
    if (!trial) {
      known.forget(candidate.way);
      return std::move(trial).error();
    }
    known.store(candidate.way, *trial);
    trials_.push_back(*std::move(trial));
    return {};
  }

  Result<DeviceTrial> try_on(const Candidate& candidate, std::chrono::milliseconds budget) {
    const std::string_view kind = device_kind(candidate.device);
    GALAGO_TRY(auto engine, load_on(candidate.device));
    DeviceTrial failed{candidate.device, 0, 0, engine->device_reason()};
    if (engine->device_info().kind != kind) return failed;
    auto trial = try_device(engine, budget, stop_);
    if (!trial) {
      if (!engine->can_leave_gpu(trial.error())) return trial;
      failed.failure = trial.error().detail;
      return failed;
    }
    trial->device = candidate.device;
    if (is_fastest(*trial)) {
      engine_ = std::move(engine);
      engine_device_ = candidate.device;
    }
    return trial;
  }

  bool is_fastest(const DeviceTrial& trial) const {
    return std::all_of(trials_.begin(), trials_.end(), [&](const DeviceTrial& other) {
      return !other.is_good() || trial.answer_ms() < other.answer_ms();
    });
  }

  Result<PlacedEngine> load_fastest() {
    sort_by_speed(trials_);
    const std::string& device = trials_.front().device;
    if (!engine_ || engine_device_ != device) {
      engine_ = {};
      GALAGO_TRY(engine_, load_on(device));
    }
    if (progress_) progress_(1);
    return placed(std::move(engine_), std::move(trials_));
  }

  const EngineOptions& options_;
  const Measure measure_;
  const std::stop_token stop_;
  const FunctionRef<void(double)> progress_;
  std::size_t loads_ = 1;
  std::size_t loaded_ = 0;
  std::vector<DeviceTrial> trials_;
  std::shared_ptr<const Engine> engine_;  // of the fastest so far, if it is loaded
  std::string engine_device_;
};

}  // namespace

Result<PlacedEngine> load_engine(const EngineOptions& options, Measure measure,
                                 std::stop_token stop, FunctionRef<void(double)> progress) {
  if (options.device == "auto") return Placer(options, measure, std::move(stop), progress).load();
  GALAGO_TRY(auto engine, Engine::load(options, std::move(stop), progress));
  return placed(std::move(engine), {});
}

std::vector<DeviceTrial> known_trials(const EngineOptions& options) {
  std::vector<DeviceTrial> trials;
  const auto candidates = find_candidates(options);
  const auto known = KnownTrials::load(options.model, options.mmproj);
  if (!candidates || !known) return trials;
  for (const Candidate& candidate : *candidates)
    if (auto trial = known->find(candidate.way)) trials.push_back(*std::move(trial));
  sort_by_speed(trials);
  return trials;
}

std::string describe(const std::vector<DeviceTrial>& trials) {
  std::string text;
  for (const DeviceTrial& trial : trials) {
    if (!text.empty()) text += "; ";
    text += device_text(trial.device);
    if (!trial.is_good()) {
      text += " failed: " + trial.failure;
      continue;
    }
    text += " " + figure(trial.tokens_per_second) + " tokens/s";
    if (trial.picture_ms > 0) text += ", picture " + picture_text(trial.picture_ms);
  }
  return text;
}

}  // namespace galago
