// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See library_import.h.
#include "library_import.h"

#include "library/import_pair.h"
#include "library/model_locator.h"
#include "library/safe_name.h"
#ifdef GALAGO_PACKS
#include "transfer/pack.h"
#endif

namespace galago::ui {
namespace {

namespace fs = std::filesystem;

Status importPack([[maybe_unused]] const fs::path& path, [[maybe_unused]] const fs::path& library,
                  [[maybe_unused]] const std::stop_token& stop,
                  [[maybe_unused]] const std::function<void(double)>& progress) {
#ifdef GALAGO_PACKS
  PackImport import;
  import.library = library;
  GALAGO_TRY([[maybe_unused]] const PackResult result,
             import_pack(path, import, stop, in_shares(progress)));
  return {};
#else
  return Error{Errc::kUnsupported, "this Galago was built without packs", {path.string()}};
#endif
}

}  // namespace

Status importModelFile(const fs::path& path, const fs::path& library, const std::stop_token& stop,
                       const std::function<void(double)>& progress) {
  if (ascii_lower(path.extension().string()) == ".galago")
    return importPack(path, library, stop, progress);
  GALAGO_TRY(const ModelFiles files, locate_model(path.string()));
  PairImport import;
  import.library = library;
  GALAGO_TRY([[maybe_unused]] const InstalledModel model,
             import_pair(files, import, stop, progress));
  return {};
}

}  // namespace galago::ui
