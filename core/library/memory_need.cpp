// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/memory_need.h"

#include <algorithm>

#include "base/dtype.h"
#include "base/size_text.h"

namespace galago {
namespace {

constexpr std::uint64_t kFloat = 4;
constexpr std::uint64_t kHalf = 2;
constexpr std::uint64_t kPrefillRows = 256;    // as engine/language_runner computes at most at once
constexpr std::uint64_t kProgram = 24U << 20;  // code, tokenizer, threads and their panels

/// Rows of scratch tensors that live at the same time, in widths of the model; see
/// LanguageModel::record and VisionTower::record.
constexpr std::uint64_t kWidthsAtOnce = 6;

std::uint64_t language_workspace(const ModelShape& s, std::uint64_t context) {
  const std::uint64_t rows = kPrefillRows * (kWidthsAtOnce * s.dim + s.ffn_dim) * kFloat;
  // Pictures' tokens, a table of angles, mask, logits on both sides.
  const std::uint64_t tables = context * (s.dim + 256) * kFloat + 2 * s.vocabulary * kFloat;
  return rows + tables;
}

std::uint64_t tower_workspace(const ModelShape& s) {
  const std::uint64_t blocks = s.patches * (kWidthsAtOnce * s.tower_dim + s.tower_ffn_dim) * kFloat;
  const std::uint64_t projector = s.patches * 4 * s.dim * kFloat;
  return std::max(blocks, projector);
}

std::uint64_t cache_bytes(std::uint64_t layers, std::uint64_t kv_width, std::uint64_t context) {
  return 2 * layers * context * kv_width * kHalf;
}

double bits_per_weight(DType type) {
  const auto& info = dtype_info(type);
  return 8.0 * static_cast<double>(info.block_bytes) / static_cast<double>(info.block_size);
}

}  // namespace

MemoryNeed memory_need(const ModelFacts& facts, std::uint64_t context) {
  const ModelShape& s = facts.shape;
  const std::uint64_t tokens =
      std::min<std::uint64_t>(context > 0 ? context : s.context_length, 1U << 20);
  MemoryNeed need;
  need.weights = facts.language_bytes + facts.projector_bytes;
  need.cache = cache_bytes(s.layers, s.kv_width, tokens);
  need.workspace = kProgram + language_workspace(s, tokens) + tower_workspace(s);
  return need;
}

std::optional<MemoryNeed> memory_need(const CatalogueEntry& entry) {
  const auto size = entry.manifest.total_size();
  if (entry.kind != CatalogueKind::kGguf || !size || !entry.shape) return {};
  const CatalogueShape& shape = *entry.shape;
  MemoryNeed need;
  need.weights = *size;
  need.cache = cache_bytes(shape.layers, shape.kv_width, shape.context_length);
  // The tower's part is small beside these; widths other than the keys' are not in a catalogue.
  need.workspace = kProgram + kPrefillRows * (kWidthsAtOnce + 3) * shape.kv_width * kFloat +
                   shape.context_length * shape.kv_width * kFloat;
  return need;
}

std::string_view fit_name(MemoryFit fit) {
  switch (fit) {
    case MemoryFit::kFits:
      return "fits";
    case MemoryFit::kTight:
      return "tight";
    case MemoryFit::kWontFit:
      return "won't fit";
  }
  return "";
}

MemoryFit memory_fit(std::uint64_t needed, std::uint64_t free_bytes) {
  if (needed > free_bytes) return MemoryFit::kWontFit;
  // A fifth for the window, the desktop, and what other programs ask for in the meantime.
  return needed > free_bytes / 5 * 4 ? MemoryFit::kTight : MemoryFit::kFits;
}

std::string type_that_fits(const ModelFacts& facts, std::uint64_t free_bytes,
                           std::uint64_t context) {
  const std::uint64_t besides = memory_need(facts, context).total() - facts.language_bytes;
  const auto weights = static_cast<double>(facts.language_parameters);
  for (const DType type : {DType::kQ8_0, DType::kQ6_K, DType::kQ5_K, DType::kQ4_K}) {
    const auto bytes = static_cast<std::uint64_t>(weights * bits_per_weight(type) / 8);
    // A type that saves little is no advice.
    const bool is_smaller = bytes < facts.language_bytes / 20 * 19;
    if (is_smaller && besides + bytes <= free_bytes) return std::string(dtype_info(type).name);
  }
  return {};
}

Status check_memory(const ModelFacts& facts, std::uint64_t free_bytes, std::uint64_t context) {
  const MemoryNeed need = memory_need(facts, context);
  if (memory_fit(need.total(), free_bytes) != MemoryFit::kWontFit) return {};
  std::string detail = "the model needs about " + size_text(need.total()) + " of memory, but " +
                       size_text(free_bytes) + " are free; ";
  const std::string smaller = type_that_fits(facts, free_bytes, context);
  if (!smaller.empty())
    detail += "quantised to " + smaller + " it would fit";
  else if (need.total() - need.cache / 2 <= free_bytes)
    detail += "with a context half as long it would fit";
  else
    detail += "end other programs, or take a smaller model";
  return Error{Errc::kOutOfMemory, std::move(detail), {}};
}

}  // namespace galago
