// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a pack or bundle. It is refused with a reason and leaves nothing, or its models are
// in the library; nothing is ever written anywhere else.
#include <QtGlobal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "require.h"
#include "sample_pack.h"
#include "temporary_folder.h"
#include "transfer/pack.h"

namespace {

using namespace galago;
namespace fs = std::filesystem;

bool is_empty_or_absent(const fs::path& folder) {
  return !fs::exists(folder) || fs::is_empty(folder);
}

/// A list alone is tried in a sound archive, so that changes need not get past the checksums first.
std::string archive_of(const std::string& text) {
  if (!text.starts_with('{')) return text;
  const bool is_bundle = text.find("\"models\"") != std::string::npos;
  return evil_zip(is_bundle ? bundle_entries(text) : pack_entries(text));
}

void check_names(const fs::path& folder, const std::set<fs::path>& expected) {
  for (const auto& entry : fs::directory_iterator(folder)) require(expected.contains(entry.path()));
}

/// Gives whether it was taken.
bool try_pack(const fs::path& home, const fs::path& pack) {
  const PackImport import{home / "library", IfInstalled::kRefuse, home / "settings.ini",
                          home / "samples"};
  const auto content = read_pack(pack);
  const bool is_known = is_read(content);
  const auto result = import_pack(pack, import, {});
  check_names(home, {pack, import.library, import.settings, import.samples});
  if (!is_read(result)) {
    require(is_empty_or_absent(import.library) && is_empty_or_absent(import.samples));
    require(!fs::exists(import.settings));
    return false;
  }
  require(is_known && content->models.size() == result->folders.size());
  for (const fs::path& folder : result->folders) {
    require(folder.parent_path().parent_path() == import.library);
    require(static_cast<bool>(read_manifest(folder)));
  }
  return true;
}

bool try_bytes(const std::string& archive) {
  const TemporaryFolder home;
  return try_pack(home.path(), home.write("model.galago", archive));
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
  // Were the sound ones refused, nothing would be tried of what comes after the lists.
  require(try_bytes(archive_of(sample_manifest())) && try_bytes(archive_of(sample_bundle_list())));
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try_bytes(archive_of({reinterpret_cast<const char*>(data), size}));
  return 0;
}
