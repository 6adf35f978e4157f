// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cli/models/convert_input.h"

#include <string>
#include <system_error>
#include <utility>

#include "convert/gguf_tensor_source.h"
#include "convert/huggingface_model.h"
#include "library/model_folder.h"

namespace galago::cli {
namespace {

namespace fs = std::filesystem;

Status add_file(const fs::path& path, ConvertInput& input) {
  GALAGO_TRY(const ModelFileKind kind, model_file_kind(path));
  GALAGO_TRY(auto source, GgufTensorSource::open(path));
  (kind == ModelFileKind::kProjector ? input.projector : input.language_model) = std::move(source);
  input.files.push_back(path);
  return {};
}

Result<ConvertInput> open_pair(const fs::path& path) {
  GALAGO_TRY(const ModelFolder folder, read_model_folder(path));
  if (!folder.damaged.empty()) return folder.damaged.front();
  const std::size_t count = folder.language_models.size();
  if (count != 1)
    return Error{Errc::kInvalidArgument,
                 count == 0 ? "there is no model in this folder"
                            : "there are several models in this folder; name one of the files",
                 {path.string()}};
  ConvertInput input;
  input.is_folder = true;
  GALAGO_TRY(add_file(folder.language_models.front(), input));
  GALAGO_TRY(const fs::path projector,
             match_projector(folder.language_models.front(), folder.projectors));
  if (!projector.empty()) {
    GALAGO_TRY(add_file(projector, input));
  }
  return input;
}

Result<ConvertInput> open_original(const HuggingFaceFolders& folders) {
  GALAGO_TRY(HuggingFaceModel model, HuggingFaceModel::open(folders));
  ConvertInput input;
  input.is_folder = true;
  input.language_model = std::move(model.language);
  input.projector = std::move(model.vision);
  return input;
}

}  // namespace

Result<ConvertInput> open_convert_input(const fs::path& path, const OtherFolders& others) {
  std::error_code ignored;
  if (is_huggingface_folder(path)) return open_original({path, others.base, others.tower});
  if (fs::is_directory(path, ignored)) return open_pair(path);
  ConvertInput input;
  GALAGO_TRY(add_file(path, input));
  return input;
}

}  // namespace galago::cli
