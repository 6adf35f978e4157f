// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "compare/agreement.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "text/utf8.h"

namespace galago {
namespace {

/// From here on (CJK radicals) scripts put no spaces between words, mostly; hangul, which does, is
/// counted by syllables too.
constexpr char32_t kFirstWithoutSpaces = 0x2E80;

bool is_word_character(char32_t code) {
  if (code >= 0x80) {
    // General punctuation, symbols and arrows; CJK and full-width punctuation.
    const bool is_symbol =
        (code >= 0x2000 && code < kFirstWithoutSpaces) || (code >= 0x3000 && code <= 0x303F) ||
        (code >= 0xFF00 && code <= 0xFF0F) || (code >= 0xFF1A && code <= 0xFF20) || code < 0xC0;
    return !is_symbol && !is_white_space(code);
  }
  return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
         (code >= 'A' && code <= 'Z');
}

std::map<std::string, int> words_of(std::string_view text) {
  std::map<std::string, int> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) ++words[word];
    word.clear();
  };
  while (!text.empty()) {
    const Utf8Character next = read_utf8(text);
    const std::size_t size = std::max<std::size_t>(next.size, 1);
    const std::string_view bytes = text.substr(0, size);
    text.remove_prefix(std::min(size, text.size()));
    if (next.state != Utf8State::kValid || !is_word_character(next.code)) {
      end_word();
    } else if (next.code >= kFirstWithoutSpaces) {
      end_word();
      word = bytes;
      end_word();
    } else {
      for (const char c : bytes)
        word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  end_word();
  return words;
}

int total(const std::map<std::string, int>& words) {
  int count = 0;
  for (const auto& [word, times] : words) count += times;
  return count;
}

}  // namespace

double word_overlap(std::string_view one, std::string_view other) {
  const auto words = words_of(one);
  const auto others = words_of(other);
  int shared = 0;
  for (const auto& [word, times] : words) {
    const auto found = others.find(word);
    if (found != others.end()) shared += std::min(times, found->second);
  }
  const int all = total(words) + total(others);
  return all == 0 ? 1.0 : 2.0 * shared / all;
}

int first_difference(std::span<const TokenId> one, std::span<const TokenId> other) {
  const auto differs = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  if (differs.first == one.end() && differs.second == other.end()) return -1;
  return static_cast<int>(differs.first - one.begin());
}

Agreement compare_answers(const CompareAnswer& first, const CompareAnswer& other,
                          bool vocabularies_match) {
  Agreement agreement;
  agreement.is_same_text = first.text == other.text;
  agreement.word_overlap = word_overlap(first.text, other.text);
  if (vocabularies_match) agreement.first_difference = first_difference(first.tokens, other.tokens);
  return agreement;
}

bool to_log_probabilities(std::span<float> logits) {
  float highest = -std::numeric_limits<float>::infinity();
  for (const float logit : logits) {
    if (std::isnan(logit)) return false;
    highest = std::max(highest, logit);
  }
  if (!std::isfinite(highest)) return false;
  double sum = 0;
  for (const float logit : logits) sum += std::exp(static_cast<double>(logit) - highest);
  const double log_sum = std::log(sum) + highest;
  for (float& logit : logits) logit = static_cast<float>(logit - log_sum);
  return true;
}

double divergence(std::span<const float> p, std::span<const float> q) {
  double sum = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double log_p = p[i];
    const double probability = std::exp(log_p);
    if (probability > 0) sum += probability * (log_p - static_cast<double>(q[i]));
  }
  return std::max(sum, 0.0);  // rounding
}

std::vector<std::string> unmet_expectations(const CompareCase& item, std::string_view answer) {
  std::vector<std::string> failures;
  if (item.expected && strip(*item.expected) != answer)
    failures.push_back("the answer is '" + std::string(answer) + "' instead of '" +
                       std::string(strip(*item.expected)) + "'");
  for (const std::string& part : item.must_contain)
    if (answer.find(part) == std::string_view::npos)
      failures.push_back("'" + part + "' is not in the answer '" + std::string(answer) + "'");
  return failures;
}

}  // namespace galago
