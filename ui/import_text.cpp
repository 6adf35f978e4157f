// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See import_text.h.
#include "import_text.h"

#include <QCoreApplication>

namespace galago::ui {
namespace {

/// Gives the texts their translation context.
class Texts {
  Q_DECLARE_TR_FUNCTIONS(ImportText)

 public:
  static ErrorText ofObstacle(ImportObstacle obstacle);
};

ErrorText Texts::ofObstacle(ImportObstacle obstacle) {
  switch (obstacle) {
    case ImportObstacle::kNothing:
      return {
          tr("There is no model here."),
          tr("Galago takes a pair of GGUF files, a pack (.galago), and the folder of an original "
             "checkpoint or of a LoRA adapter.")};
    case ImportObstacle::kNoProjector:
      return {tr("This is half a model: the language model without its eyes."),
              tr("The file with “mmproj” in its name is missing. Get it where this one came from "
                 "and drop both files together.")};
    case ImportObstacle::kNoLanguageModel:
      return {tr("This is half a model: the eyes (mmproj) without the language model."),
              tr("Get the other GGUF file where this one came from and drop both files together.")};
    case ImportObstacle::kMismatch:
      return {tr("These two files do not belong together, or are not MobileVLM."),
              tr("Take both files from the same place and drop them together. The details say what "
                 "differs.")};
    case ImportObstacle::kSeveralProjectors:
      return {tr("Several mmproj files could belong to this model."),
              tr("Drop the model together with the one that belongs to it.")};
    case ImportObstacle::kTowerAlone:
      return {tr("This is a vision tower (CLIP), a part that some models need."),
              tr("Drop it together with the folder of the model.")};
    case ImportObstacle::kUnreadable:
      break;
  }
  return {tr("This file is damaged or may not be read."),
          tr("Check that you may read it, or get it again.")};
}

}  // namespace

ErrorText importProblem(const ImportEntry& entry) {
  if (entry.step == ImportStep::kRefused) return Texts::ofObstacle(entry.obstacle);
  if (!entry.error) return {};
  return errorText(entry.error->code, ErrorPlace::kImport);
}

}  // namespace galago::ui
