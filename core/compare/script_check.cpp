// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Whether what a script names is there, and its pictures.
#include <filesystem>
#include <set>
#include <utility>

#include "compare/column_model.h"
#include "compare/script.h"
#include "image/image_decoder.h"

namespace galago {

namespace fs = std::filesystem;

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
