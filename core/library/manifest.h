// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-model.json beside an installed model: what it is, where it came from, and what its files
// must be. The first entry of a pack is the same text. It may come from anywhere.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace galago {

inline constexpr const char* kManifestName = "galago-model.json";
inline constexpr std::size_t kLargestManifest = 1U << 20;  ///< bytes

enum class FileRole : std::uint8_t {
  kLanguageModel,
  kProjector,   ///< the mmproj file: vision tower and projector
  kTokenizer,   ///< tokenizer.model, for a language model without vocabulary
  kLicence,     ///< text
  kCheckpoint,  ///< part of an original checkpoint, to be converted
  kOther,
};

/// "language_model", "mmproj", "tokenizer", "licence", "checkpoint", "other"
std::string_view role_name(FileRole role);

struct ManifestFile {
  std::string name;  ///< plain: it lies beside the manifest
  FileRole role = FileRole::kOther;
  std::optional<std::uint64_t> size;  ///< bytes; nothing: not known
  std::string sha256;                 ///< 64 lower-case hexadecimal digits; empty: not known
  std::string url;                    ///< where it is published; empty: in the repository

  friend bool operator==(const ManifestFile&, const ManifestFile&) = default;
};

/// Texts are empty where nothing is known.
struct ModelManifest {
  std::string name;       ///< for people
  std::string publisher;  ///< plain: its folder in the library
  std::string model;      ///< plain: the folder in that
  std::string repository;
  std::string revision;
  std::string licence;  ///< SPDX identifier, or the text itself
  std::string quantisation;
  std::string prompt_template;  ///< a name of ChatTemplate
  std::vector<ManifestFile> files;

  /// The first file of that role; null: there is none.
  const ManifestFile* file(FileRole role) const;
  /// Of all files; nothing where one is not known.
  std::optional<std::uint64_t> total_size() const;

  friend bool operator==(const ModelManifest&, const ModelManifest&) = default;
};

/// Names are plain and distinct, sizes possible, hashes hashes. Errors: kFormat, kUnsupported (of a
/// newer format).
Result<ModelManifest> parse_manifest(std::string_view text);

/// What parse_manifest reads back.
std::string manifest_text(const ModelManifest& manifest);

/// Whether it describes a model that can be installed: publisher and model named, one language
/// model and one projector, all sizes known. Errors: kFormat.
Status check_installable(const ModelManifest& manifest);

/// A manifest of a folder (manifest_place.h tells which there may be besides galago-model.json).
/// Errors: kIo, and those of parse_manifest.
Result<ModelManifest> read_manifest(const std::filesystem::path& folder,
                                    const std::string& name = kManifestName);

/// Atomically, in place of an older one. Errors: kIo.
Status write_manifest(const std::filesystem::path& folder, const ModelManifest& manifest,
                      const std::string& name = kManifestName);

}  // namespace galago
