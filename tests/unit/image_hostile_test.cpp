// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Every picture of tests/data/images, cut off at each byte (of large files, at some) and with bits
// flipped: no half pictures, no reading outside the file (the address sanitizer watches), little
// memory and time.
#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>

#include "allocation_meter.h"
#include "image/image_decoder.h"
#include "image/preprocess.h"
#include "pictures.h"

namespace galago {
namespace {

using Clock = std::chrono::steady_clock;

/// Decodes an exact copy on the heap. The meter and the clock must not show much.
Result<Image> survive(std::span<const std::byte> bytes, ImageInterpretation interpretation) {
  const std::unique_ptr<std::byte[]> copy(new std::byte[bytes.size()]);
  if (!bytes.empty()) std::memcpy(copy.get(), bytes.data(), bytes.size());
  reset_allocations();
  const auto begun = Clock::now();
  Result<Image> image = decode_image({copy.get(), bytes.size()}, interpretation);
  // These files are small: larger sizes that a flipped bit claims are implausible, except for GIF's
  // screen, which no pixels need to fill.
  EXPECT_LT(allocations().largest, std::size_t{64} << 20);
  EXPECT_LT(Clock::now() - begun, std::chrono::seconds(10));
  if (image) {
    EXPECT_EQ(image->pixels.size(), std::size_t{3} * static_cast<std::size_t>(image->width) *
                                        static_cast<std::size_t>(image->height));
  } else {
    EXPECT_FALSE(image.error().detail.empty());
    EXPECT_LT(image.error().message().size(), 1000U);
  }
  return image;
}

class HostilePicture : public testing::TestWithParam<std::string> {
 protected:
  /// From byte to byte in small files.
  std::size_t step() const { return file_.size() < 6000 ? 1 : 7; }

  std::vector<std::byte> file_ = read_file(picture_folder() / GetParam());
};

TEST_P(HostilePicture, CutOffAnywhere) {
  const auto whole = decode_image(file_, ImageInterpretation::kAsOriginal);
  ASSERT_TRUE(whole);
  // A sign of the format; before that it is no picture yet.
  constexpr std::size_t kSign = 30;
  for (std::size_t size = 0; size < file_.size(); size += step()) {
    const auto image = survive(std::span(file_).subspan(0, size), ImageInterpretation::kAsOriginal);
    if (image) {  // what follows the pixels was cut
      ASSERT_EQ(image->pixels, whole->pixels) << "half a picture at " << size;
      ASSERT_GT(size, file_.size() * 9 / 20) << size;
    } else if (size >= kSign) {
      ASSERT_EQ(image.error().code, Errc::kFormat) << size;
      ASSERT_NE(image.error().detail.find("cut off"), std::string::npos)
          << size << ": " << image.error().detail;
    }
    if (HasFailure()) FAIL() << "at " << size;
  }
}

TEST_P(HostilePicture, BitsFlippedAnywhere) {
  // All bits of the head, where sizes are, and one of each byte behind it.
  constexpr std::size_t kHead = 64;
  PreprocessConfig config;
  config.image_size = 28;  // quick
  for (std::size_t at = 0; at < file_.size(); at += at < kHead ? 1 : step())
    for (std::size_t bit = 0; bit < 8; ++bit) {
      if (at >= kHead && bit != at % 8) continue;
      file_[at] ^= static_cast<std::byte>(1U << bit);
      const auto seen = survive(file_, ImageInterpretation::kAsSeen);
      if (seen && at < kHead) {
        EXPECT_TRUE(fit_to_model(*seen, config));
      }
      file_[at] ^= static_cast<std::byte>(1U << bit);
      if (HasFailure()) FAIL() << "bit " << bit << " of byte " << at;
    }
}

INSTANTIATE_TEST_SUITE_P(All, HostilePicture, testing::ValuesIn(picture_names()), test_name);

TEST(ImageHostileTest, TheMeterMeters) {
  reset_allocations();
  const std::vector<char> memory(12345);
  EXPECT_GE(allocations().largest, 12345U);
}

}  // namespace
}  // namespace galago
