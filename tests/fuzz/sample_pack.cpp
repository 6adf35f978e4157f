// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "sample_pack.h"

#include <QCryptographicHash>
#include <utility>

#include "gguf_builder.h"
#include "transfer/bundle_list.h"
#include "transfer/file_hash.h"

namespace galago {
namespace {

constexpr const char* kLanguageModel = "language.gguf";
constexpr const char* kProjector = "mmproj.gguf";
constexpr const char* kSettingsFile = "settings.ini";
constexpr const char* kSample = "1.png";
const std::string kSomething = "something";

std::string text_of(const GgufHeader& header) {
  const Bytes bytes = build_gguf(header);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The two have the widths that make them a pair.
const std::string& language_model() {
  static const std::string bytes = [] {
    GgufHeader header = tiny_language_model("tiny");
    header.put("llama.embedding_length", std::uint32_t{8});
    return text_of(header);
  }();
  return bytes;
}

const std::string& projector() {
  static const std::string bytes = [] {
    GgufHeader header = tiny_projector("linear");
    header.put("clip.vision.embedding_length", std::uint32_t{4});
    return text_of(header);
  }();
  return bytes;
}

ManifestFile file(const std::string& name, FileRole role, const std::string& bytes) {
  QCryptographicHash hash(QCryptographicHash::Sha256);
  hash.addData(QByteArray::fromStdString(bytes));
  return {name, role, bytes.size(), hash_text(hash), {}};
}

ZipEntry entry(std::string name, std::string bytes) {
  return {std::move(name), std::move(bytes), 0, 0, 0, {}, {}, {}};
}

void add_model(std::vector<ZipEntry>& entries, const std::string& folder) {
  entries.push_back(entry(folder + kLanguageModel, language_model()));
  entries.push_back(entry(folder + kProjector, projector()));
}

}  // namespace

std::string sample_manifest() {
  ModelManifest manifest;
  manifest.name = "Small";
  manifest.publisher = "me";
  manifest.model = "small";
  manifest.files = {file(kLanguageModel, FileRole::kLanguageModel, language_model()),
                    file(kProjector, FileRole::kProjector, projector())};
  return manifest_text(manifest);
}

std::string sample_bundle_list() {
  BundleList list;
  list.models = {{"me", "small"}};
  list.settings = {file(kSettingsFile, FileRole::kOther, kSomething)};
  list.samples = {file(kSample, FileRole::kOther, kSomething)};
  return bundle_list_text(list);
}

std::vector<ZipEntry> pack_entries(const std::string& list) {
  std::vector<ZipEntry> entries = {entry(kManifestName, list)};
  add_model(entries, "");
  return entries;
}

std::vector<ZipEntry> bundle_entries(const std::string& list) {
  const std::string folder = bundle_folder("me", "small");
  std::vector<ZipEntry> entries = {entry(kBundleName, list),
                                   entry(folder + kManifestName, sample_manifest())};
  add_model(entries, folder);
  entries.push_back(entry(std::string(kSettingsFolder) + kSettingsFile, kSomething));
  entries.push_back(entry(std::string(kSamplesFolder) + kSample, kSomething));
  return entries;
}

}  // namespace galago
