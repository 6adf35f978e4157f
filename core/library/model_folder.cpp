// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/model_folder.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/dtype.h"
#include "gguf/gguf_reader.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// Words that say what kind of file or which precision it is, not which model: "mmproj", "q4", "k".
bool is_generic(const std::string& word) {
  constexpr std::array<std::string_view, 13> kGeneric = {
      "mmproj", "ggml", "gguf", "model", "f16", "f32",      "bf16",
      "fp16",   "k",    "s",    "m",     "l",   "projector"};
  if (std::find(kGeneric.begin(), kGeneric.end(), word) != kGeneric.end()) return true;
  const auto digits = word.find_first_not_of("q");
  return digits != std::string::npos && word.size() <= 3 &&
         word.find_first_not_of("0123456789", digits) == std::string::npos;
}

/// The words of a file's name: "MobileVLM_V2-1.7B-Q4_K" → mobilevlm, v2, 1.7b.
std::set<std::string> name_words(const fs::path& path) {
  std::set<std::string> words;
  std::string word;
  for (const char c : lower_case(path.stem().string()) + "-") {
    if (c != '-' && c != '_' && c != ' ') {
      word += c;
      continue;
    }
    if (!word.empty() && !is_generic(word)) words.insert(word);
    word.clear();
  }
  return words;
}

/// From 0, nothing in common, to 1, the same words (Dice's coefficient).
double similarity(const std::set<std::string>& a, const std::set<std::string>& b) {
  if (a.empty() && b.empty()) return 1;
  const auto common =
      std::count_if(a.begin(), a.end(), [&](const auto& word) { return b.count(word) > 0; });
  return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size());
}

std::string file_names(const std::vector<fs::path>& paths) {
  std::string names;
  for (const fs::path& path : paths) {
    if (!names.empty()) names += ", ";
    names += printable(path.filename().string());
  }
  return names;
}

void classify(const fs::path& path, ModelFolder& folder) {
  auto kind = model_file_kind(path);
  if (!kind)
    folder.damaged.push_back(std::move(kind).error());
  else if (*kind == ModelFileKind::kProjector)
    folder.projectors.push_back(path);
  else
    folder.language_models.push_back(path);
}

}  // namespace

Result<ModelFileKind> model_file_kind(const fs::path& path) {
  GALAGO_TRY(const auto file, GgufFile::open(path));
  return file->get_string("general.architecture") == "clip" ? ModelFileKind::kProjector
                                                            : ModelFileKind::kLanguageModel;
}

Result<ModelFolder> read_model_folder(const fs::path& folder) {
  ModelFolder content;
  std::vector<fs::path> files;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  // A failing increment makes the iterator the end, with the reason in `error`.
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored))
      content.folders.push_back(entry->path());
    else if (lower_case(entry->path().extension().string()) == ".gguf" &&
             entry->is_regular_file(ignored))
      files.push_back(entry->path());
  }
  if (error)
    return Error{Errc::kIo, "the folder cannot be read: " + error.message(), {folder.string()}};
  std::sort(content.folders.begin(), content.folders.end());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) classify(file, content);
  return content;
}

Result<fs::path> match_projector(const fs::path& language_model,
                                 const std::vector<fs::path>& candidates) {
  const std::set<std::string> wanted = name_words(language_model);
  std::vector<fs::path> best;
  double best_similarity = -1;
  for (const fs::path& candidate : candidates) {
    const double found = similarity(wanted, name_words(candidate));
    if (found > best_similarity) best.clear();
    if (found >= best_similarity) best.push_back(candidate);
    best_similarity = std::max(best_similarity, found);
  }
  if (best.empty()) return fs::path();
  if (best.size() > 1)
    return Error{Errc::kInvalidArgument,
                 "several projectors could belong to this model; say which one (--mmproj): " +
                     file_names(best),
                 {language_model.string()}};
  return best.front();
}

}  // namespace galago
