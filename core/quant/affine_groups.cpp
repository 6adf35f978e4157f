// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "quant/affine_groups.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>

#include "base/half.h"
#include "quant/grid.h"
#include "quant/lanes.h"

namespace galago {
namespace {

/// Ends of a grid to be tried: what part of a group's extent lies below and above it.
struct Cut {
  float below;
  float above;
};

/// All pairs of `kCount` cuts from `first` on. Where the error is smallest was measured on normal
/// and on heavy-tailed numbers: with few levels it pays to leave the largest elements outside the
/// grid, with more to try grids that reach beyond them.
template <std::size_t kCount>
constexpr std::array<Cut, kCount * kCount> grid_of_cuts(float first, float step) {
  std::array<Cut, kCount * kCount> cuts{};
  for (std::size_t i = 0; i < cuts.size(); ++i)
    cuts[i] = {first + step * static_cast<float>(i / kCount),
               first + step * static_cast<float>(i % kCount)};
  return cuts;
}

/// What a type's levels and scales can be.
struct AffineType {
  int top_level;
  int top_scale;  ///< of the groups' scales and minima
  std::span<const Cut> cuts;
};

/// First each group by itself, any scale and minimum; then in the few bits that those have.
template <int kGroups>
class AffineSearch {
  using Row = typename Lanes<kGroups>::Row;
  static constexpr int kSize = Lanes<kGroups>::kSize;

 public:
  AffineSearch(const float* x, const AffineType& type)
      : type_(type),
        top_level_(static_cast<float>(type.top_level)),
        top_scale_(static_cast<float>(type.top_scale)),
        x_(x) {}

  AffineGroups<kGroups> run() {
    measure();
    for (const Cut& cut : type_.cuts) try_cut(cut);
    choose_factors();
    for (int round = 0; round < kRounds && refine(); ++round) continue;
    return result();
  }

 private:
  static constexpr int kRounds = 3;

  /// What is searched for.
  struct Choice {
    float d = 0;
    float dmin = 0;
    Row scales{};  ///< until choose_factors() numbers, afterwards multiples of d
    Row mins{};    ///< the same of dmin
    Row errors{};

    double error() const {
      double sum = 0;
      for (const float e : errors) sum += static_cast<double>(e);
      return sum;
    }
  };

  void measure() {
    low_.fill(0);  // the stored minimum is subtracted: a grid begins at zero or below
    high_ = x_.rows[0];
    for (const Row& row : x_.rows)
      for (int g = 0; g < kGroups; ++g) {
        low_[g] = std::min(low_[g], row[g]);
        high_[g] = std::max(high_[g], row[g]);
      }
    best_.errors.fill(std::numeric_limits<float>::infinity());
  }

  /// Rounds to a grid between two cuts, then takes the line through the levels with the least
  /// square error. Sums are of y = x − low, so that groups far from zero lose no digits.
  void try_cut(const Cut& cut) {
    Row inverse;
    Row start;
    for (int g = 0; g < kGroups; ++g) {
      const float extent = high_[g] - low_[g];
      const float width = extent * (1 - cut.below - cut.above);
      start[g] = low_[g] + extent * cut.below;
      inverse[g] = width > 0 ? top_level_ / width : 0;
    }
    try_grid(inverse, start);
  }

  void try_grid(const Row& inverse, const Row& start) {
    Row sum_l{};
    Row sum_ll{};
    Row sum_y{};
    Row sum_yl{};
    Row sum_yy{};
    for (const Row& row : x_.rows)
      for (int g = 0; g < kGroups; ++g) {
        const float level = nearest_level((row[g] - start[g]) * inverse[g], 0, top_level_);
        const float y = row[g] - low_[g];
        sum_l[g] += level;
        sum_ll[g] += level * level;
        sum_y[g] += y;
        sum_yl[g] += y * level;
        sum_yy[g] += y * y;
      }
    constexpr float n = kSize;
    for (int g = 0; g < kGroups; ++g) {
      const float determinant = n * sum_ll[g] - sum_l[g] * sum_l[g];
      float offset = determinant > 0 ? (sum_ll[g] * sum_y[g] - sum_l[g] * sum_yl[g]) / determinant
                                     : sum_y[g] / n;
      offset = std::min(offset, -low_[g]);
      const float scale =
          sum_ll[g] > 0 ? std::max(0.0F, (sum_yl[g] - offset * sum_l[g]) / sum_ll[g]) : 0;
      const float error = sum_yy[g] - 2 * (scale * sum_yl[g] + offset * sum_y[g]) +
                          scale * scale * sum_ll[g] + 2 * scale * offset * sum_l[g] +
                          n * offset * offset;
      const bool is_better = error < best_.errors[g];
      best_.errors[g] = is_better ? error : best_.errors[g];
      best_.scales[g] = is_better ? scale : best_.scales[g];
      best_.mins[g] = is_better ? -(low_[g] + offset) : best_.mins[g];
    }
  }

  /// d and dmin from the largest scale and minimum, then the best whole numbers near each group's.
  void choose_factors() {
    best_.d = half_to_float(float_to_half(range_of(best_.scales.data(), kGroups).max / top_scale_));
    best_.dmin =
        half_to_float(float_to_half(range_of(best_.mins.data(), kGroups).max / top_scale_));
    for (int g = 0; g < kGroups; ++g) {
      best_.scales[g] = nearest_level(best_.scales[g] * inverse_or_zero(best_.d), 0, top_scale_);
      best_.mins[g] = nearest_level(best_.mins[g] * inverse_or_zero(best_.dmin), 0, top_scale_);
    }
    search_around();
  }

  /// The whole numbers beside those of each group, with the levels that suit them.
  void search_around() {
    const Row scales = best_.scales;
    const Row mins = best_.mins;
    best_.errors.fill(std::numeric_limits<float>::infinity());
    constexpr float kSteps[] = {0, -1, 1};
    for (const float scale_step : kSteps)
      for (const float min_step : kSteps) {
        Row tried_scales;
        Row tried_mins;
        for (int g = 0; g < kGroups; ++g) {
          tried_scales[g] = nearest_level(scales[g] + scale_step, 0, top_scale_);
          tried_mins[g] = nearest_level(mins[g] + min_step, 0, top_scale_);
        }
        try_whole(tried_scales, tried_mins);
      }
  }

  void try_whole(const Row& scales, const Row& mins) {
    Row step;
    Row inverse;
    Row offset;
    Row errors{};
    for (int g = 0; g < kGroups; ++g) {
      step[g] = best_.d * scales[g];
      inverse[g] = step[g] > 0 ? 1 / step[g] : 0;
      offset[g] = best_.dmin * mins[g];
    }
    for (const Row& row : x_.rows)
      for (int g = 0; g < kGroups; ++g) {
        const float y = row[g] + offset[g];
        const float difference = y - step[g] * nearest_level(y * inverse[g], 0, top_level_);
        errors[g] += difference * difference;
      }
    for (int g = 0; g < kGroups; ++g) {
      const bool is_better = errors[g] < best_.errors[g];
      best_.errors[g] = is_better ? errors[g] : best_.errors[g];
      best_.scales[g] = is_better ? scales[g] : best_.scales[g];
      best_.mins[g] = is_better ? mins[g] : best_.mins[g];
    }
  }

  /// Takes the d and dmin with the least square error for the whole numbers found, and searches
  /// these again. False: that was no better, and nothing has changed.
  bool refine() {
    const Choice before = best_;
    // x ≈ d · a − dmin · b with a = scale · level and b = min.
    double aa = 0, ab = 0, bb = 0, xa = 0, xb = 0;
    for (int g = 0; g < kGroups; ++g) {
      const float step = best_.d * best_.scales[g];
      const float inverse = step > 0 ? 1 / step : 0;
      const double b = static_cast<double>(best_.mins[g]);
      double sum_x = 0, sum_a = 0;
      for (const Row& row : x_.rows) {
        const float level =
            nearest_level((row[g] + best_.dmin * best_.mins[g]) * inverse, 0, top_level_);
        const double a = static_cast<double>(best_.scales[g] * level);
        const double x = static_cast<double>(row[g]);
        aa += a * a;
        xa += x * a;
        sum_a += a;
        sum_x += x;
      }
      ab += sum_a * b;
      bb += b * b * kSize;
      xb += sum_x * b;
    }
    const double determinant = aa * bb - ab * ab;
    if (determinant > 0) {
      best_.d = stored((xa * bb - xb * ab) / determinant);
      best_.dmin = stored((xa * ab - xb * aa) / determinant);
    } else if (aa > 0) {
      best_.d = stored((xa + static_cast<double>(best_.dmin) * ab) / aa);
    }
    search_around();
    if (best_.error() < before.error()) return true;
    best_ = before;
    return false;
  }

  /// As the file keeps it.
  static float stored(double factor) {
    return half_to_float(float_to_half(static_cast<float>(std::max(0.0, factor))));
  }

  AffineGroups<kGroups> result() const {
    AffineGroups<kGroups> groups;
    groups.d = float_to_half(best_.d);
    groups.dmin = float_to_half(best_.dmin);
    for (int g = 0; g < kGroups; ++g) {
      groups.scales[g] = static_cast<std::uint8_t>(best_.scales[g]);
      groups.mins[g] = static_cast<std::uint8_t>(best_.mins[g]);
      const float step = best_.d * best_.scales[g];
      const float inverse = step > 0 ? 1 / step : 0;
      for (int i = 0; i < kSize; ++i)
        groups.levels[g * kSize + i] = static_cast<std::uint8_t>(
            nearest_level((x_.rows[i][g] + best_.dmin * best_.mins[g]) * inverse, 0, top_level_));
    }
    return groups;
  }

  AffineType type_;
  float top_level_;
  float top_scale_;
  Lanes<kGroups> x_;
  Row low_;
  Row high_;
  Choice best_;
};

}  // namespace

AffineGroups<16> fit_q2_k(const float* x) {
  static constexpr auto kCuts = grid_of_cuts<5>(-0.1F, 0.1F);
  return AffineSearch<16>(x, {3, 15, kCuts}).run();
}

AffineGroups<8> fit_q4_k(const float* x) {
  static constexpr auto kCuts = grid_of_cuts<5>(-0.06F, 0.03F);
  return AffineSearch<8>(x, {15, 63, kCuts}).run();
}

AffineGroups<8> fit_q5_k(const float* x) {
  static constexpr auto kCuts = grid_of_cuts<4>(-0.045F, 0.02F);
  return AffineSearch<8>(x, {31, 63, kCuts}).run();
}

}  // namespace galago
