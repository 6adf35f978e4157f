// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "compare/column_model.h"

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "base/cpu_cores.h"
#include "convert/convert.h"
#include "convert/gguf_tensor_source.h"
#include "library/model_locator.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

/// A vocabulary that lies beside its model has to lie beside the converted one too.
Status bring_vocabulary(const fs::path& from, const fs::path& to) {
  const fs::path file = from.parent_path() / "tokenizer.model";
  std::error_code error;
  if (!fs::exists(file, error)) return {};
  fs::copy_file(file, to.parent_path() / file.filename(), fs::copy_options::overwrite_existing,
                error);
  if (error)
    return Error{Errc::kIo, "the file cannot be copied: " + error.message(), {file.string()}};
  return {};
}

}  // namespace

Result<ModelFiles> locate_column(const CompareColumn& column) {
  return column.model.empty() ? built_in_model() : locate_model(column.model, column.mmproj);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<fs::path> ScratchFolder::path() {
  if (!path_.empty()) return path_;
  std::error_code error;
  const fs::path parent = parent_.empty() ? fs::temp_directory_path(error) : parent_;
  std::string name = (parent / "galago-compare-XXXXXX").string();
  if (error || ::mkdtemp(name.data()) == nullptr)
    return Error{Errc::kIo,
                 "no temporary folder can be made: " +
                     (error ? error.message() : std::generic_category().message(errno)),
                 {parent.string()}};
  path_ = name;
  return path_;
}

Result<ModelFiles> prepare_column(const CompareColumn& column, ScratchFolder& scratch,
                                  const std::stop_token& stop, FunctionRef<void(double)> progress) {
  GALAGO_TRY(ModelFiles files, locate_column(column));
  if (column.quantise.empty()) return files;
  const auto mix = mix_from_name(column.quantise);
  if (!mix) return Error{Errc::kInvalidArgument, "there is no type '" + column.quantise + "'", {}};
  GALAGO_TRY(const auto source, GgufTensorSource::open(files.language_model));
  GALAGO_TRY(ConversionPlan plan, plan_conversion(*source, *mix));
  GALAGO_TRY(const fs::path folder, scratch.path());
  const fs::path path = folder / (column.quantise + ".gguf");
  GALAGO_TRY(bring_vocabulary(files.language_model, path));
  const ConversionJob job{source.get(), std::move(plan), path};
  ThreadPool pool(column.threads > 0 ? column.threads : compute_cores().count);
  // That rounding twice loses more is what a comparison may be about.
  GALAGO_TRY(convert(std::span(&job, 1), Requantise::kAllow, pool, progress, stop));
  files.language_model = path;
  files.name += ", " + column.quantise;
  return files;
}

}  // namespace galago
