// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cli/models/import_checkpoint.h"

#include <string>
#include <utility>

#include "base/cpu_cores.h"
#include "convert/convert.h"
#include "library/safe_name.h"

namespace galago::cli {

Result<InstalledModel> import_checkpoint(const HuggingFaceFolders& folders, Mix mix,
                                         const PairImport& import, const std::stop_token& stop,
                                         const std::function<void(double)>& progress) {
  GALAGO_TRY(const HuggingFaceModel source, HuggingFaceModel::open(folders));
  const std::string publisher = import.publisher.empty() ? "local" : import.publisher;
  const std::string model =
      import.model.empty() ? plain_name_of(source.name) : plain_name_of(import.model);
  GALAGO_TRY(check_place(import.library, publisher, model, import.if_installed));
  GALAGO_TRY(ConversionPlan language, plan_conversion(*source.language, mix));
  GALAGO_TRY(ConversionPlan vision, plan_conversion(*source.vision, Mix::kF16));
  GALAGO_TRY(StagedModel staged, StagedModel::create(import.library));
  const std::string language_file = "ggml-model-" + std::string(mix_info(mix).name) + ".gguf";
  const ConversionJob jobs[] = {
      {source.language.get(), std::move(language), staged.folder() / language_file},
      {source.vision.get(), std::move(vision), staged.folder() / "mmproj-model-f16.gguf"}};
  ThreadPool pool(compute_cores().count);
  GALAGO_TRY(convert(
      jobs, Requantise::kRefuse, pool, [&](double fraction) { progress(fraction); }, stop));
  GALAGO_TRY([[maybe_unused]] const auto folder,
             staged.install(publisher, model, import.if_installed));
  return find_installed_model(publisher + "/" + model);
}

}  // namespace galago::cli
