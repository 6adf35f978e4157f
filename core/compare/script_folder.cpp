// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Cases from a folder of pictures.
#include <algorithm>
#include <system_error>
#include <utility>

#include "compare/script.h"
#include "image/image_format.h"
#include "library/json_reader.h"
#include "text/utf8.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCommonPrompt = "prompt.txt";

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
    if (!is_picture_name(entries->path().filename().string()) || !entries->is_regular_file(ignored))
      continue;
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

}  // namespace galago
