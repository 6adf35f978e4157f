// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "placement/device_trial.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/language_runner.h"
#include "engine/picture_encoder.h"

namespace galago {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kUsualAnswer = 64;  // tokens
constexpr std::size_t kMostTokens = 32;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Of the tokens that can be computed in the time, the median: the first ones wake the device up.
Result<double> token_ms(const std::shared_ptr<const Engine>& engine, double budget_ms,
                        const std::stop_token& stop) {
  GALAGO_TRY(const auto runner, LanguageRunner::create(engine));
  const std::int32_t id = 1;
  const auto step = [&]() -> Result<double> {
    const auto started = Clock::now();
    GALAGO_TRY(runner->append(std::span(&id, 1), stop));
    GALAGO_TRY([[maybe_unused]] const auto logits, runner->logits());
    return ms_since(started);
  };
  GALAGO_TRY([[maybe_unused]] const double first, step());
  std::vector<double> times;
  const auto most = std::min(kMostTokens, static_cast<std::size_t>(runner->capacity()) - 1);
  const auto started = Clock::now();
  do {
    GALAGO_TRY(const double time, step());
    times.push_back(time);
  } while (times.size() < most && ms_since(started) < budget_ms);
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
                   times.end());
  return times[times.size() / 2];
}

/// The whole from the part that can be computed in the time.
Result<double> picture_ms(const std::shared_ptr<const Engine>& engine, double budget_ms,
                          const std::stop_token& stop) {
  GALAGO_TRY(const auto encoder, PictureEncoder::create(engine));
  const auto size = static_cast<std::size_t>(engine->info().picture_size);
  const std::vector<float> grey(3 * size * size);
  std::stop_source enough;
  const std::stop_callback stopped(stop, [&] { enough.request_stop(); });
  double whole_ms = 0;
  const auto started = Clock::now();
  const auto progress = [&](double fraction) {
    const double elapsed = ms_since(started);
    if (whole_ms > 0 || fraction <= 0 || elapsed < budget_ms) return;
    whole_ms = elapsed / fraction;
    enough.request_stop();
  };
  const auto tokens = encoder->encode_pixels(grey, enough.get_token(), progress);
  if (stop.stop_requested()) return Error{Errc::kCancelled, "stopped", {}};
  if (tokens) return ms_since(started);
  if (whole_ms <= 0) return tokens.error();
  return whole_ms;
}

}  // namespace

double DeviceTrial::answer_ms() const {
  return picture_ms + kUsualAnswer * 1000 / tokens_per_second;
}

Result<DeviceTrial> try_device(const std::shared_ptr<const Engine>& engine,
                               std::chrono::milliseconds budget, std::stop_token stop) {
  const double half_ms = static_cast<double>(budget.count()) / 2;
  DeviceTrial trial;
  GALAGO_TRY(const double token, token_ms(engine, half_ms, stop));
  trial.tokens_per_second = 1000 / std::max(token, 1e-3);
  if (engine->has_vision()) {
    GALAGO_TRY(trial.picture_ms, picture_ms(engine, half_ms, stop));
  }
  return trial;
}

}  // namespace galago
