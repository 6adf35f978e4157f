// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Writes the files that fuzz_gguf begins with into the folder given.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "gguf_builder.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  const auto write = [&](const char* name, const galago::GgufHeader& header) {
    const galago::Bytes bytes = galago::build_gguf(header);
    std::ofstream file(folder / name, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return file.good();
  };
  const bool is_written = write("language.gguf", galago::tiny_language_model("tiny")) &&
                          write("projector.gguf", galago::tiny_projector("ldpv2")) &&
                          write("sample.gguf", galago::sample_header());
  if (!is_written) std::fputs("the seeds cannot be written\n", stderr);
  return is_written ? 0 : 1;
}
