// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How alike two answers, and two distributions, are.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "compare/report.h"

namespace galago {

/// The words that both have, counted as often as both have them, as a share of all words: 2·both /
/// (one + other), the F1 score of bags of words; 1 for two texts without words. A word is a run of
/// letters and digits, without regard to ASCII case; each Chinese character, and each character of
/// scripts beside it, is one.
double word_overlap(std::string_view one, std::string_view other);

/// Index of the first token that differs, or that only one has; -1: none.
int first_difference(std::span<const TokenId> one, std::span<const TokenId> other);

/// All but the divergence. `vocabularies_match`: ids mean the same.
Agreement compare_answers(const CompareAnswer& first, const CompareAnswer& other,
                          bool vocabularies_match);

/// Logits to logarithms of probabilities, in place. False: they are no distribution (NaN, +inf).
bool to_log_probabilities(std::span<float> logits);

/// D(p ‖ q) of logarithms of probabilities, in nats; never below 0.
double divergence(std::span<const float> p, std::span<const float> q);

/// What is missing in the answer of what the case expects, in sentences.
std::vector<std::string> unmet_expectations(const CompareCase& item, std::string_view answer);

}  // namespace galago
