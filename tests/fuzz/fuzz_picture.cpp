// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a picture file: they are refused, or become the numbers that a model reads.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>

#include "image/image_decoder.h"
#include "image/preprocess.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

std::uint32_t crc(std::span<const std::uint8_t> bytes) {
  std::uint32_t value = 0xFFFFFFFF;
  for (const std::uint8_t byte : bytes) {
    value ^= byte;
    for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ (value % 2 != 0 ? 0xEDB88320U : 0U);
  }
  return ~value;
}

/// Makes the sums of a PNG file's chunks right again, without which no change gets far.
void repair_png(std::span<std::uint8_t> file) {
  constexpr std::size_t kSignature = 8;
  if (file.size() < kSignature || std::memcmp(file.data(), "\x89PNG\r\n\x1a\n", kSignature) != 0)
    return;
  file = file.subspan(kSignature);
  while (file.size() >= 12) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size = size << 8 | file[i];
    if (size > file.size() - 12) return;
    const std::uint32_t sum = crc(file.subspan(4, 4 + size));
    for (std::size_t i = 0; i < 4; ++i)
      file[8 + size + i] = static_cast<std::uint8_t>(sum >> (24 - 8 * i));
    file = file.subspan(12 + size);
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed) {
  const std::size_t changed = LLVMFuzzerMutate(data, size, max_size);
  if (seed % 8 != 0) repair_png({data, changed});  // now and then the sums are wrong
  return changed;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using galago::ImageInterpretation;
  const auto bytes = std::as_bytes(std::span(data, size));
  for (const auto interpretation :
       {ImageInterpretation::kAsSeen, ImageInterpretation::kAsOriginal}) {
    const auto image = galago::decode_image(bytes, interpretation);
    if (!image) continue;
    galago::PreprocessConfig config;
    config.image_size = 28;  // quick
    for (const bool is_padded : {true, false}) {
      config.pad_to_square = is_padded;
      const auto fitted = galago::fit_to_model(*image, config);
      if (!fitted) std::abort();  // what is decoded has pixels
      if (galago::normalise(*fitted, config).size() != std::size_t{3} * 28 * 28) std::abort();
    }
  }
  return 0;
}
