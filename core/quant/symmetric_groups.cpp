// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "quant/symmetric_groups.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

#include "base/half.h"
#include "quant/grid.h"
#include "quant/lanes.h"

namespace galago {
namespace {

/// Levels −zero … zero − 1, scales −zero_scale … zero_scale − 1. `reaches`: how far from zero, in
/// levels, the largest element of a group is tried to lie.
struct SymmetricType {
  int zero;
  int zero_scale;
  std::span<const float> reaches;
};

/// `kCount` numbers from `first` on, each with either sign: which end of the grid the largest
/// element lies at. Where the error is smallest was measured on normal and on heavy-tailed numbers.
template <std::size_t kCount>
constexpr std::array<float, 2 * kCount> both_ways(float first, float step) {
  std::array<float, 2 * kCount> reaches{};
  for (std::size_t i = 0; i < kCount; ++i) {
    reaches[i] = first + step * static_cast<float>(i);
    reaches[kCount + i] = -reaches[i];
  }
  return reaches;
}

/// First each group by itself, any scale; then in the few bits that scales have.
class SymmetricSearch {
  static constexpr int kGroups = 16;
  using Row = Lanes<kGroups>::Row;

 public:
  SymmetricSearch(const float* x, const SymmetricType& type)
      : type_(type),
        zero_(static_cast<float>(type.zero)),
        zero_scale_(static_cast<float>(type.zero_scale)),
        x_(x) {}

  SymmetricGroups run() {
    measure();
    for (const float reach : type_.reaches) try_reach(reach);
    choose_factor();
    for (int round = 0; round < kRounds && refine(); ++round) continue;
    return result();
  }

 private:
  static constexpr int kRounds = 3;

  /// What is searched for.
  struct Choice {
    float d = 0;
    Row scales{};  ///< until choose_factor() numbers, afterwards multiples of d
    Row errors{};

    double error() const {
      double sum = 0;
      for (const float e : errors) sum += static_cast<double>(e);
      return sum;
    }
  };

  void measure() {
    largest_.fill(0);
    for (const Row& row : x_.rows)
      for (int g = 0; g < kGroups; ++g)
        largest_[g] = std::fabs(row[g]) > std::fabs(largest_[g]) ? row[g] : largest_[g];
    best_.errors.fill(std::numeric_limits<float>::infinity());
  }

  /// Rounds to the grid on which the largest element lies at `reach`, then takes the scale with the
  /// least square error for these levels.
  void try_reach(float reach) {
    Row inverse;
    for (int g = 0; g < kGroups; ++g) inverse[g] = largest_[g] != 0 ? reach / largest_[g] : 0;
    Row sum_ll{};
    Row sum_xl{};
    Row sum_xx{};
    for (const Row& row : x_.rows)
      for (int g = 0; g < kGroups; ++g) {
        const float level = nearest_level(row[g] * inverse[g], -zero_, zero_ - 1);
        sum_ll[g] += level * level;
        sum_xl[g] += row[g] * level;
        sum_xx[g] += row[g] * row[g];
      }
    for (int g = 0; g < kGroups; ++g) {
      const float scale = sum_ll[g] > 0 ? sum_xl[g] / sum_ll[g] : 0;
      const float error = sum_xx[g] - scale * sum_xl[g];
      const bool is_better = error < best_.errors[g];
      best_.errors[g] = is_better ? error : best_.errors[g];
      best_.scales[g] = is_better ? scale : best_.scales[g];
    }
  }

  /// d from the largest scale, which gets the end of the grid that reaches farther; then the best
  /// whole numbers near each group's scale.
  void choose_factor() {
    best_.d = half_to_float(
        float_to_half(largest_magnitude(best_.scales.data(), kGroups) / -zero_scale_));
    const float inverse = inverse_or_zero(best_.d);
    for (float& scale : best_.scales)
      scale = nearest_level(scale * inverse, -zero_scale_, zero_scale_ - 1);
    search_around();
  }

  /// The whole numbers beside the scale of each group, with the levels that suit them.
  void search_around() {
    const Row scales = best_.scales;
    best_.errors.fill(std::numeric_limits<float>::infinity());
    constexpr float kSteps[] = {0, -1, 1};
    for (const float step : kSteps) {
      Row tried;
      for (int g = 0; g < kGroups; ++g)
        tried[g] = nearest_level(scales[g] + step, -zero_scale_, zero_scale_ - 1);
      try_whole(tried);
    }
  }

  void try_whole(const Row& scales) {
    Row step;
    Row inverse;
    Row errors{};
    for (int g = 0; g < kGroups; ++g) {
      step[g] = best_.d * scales[g];
      inverse[g] = step[g] != 0 ? 1 / step[g] : 0;
    }
    for (const Row& row : x_.rows)
      for (int g = 0; g < kGroups; ++g) {
        const float difference =
            row[g] - step[g] * nearest_level(row[g] * inverse[g], -zero_, zero_ - 1);
        errors[g] += difference * difference;
      }
    for (int g = 0; g < kGroups; ++g) {
      const bool is_better = errors[g] < best_.errors[g];
      best_.errors[g] = is_better ? errors[g] : best_.errors[g];
      best_.scales[g] = is_better ? scales[g] : best_.scales[g];
    }
  }

  /// Takes the d with the least square error for the whole numbers found, and searches these again.
  /// False: that was no better, and nothing has changed.
  bool refine() {
    const Choice before = best_;
    double aa = 0, xa = 0;
    for (int g = 0; g < kGroups; ++g)
      for (int i = 0; i < Lanes<kGroups>::kSize; ++i) {
        const double a = static_cast<double>(best_.scales[g] * level(i, g));
        aa += a * a;
        xa += a * static_cast<double>(x_.rows[i][g]);
      }
    if (!(aa > 0)) return false;
    best_.d = half_to_float(float_to_half(static_cast<float>(xa / aa)));
    search_around();
    if (best_.error() < before.error()) return true;
    best_ = before;
    return false;
  }

  float level(int i, int g) const {
    return nearest_level(x_.rows[i][g] * inverse_or_zero(best_.d * best_.scales[g]), -zero_,
                         zero_ - 1);
  }

  SymmetricGroups result() const {
    SymmetricGroups groups;
    groups.d = float_to_half(best_.d);
    for (int g = 0; g < kGroups; ++g) {
      groups.scales[g] = static_cast<int>(best_.scales[g]);
      for (int i = 0; i < Lanes<kGroups>::kSize; ++i)
        groups.levels[g * Lanes<kGroups>::kSize + i] =
            static_cast<std::uint8_t>(level(i, g) + zero_);
    }
    return groups;
  }

  SymmetricType type_;
  float zero_;
  float zero_scale_;
  Lanes<kGroups> x_;
  Row largest_;
  Choice best_;
};

}  // namespace

SymmetricGroups fit_q3_k(const float* x) {
  static constexpr auto kReaches = both_ways<9>(3.0F, 0.25F);
  return SymmetricSearch(x, {4, 32, kReaches}).run();
}

SymmetricGroups fit_q6_k(const float* x) {
  static constexpr auto kReaches = both_ways<11>(26.0F, 0.7F);
  return SymmetricSearch(x, {32, 128, kReaches}).run();
}

}  // namespace galago
