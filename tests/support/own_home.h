// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A home of its own for a test, in which nothing of the person's who runs it is seen.
#pragma once

#include <filesystem>

#include "temporary_folder.h"
#include "variable.h"

namespace galago {

class OwnHome {
 public:
  const TemporaryFolder& folder() const { return folder_; }

  const std::filesystem::path& path() const { return folder_.path(); }

  /// Where models are kept unless somebody chose another folder.
  std::filesystem::path library() const { return path() / "data" / "galago" / "models"; }

  std::filesystem::path cache() const { return path() / "cache"; }

 private:
  TemporaryFolder folder_;
  Variable home_{"HOME", path()};
  Variable data_{"XDG_DATA_HOME", path() / "data"};
  Variable config_{"XDG_CONFIG_HOME", path() / "config"};
  Variable state_{"XDG_STATE_HOME", path() / "state"};
  Variable cache_{"XDG_CACHE_HOME", cache()};
  Variable system_{"XDG_DATA_DIRS", path() / "system"};
  Variable own_{"GALAGO_DATA", path() / "own"};
  Variable models_{"GALAGO_MODELS"};
  Variable hub_{"HF_HUB_CACHE"};
  Variable hugging_face_{"HF_HOME"};
  Variable llama_{"LLAMA_CACHE"};
};

}  // namespace galago
