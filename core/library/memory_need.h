// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How much memory a model takes, before it is loaded, and whether it is there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "library/catalogue.h"
#include "library/model_facts.h"

namespace galago {

struct MemoryNeed {
  std::uint64_t weights = 0;    ///< both files: they are mapped, and all of them is read
  std::uint64_t cache = 0;      ///< keys and values of a full context, in f16
  std::uint64_t workspace = 0;  ///< everything else, roughly

  std::uint64_t total() const { return weights + cache + workspace; }
};

/// `context` in tokens; 0: as the file says.
MemoryNeed memory_need(const ModelFacts& facts, std::uint64_t context = 0);

/// Of a pair that is not here yet. Nothing: a size or the shape is not known, or it has to be
/// converted first.
std::optional<MemoryNeed> memory_need(const CatalogueEntry& entry);

enum class MemoryFit : std::uint8_t {
  kFits,
  kTight,    ///< there is enough, but little is left for everything else
  kWontFit,  ///< it would be read from the disk over and over, or the system would end it
};

/// "fits", "tight", "won't fit"
std::string_view fit_name(MemoryFit fit);

MemoryFit memory_fit(std::uint64_t needed, std::uint64_t free_bytes);

/// The most precise type, less than that of the file, with which the language model would fit;
/// empty: none would. "q8_0", "q6_K", "q5_K", "q4_K".
std::string type_that_fits(const ModelFacts& facts, std::uint64_t free_bytes,
                           std::uint64_t context = 0);

/// Errors: kOutOfMemory, with both numbers and what would fit.
Status check_memory(const ModelFacts& facts, std::uint64_t free_bytes, std::uint64_t context = 0);

}  // namespace galago
