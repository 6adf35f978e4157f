// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Everything of a loaded model that sessions share. Internal to the engine and its tests.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/engine.h"
#include "engine/picture_files.h"
#include "image/preprocess.h"
#include "model/language_model.h"
#include "model/projector.h"
#include "model/vision_tower.h"
#include "text/tokenizer.h"

namespace galago {

struct VisionModel {
  VisionTower tower;
  std::unique_ptr<Projector> projector;
  PreprocessConfig preprocess;
};

class Model {
 public:
  std::unique_ptr<Device> device;  // first: destroyed after everything that lives on it
  std::string device_reason;
  EngineOptions options;  ///< what it was loaded with
  ModelInfo info;
  LanguageModel language;
  std::optional<VisionModel> vision;
  std::unique_ptr<Tokenizer> tokenizer;
  Weight angles;  ///< [context, rope_dim], see rope_angles()
  DType kv_dtype = DType::kF16;
  std::optional<PictureFiles> picture_files;
};

}  // namespace galago
