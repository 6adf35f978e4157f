// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/mix.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/assert.h"

namespace galago {
namespace {

constexpr std::array<MixInfo, 17> kMixes = {{
    {Mix::kF32, "f32", DType::kF32, 0, true},
    {Mix::kF16, "f16", DType::kF16, 1, true},
    {Mix::kBF16, "bf16", DType::kBF16, 32, true},
    {Mix::kQ8_0, "q8_0", DType::kQ8_0, 7, true},
    {Mix::kQ6_K, "q6_K", DType::kQ6_K, 18, false},
    {Mix::kQ5_K_M, "q5_K_M", DType::kQ5_K, 17, false},
    {Mix::kQ5_K_S, "q5_K_S", DType::kQ5_K, 16, false},
    {Mix::kQ5_1, "q5_1", DType::kQ5_1, 9, false},
    {Mix::kQ5_0, "q5_0", DType::kQ5_0, 8, false},
    {Mix::kQ4_K_M, "q4_K_M", DType::kQ4_K, 15, true},
    {Mix::kQ4_K_S, "q4_K_S", DType::kQ4_K, 14, false},
    {Mix::kQ4_1, "q4_1", DType::kQ4_1, 3, false},
    {Mix::kQ4_0, "q4_0", DType::kQ4_0, 2, false},
    {Mix::kQ3_K_L, "q3_K_L", DType::kQ3_K, 13, false},
    {Mix::kQ3_K_M, "q3_K_M", DType::kQ3_K, 12, false},
    {Mix::kQ3_K_S, "q3_K_S", DType::kQ3_K, 11, false},
    {Mix::kQ2_K, "q2_K", DType::kQ2_K, 10, false},
}};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace

std::span<const MixInfo> all_mixes() { return kMixes; }

const MixInfo& mix_info(Mix mix) {
  const auto* found = std::find_if(kMixes.begin(), kMixes.end(),
                                   [&](const MixInfo& info) { return info.mix == mix; });
  GALAGO_ASSERT(found != kMixes.end());
  return *found;
}

std::optional<Mix> mix_from_name(std::string_view name) {
  std::string wanted = lower_case(name);
  if (wanted == "q3_k" || wanted == "q4_k" || wanted == "q5_k") wanted += "_m";
  for (const MixInfo& info : kMixes)
    if (lower_case(info.name) == wanted) return info.mix;
  return {};
}

}  // namespace galago
