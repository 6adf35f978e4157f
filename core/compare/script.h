// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What is to be compared: models side by side, and what each of them is asked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/generation.h"

namespace galago {

struct CompareColumn {
  std::string name;    ///< for tables; no two are the same
  std::string model;   ///< as locate_model takes it; empty: the demonstration model
  std::string mmproj;  ///< empty: looked for
  /// A mix (convert/mix.h) that the language model is converted to first; empty: as it is.
  std::string quantise;
  std::string device = "auto";
  int threads = 0;       ///< 0: one per physical core
  int context_size = 0;  ///< 0: as the file says
  GenerationParams params{{}, 128};
};

struct CompareCase {
  std::string name;
  std::string place;  ///< in the script, for messages: "cases[2]"
  std::vector<std::filesystem::path> picture_files;
  std::vector<PicturePtr> pictures;  ///< if there are any, in place of the files
  std::string prompt;
  std::optional<std::uint64_t> seed;  ///< in place of the columns'
  std::optional<int> max_tokens;
  std::optional<std::string> expected;    ///< the whole answer
  std::vector<std::string> must_contain;  ///< each is a part of the answer
};

enum class CompareOrder {
  kOneAfterTheOther,  ///< fair times, one model's weights in memory
  kAtOnce,            ///< they share the processor and the memory: times are not comparable
};

struct CompareScript {
  std::string title;
  CompareOrder order = CompareOrder::kOneAfterTheOther;
  bool measures_divergence = true;  ///< where it can be: see Agreement::mean_kl
  std::vector<CompareColumn> columns;
  std::vector<CompareCase> cases;
};

inline constexpr std::size_t kMostCompareColumns = 16;
inline constexpr std::size_t kMostCompareCases = 10'000;
inline constexpr std::size_t kLongestComparePrompt = 64U << 10;  // bytes

/// A JSON file (docs/compare.md describes it), or a folder: its compare.json, else its pictures,
/// each with the prompt in NAME.txt beside NAME.png or in prompt.txt; a folder of pictures names no
/// columns. Errors: kIo, kFormat, kUnsupported (of a newer format), with file and place.
Result<CompareScript> read_compare_script(const std::filesystem::path& path);

/// The cases of a folder's pictures.
Result<CompareScript> read_compare_folder(const std::filesystem::path& folder);

/// "q8_0", "galago-tiny, q4_K_M": what a column without a name is called.
std::string default_column_name(const CompareColumn& column);

/// The case's pictures, read if need be. Errors: those of load_image, with the place.
Result<std::vector<PicturePtr>> compare_pictures(const CompareCase& item);

/// Whether everything that the script names is there and can be read, before minutes are spent.
/// Errors: kInvalidArgument (no or too many columns or cases), and those of what is missing.
Status check_compare_script(const CompareScript& script);

}  // namespace galago
