// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Cases from a folder of pictures; and whether what a script names is there.
#include <algorithm>
#include <array>
#include <set>
#include <system_error>
#include <utility>

#include "compare/column_model.h"
#include "compare/script.h"
#include "image/image_decoder.h"
#include "library/json_reader.h"
#include "library/safe_name.h"
#include "text/utf8.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCommonPrompt = "prompt.txt";

bool is_picture_name(const fs::path& path) {
  constexpr std::array kExtensions = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"};
  const std::string extension = ascii_lower(path.extension().string());
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

Result<std::string> read_prompt(const fs::path& file) {
  GALAGO_TRY(std::string text, read_text_file(file, kLongestComparePrompt));
  if (!is_valid_utf8(text))
    return Error{Errc::kFormat, "this is not text in UTF-8", {file.string()}};
  text = std::string(strip(text));
  if (text.empty()) return Error{Errc::kFormat, "there is no prompt in it", {file.string()}};
  return text;
}

Result<std::vector<fs::path>> pictures_of(const fs::path& folder) {
  std::vector<fs::path> pictures;
  std::error_code error;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    std::error_code ignored;
    if (!is_picture_name(entries->path()) || !entries->is_regular_file(ignored)) continue;
    pictures.push_back(entries->path());
    if (pictures.size() > kMostCompareCases)
      return Error{Errc::kInvalidArgument,
                   "there are more than " + std::to_string(kMostCompareCases) + " pictures",
                   {folder.string()}};
  }
  if (error)
    return Error{Errc::kIo, "the folder cannot be read: " + error.message(), {folder.string()}};
  std::sort(pictures.begin(), pictures.end());
  return pictures;
}

}  // namespace

Result<CompareScript> read_compare_folder(const fs::path& folder) {
  GALAGO_TRY(const std::vector<fs::path> pictures, pictures_of(folder));
  if (pictures.empty())
    return Error{
        Errc::kFormat, "the folder holds neither compare.json nor pictures", {folder.string()}};
  CompareScript script;
  const fs::path absolute = fs::absolute(folder).lexically_normal();
  script.title = (absolute.has_filename() ? absolute : absolute.parent_path()).filename().string();
  std::error_code ignored;
  for (const fs::path& picture : pictures) {
    fs::path prompt_file = fs::path(picture).replace_extension(".txt");
    if (!fs::exists(prompt_file, ignored)) prompt_file = folder / kCommonPrompt;
    if (!fs::exists(prompt_file, ignored))
      return Error{Errc::kFormat,
                   "there is no prompt for it: put one into " + picture.stem().string() +
                       ".txt, or one for all into prompt.txt",
                   {picture.string()}};
    CompareCase item;
    item.name = picture.filename().string();
    item.place = item.name;
    item.picture_files = {picture};
    GALAGO_TRY(item.prompt, read_prompt(prompt_file));
    script.cases.push_back(std::move(item));
  }
  return script;
}

Result<std::vector<PicturePtr>> compare_pictures(const CompareCase& item) {
  if (!item.pictures.empty()) return item.pictures;
  std::vector<PicturePtr> pictures;
  for (const fs::path& file : item.picture_files) {
    auto image = load_image(file, ImageInterpretation::kAsSeen);
    if (!image) return std::move(image).error().with_context(item.place);
    pictures.push_back(std::make_shared<const Picture>(*std::move(image)));
  }
  return pictures;
}

Status check_compare_script(const CompareScript& script) {
  if (script.columns.empty() || script.columns.size() > kMostCompareColumns)
    return Error{Errc::kInvalidArgument,
                 "between 1 and " + std::to_string(kMostCompareColumns) +
                     " models can be compared, not " + std::to_string(script.columns.size()),
                 {}};
  if (script.cases.empty()) return Error{Errc::kInvalidArgument, "there is nothing to ask", {}};
  for (const CompareColumn& column : script.columns) {
    auto files = locate_column(column);
    if (!files) return std::move(files).error().with_context("column '" + column.name + "'");
  }
  std::set<fs::path> seen;
  for (const CompareCase& item : script.cases) {
    if (item.picture_files.size() == 1 && !seen.insert(item.picture_files[0]).second) continue;
    GALAGO_TRY([[maybe_unused]] const auto pictures, compare_pictures(item));
  }
  return {};
}

}  // namespace galago
