// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Writes the files that fuzz_pack begins with into the folder given.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "sample_pack.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  const auto write = [&](const char* name, const std::string& bytes) {
    std::ofstream file(folder / name, std::ios::binary);
    file << bytes;
    return file.good();
  };
  using galago::evil_zip;
  const std::string manifest = galago::sample_manifest();
  const std::string list = galago::sample_bundle_list();
  const bool is_written =
      write("model.galago", evil_zip(galago::pack_entries(manifest))) &&
      write("large.galago", evil_zip(galago::pack_entries(manifest), galago::ZipKind::kZip64)) &&
      write("bundle.galago", evil_zip(galago::bundle_entries(list))) &&
      write("manifest.json", manifest) && write("bundle.json", list);
  if (!is_written) std::fputs("the seeds cannot be written\n", stderr);
  return is_written ? 0 : 1;
}
