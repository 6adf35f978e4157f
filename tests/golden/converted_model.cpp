// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "converted_model.h"

#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "base/thread_pool.h"
#include "convert/conversion_plan.h"
#include "convert/convert.h"
#include "reference_data.h"

namespace galago::golden {
namespace {

namespace fs = std::filesystem;

Status convert_pair(const std::string& model, Mix mix, const fs::path& folder) {
  const TemporaryFolder scratch;
  GALAGO_TRY(const HuggingFaceModel opened,
             HuggingFaceModel::open(reference_checkpoint(model, scratch)));
  GALAGO_TRY(ConversionPlan language, plan_conversion(*opened.language, mix));
  GALAGO_TRY(ConversionPlan vision, plan_conversion(*opened.vision, mix));
  const ConversionJob jobs[] = {
      {opened.language.get(), std::move(language), folder / "ggml-model-f16.gguf"},
      {opened.vision.get(), std::move(vision), folder / "mmproj-model-f16.gguf"}};
  fs::create_directories(folder);
  ThreadPool pool(2);
  return convert(jobs, Requantise::kRefuse, pool, [](double) {}, {});
}

}  // namespace

HuggingFaceFolders reference_checkpoint(const std::string& model, const TemporaryFolder& scratch) {
  const fs::path reference = fs::absolute(reference_folder());
  if (model != "tiny-rope4") return {reference / model, {}, {}};
  const fs::path folder = scratch.path() / model;
  fs::create_directory(folder);
  for (const char* file : {"pytorch_model.bin", "tokenizer.model"})
    fs::create_symlink(reference / "tiny-v1" / file, folder / file);
  fs::create_symlink(reference / model / "config.json", folder / "config.json");
  return {folder, {}, reference / "tiny-clip"};
}

fs::path converted_pair(const std::string& model, Mix mix) {
  static const TemporaryFolder all;
  static std::map<fs::path, bool> made;  // tests run one after the other
  const fs::path folder = all.path() / std::string(mix_info(mix).name) / model;
  const auto [entry, is_new] = made.emplace(folder, true);
  if (is_new) {
    const Status status = convert_pair(model, mix, folder);
    entry->second = status.has_value();
    if (!status) ADD_FAILURE() << status.error().message();
  }
  return entry->second ? folder : fs::path();
}

}  // namespace galago::golden
