// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "intake/import_checkpoint.h"

#include <utility>

#include "base/cpu_cores.h"
#include "convert/convert.h"
#include "library/safe_name.h"

namespace galago {
namespace {

constexpr const char* kPublisher = "local";
constexpr Mix kVisionMix = Mix::kF16;

}  // namespace

Result<CheckpointFacts> read_checkpoint_facts(const HuggingFaceFolders& folders,
                                              std::span<const Mix> mixes) {
  GALAGO_TRY(const HuggingFaceModel source, HuggingFaceModel::open(folders));
  GALAGO_TRY(const ConversionPlan vision, plan_conversion(*source.vision, kVisionMix));
  CheckpointFacts facts{kPublisher, plain_name_of(source.name), {}};
  for (const Mix mix : mixes) {
    GALAGO_TRY(const ConversionPlan language, plan_conversion(*source.language, mix));
    facts.sizes.push_back({mix, mix_info(mix).name, language.file_bytes + vision.file_bytes});
  }
  return facts;
}

Result<InstalledModel> import_checkpoint(const HuggingFaceFolders& folders, Mix mix,
                                         const PairImport& import, const std::stop_token& stop,
                                         const std::function<void(double)>& progress) {
  GALAGO_TRY(const HuggingFaceModel source, HuggingFaceModel::open(folders));
  const std::string publisher = import.publisher.empty() ? kPublisher : import.publisher;
  const std::string model = plain_name_of(import.model.empty() ? source.name : import.model);
  GALAGO_TRY(check_place(import.library, publisher, model, import.if_installed));
  GALAGO_TRY(ConversionPlan language, plan_conversion(*source.language, mix));
  GALAGO_TRY(ConversionPlan vision, plan_conversion(*source.vision, kVisionMix));
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

}  // namespace galago
