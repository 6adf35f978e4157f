// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The models that can be had: those published (catalogue.json among Galago's own files) and those
// that a user added (galago/catalogue.json in the configuration folder). A file's size or hash that
// nobody stated is absent, and is then shown as unknown.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "library/manifest.h"

namespace galago {

enum class CatalogueKind : std::uint8_t {
  kGguf,        ///< a pair, ready to use
  kCheckpoint,  ///< the original files, to be converted
  kTower,       ///< a vision tower that some checkpoints need beside them
};

/// "gguf", "checkpoint", "tower"
std::string_view kind_name(CatalogueKind kind);

/// What the memory of a chat depends on, as far as it is known.
struct CatalogueShape {
  std::uint64_t layers = 0;
  std::uint64_t kv_width = 0;        ///< keys of a position in one layer: heads times their width
  std::uint64_t context_length = 0;  ///< trained, in tokens
};

struct CatalogueEntry {
  std::string id;  ///< plain; what `galago-cli models get` takes
  CatalogueKind kind = CatalogueKind::kGguf;
  ModelManifest manifest;  ///< no files: it is not known which there are
  std::optional<CatalogueShape> shape;
  std::string note;  ///< one sentence for people; may be empty
  bool is_users = false;

  /// Whether all files can be fetched.
  bool is_downloadable() const;
};

struct Catalogue {
  std::vector<CatalogueEntry> entries;
  std::vector<Error> problems;  ///< of files that cannot be read; the rest is still there

  /// By id, in any case. Null: there is none.
  const CatalogueEntry* find(std::string_view id) const;
};

/// Errors: kFormat, kUnsupported.
Result<std::vector<CatalogueEntry>> parse_catalogue(std::string_view text);
std::string catalogue_text(std::span<const CatalogueEntry> entries);

/// galago/catalogue.json under $XDG_CONFIG_HOME (~/.config); empty: there is no such folder.
std::filesystem::path user_catalogue_path();

/// Both files; of equal ids the user's hides the other. A user's file that is not there is no
/// problem.
Catalogue load_catalogue();

/// Adds to the user's own catalogue, in place of an entry of that id. Errors: kIo, and those of
/// parse_catalogue, where the user's file cannot be read: it is left as it is then.
Status add_to_user_catalogue(CatalogueEntry entry);

/// From the user's own catalogue; one that is not there is none to remove. Errors: as above.
Status remove_from_user_catalogue(std::string_view id);

/// Where a file is fetched: its own address, else by the custom of the repository's host (Hugging
/// Face's: REPOSITORY/resolve/REVISION/NAME). Empty: not known.
std::string file_url(const ModelManifest& manifest, const ManifestFile& file);

/// An entry from the addresses of a language model and its projector, which are told by their
/// names. Errors: kInvalidArgument.
Result<CatalogueEntry> entry_from_urls(std::span<const std::string> urls);

}  // namespace galago
