// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A GgufSummary as text: one fact a line, labels in a column of their own.
#include <algorithm>
#include <array>
#include <cstdio>

#include "gguf/gguf_summary.h"

namespace galago {
namespace {

constexpr std::size_t kLabelWidth = 26;

void add_line(std::string& text, std::string label, const std::string& value) {
  if (value.empty()) return;
  label.resize(std::max(label.size() + 1, kLabelWidth), ' ');
  text += label + value + "\n";
}

/// "795.4 MiB"
std::string size_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 5> kUnits = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1024 && unit + 1 < kUnits.size(); ++unit) value /= 1024;
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", value, kUnits[unit]);
  return text.data();
}

/// "1.36 billion"
std::string count_text(std::uint64_t count) {
  const double value = static_cast<double>(count);
  std::array<char, 48> text{};
  if (count >= 1000000000)
    std::snprintf(text.data(), text.size(), "%.2f billion", value / 1e9);
  else if (count >= 1000000)
    std::snprintf(text.data(), text.size(), "%.1f million", value / 1e6);
  else
    return std::to_string(count);
  return text.data();
}

std::string type_text(const GgufSummary::TypeShare& share) {
  return share.type + ": " + std::to_string(share.tensors) + " tensors, " +
         (share.is_supported ? size_text(share.bytes) : "not readable by this program");
}

std::string shape_text(const std::vector<std::uint64_t>& shape) {
  std::string text = "[";
  for (const std::uint64_t size : shape)
    text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  return text + "]";
}

void add_template(std::string& text, const GgufSummary& s) {
  if (s.prompt_template.empty()) return;
  add_line(text, "prompt template", s.prompt_template);
  add_line(text, "template in the file",
           s.file_template ? "not used: " + *s.file_template : "none");
}

}  // namespace

std::string to_text(const GgufSummary& s, SummaryDetail detail) {
  std::string text;
  add_line(text, "kind", kind_name(s.kind));
  add_line(text, "architecture", s.architecture.empty() ? "not stated" : s.architecture);
  add_line(text, "name", s.name);
  add_line(text, "parameters", count_text(s.parameter_count));
  add_line(text, "file size", size_text(s.file_bytes));
  add_line(text, "GGUF version", std::to_string(s.gguf_version));
  const char* label = "quantisation";
  for (const GgufSummary::TypeShare& share : s.types) {
    add_line(text, label, type_text(share));
    label = "";
  }
  for (const auto& [what, value] : s.shape) add_line(text, what, value);
  if (s.context_length)
    add_line(text, "trained context", std::to_string(*s.context_length) + " tokens");
  add_line(text, "RoPE scaling", s.rope_scaling);
  if (s.vocabulary_size)
    add_line(text, "vocabulary", std::to_string(*s.vocabulary_size) + " pieces");
  add_line(text, "projector", s.projector_type);
  add_template(text, s);
  if (detail == SummaryDetail::kOverview) return text;
  text += "\nmetadata\n";
  for (const auto& [key, value] : s.metadata) text += "  " + key + " = " + value + "\n";
  if (detail == SummaryDetail::kMetadata) return text;
  text += "\ntensors\n";
  for (const GgufSummary::TensorLine& tensor : s.tensors)
    text += "  " + tensor.name + " " + shape_text(tensor.shape) + " " + tensor.type + "\n";
  return text;
}

}  // namespace galago
