// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Writes the files that fuzz_checkpoint begins with into the folder given.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "checkpoint_builder.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  const auto write = [&](const char* name, const galago::Bytes& bytes) {
    std::ofstream file(folder / name, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return file.good();
  };
  const auto tensors = galago::sample_tensors();
  const bool is_written =
      write("archive.bin", galago::build_torch_file(tensors)) &&
      write("old.bin", galago::build_old_torch_file(tensors)) &&
      write("data.pkl", galago::build_pickle(tensors)) &&
      write("model.safetensors", galago::build_safetensors(tensors)) &&
      write("index.json", galago::to_bytes(R"({"weight_map":{"a":"model-1.bin"}})")) &&
      write("entries.zip", galago::build_zip(std::vector<galago::ZipInput>{
                               {"folder/b", galago::to_bytes("second")}, {"empty", {}}}));
  if (!is_written) std::fputs("the seeds cannot be written\n", stderr);
  return is_written ? 0 : 1;
}
