// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a manifest, as a catalogue of models and as the list of a bundle. They are refused
// with a reason, or what is read is written in a way that gives the same again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "library/catalogue.h"
#include "library/manifest.h"
#include "library/safe_name.h"
#include "require.h"
#include "transfer/bundle_list.h"

namespace {

using namespace galago;

/// What everybody relies on who makes a path of such names.
void check_names(const ModelManifest& manifest) {
  for (const std::string& name : {manifest.publisher, manifest.model})
    require(name.empty() || check_plain_name(name));
  for (const ManifestFile& file : manifest.files) {
    require(static_cast<bool>(check_plain_name(file.name)));
    require(file.name != kManifestName);
  }
}

void try_manifest(std::string_view text) {
  const auto manifest = parse_manifest(text);
  if (!is_read(manifest)) return;
  check_names(*manifest);
  const auto again = parse_manifest(manifest_text(*manifest));
  require(is_read(again) && *again == *manifest);
  if (check_installable(*manifest)) require(manifest->total_size().has_value());
}

void try_catalogue(std::string_view text) {
  const auto entries = parse_catalogue(text);
  if (!is_read(entries)) return;
  for (const CatalogueEntry& entry : *entries) {
    check_names(entry.manifest);
    require(static_cast<bool>(check_plain_name(entry.id)));
    if (!entry.is_downloadable()) continue;
    for (const ManifestFile& file : entry.manifest.files)
      require(!file_url(entry.manifest, file).empty());
  }
  const std::string written = catalogue_text(*entries);
  const auto again = parse_catalogue(written);
  require(is_read(again) && catalogue_text(*again) == written);
}

void try_bundle(std::string_view text) {
  const auto list = parse_bundle_list(text);
  if (!is_read(list)) return;
  for (const auto& [publisher, model] : list->models)
    require(check_plain_name(publisher) && check_plain_name(model));
  const std::string written = bundle_list_text(*list);
  const auto again = parse_bundle_list(written);
  require(is_read(again) && bundle_list_text(*again) == written);
}

/// Two addresses, as `galago-cli models get` takes them: what comes before a line break and after.
void try_addresses(std::string_view text) {
  const std::size_t line = text.find('\n');
  const std::string urls[] = {std::string(text.substr(0, line)),
                              std::string(line == text.npos ? "" : text.substr(line + 1))};
  const auto entry = entry_from_urls(urls);
  if (is_read(entry)) try_catalogue(catalogue_text(std::span(&*entry, 1)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // An exact copy on the heap: the address sanitizer sees every byte read too far.
  const std::string text(reinterpret_cast<const char*>(data), size);
  try_manifest(text);
  try_catalogue(text);
  try_bundle(text);
  try_addresses(text);
  return 0;
}
