// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "image/preprocess.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>

#include "base/npy.h"
#include "pictures.h"
#include "reference_data.h"

namespace galago {
namespace {

constexpr ImageInterpretation kAsOriginal = ImageInterpretation::kAsOriginal;
constexpr PreprocessConfig kPad{};

PreprocessConfig cropping() {
  PreprocessConfig config;
  config.pad_to_square = false;
  return config;
}

/// Pixels without a pattern, the same each time.
Image noise(int width, int height) {
  Image image{width, height, {}};
  std::uint32_t state = 12345;
  const std::size_t count =
      std::size_t{3} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 1664525 + 1013904223;
    image.pixels.push_back(static_cast<std::uint8_t>(state >> 24));
  }
  return image;
}

Image plain(int width, int height, const std::array<std::uint8_t, 3>& colour) {
  Image image{width, height, {}};
  for (int i = 0; i < width * height; ++i)
    image.pixels.insert(image.pixels.end(), colour.begin(), colour.end());
  return image;
}

std::array<std::uint8_t, 3> pixel(const Image& image, int x, int y) {
  const std::size_t at = 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                              static_cast<std::size_t>(x));
  return {image.pixels[at], image.pixels[at + 1], image.pixels[at + 2]};
}

// Against Pillow, by hashes.

class OwnPicture : public testing::TestWithParam<std::string> {};

TEST_P(OwnPicture, IsResizedAsByPillow) {
  const auto& expected = expected_pictures()[GetParam()];
  const auto image = load_image(picture_folder() / GetParam(), kAsOriginal);
  ASSERT_TRUE(image) << image.error().message();
  EXPECT_EQ(describe(fit_to_model(*image, kPad)), expected["padded"]);
  if (expected.contains("cropped")) {
    EXPECT_EQ(describe(fit_to_model(*image, cropping())), expected["cropped"]);
  }
}

INSTANTIATE_TEST_SUITE_P(All, OwnPicture, testing::ValuesIn(picture_names()), test_name);

// Against the original's arrays.

/// [3, h, w] of bytes to [h, w, 3].
std::vector<std::uint8_t> channels_last(const NpyArray& array) {
  const std::size_t count = array.u8.size() / 3;
  std::vector<std::uint8_t> out(array.u8.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = array.u8[i % 3 * count + i / 3];
  return out;
}

TEST(PreprocessTest, PicturesOfTheReferenceAreResizedAsByTheOriginal) {
  GALAGO_SKIP_WITHOUT_REFERENCE();
  std::ifstream file(reference_folder() / "manifest.json");
  const auto manifest = nlohmann::json::parse(file);
  int compared = 0;
  for (const auto& [name, values] : manifest["images"].items()) {
    const auto image = load_image(reference_folder() / "images" / name, kAsOriginal);
    ASSERT_TRUE(image) << image.error().message();
    for (const char* kind : {"resized_u8", "nopad_u8"}) {
      if (!values.contains(kind)) continue;
      const auto array = read_npy(reference_folder() / values[kind].get<std::string>());
      ASSERT_TRUE(array) << array.error().message();
      const auto fitted =
          fit_to_model(*image, std::string_view(kind) == "nopad_u8" ? cropping() : kPad);
      ASSERT_TRUE(fitted);
      // Exactly: of JPEG files, too, whose tolerance is for other decoders.
      EXPECT_EQ(fitted->pixels, channels_last(*array)) << name << ", " << kind;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 10);
}

TEST(PreprocessTest, NumbersOfTheReferenceAreThoseOfTheOriginal) {
  GALAGO_SKIP_WITHOUT_REFERENCE();
  std::ifstream file(reference_folder() / "manifest.json");
  const auto manifest = nlohmann::json::parse(file);
  int compared = 0;
  for (const auto& [name, values] : manifest["images"].items()) {
    if (!values.contains("pixel_values")) continue;
    const std::string path = values["pixel_values"];
    const double tolerance = manifest["files"][path]["tolerance"]["max_abs"];
    const auto image = load_image(reference_folder() / "images" / name, kAsOriginal);
    ASSERT_TRUE(image) << image.error().message();
    const auto fitted = fit_to_model(*image, kPad);
    ASSERT_TRUE(fitted);
    const auto array = read_npy(reference_folder() / path);
    ASSERT_TRUE(array) << array.error().message();
    const std::vector<float> pixels = normalise(*fitted, kPad);
    ASSERT_EQ(pixels.size(), array->f32.size());
    double largest = 0;
    for (std::size_t i = 0; i < pixels.size(); ++i)
      largest = std::max(largest, std::fabs(double{pixels[i]} - double{array->f32[i]}));
    EXPECT_LE(largest, tolerance) << name;
    ++compared;
  }
  EXPECT_EQ(compared, 3);
}

// What follows from the definitions.

TEST(PreprocessTest, SquaresAreOfMeanColourWithThePictureInTheMiddle) {
  const Image square = expand_to_square(plain(5, 2, {1, 2, 3}), kPad.mean);
  EXPECT_EQ(square.width, 5);
  EXPECT_EQ(square.height, 5);
  const std::array<std::uint8_t, 3> mean = {122, 116, 104};
  const std::array<std::uint8_t, 3> picture = {1, 2, 3};
  for (int y = 0; y < 5; ++y)
    for (int x = 0; x < 5; ++x)
      EXPECT_EQ(pixel(square, x, y), y == 1 || y == 2 ? picture : mean) << x << ", " << y;
}

struct Shape {
  int width;
  int height;
};

class ShapeTest : public testing::TestWithParam<Shape> {};

TEST_P(ShapeTest, PaddingThatIsNotMadeIsThatOfTheSquare) {
  const Image image = noise(GetParam().width, GetParam().height);
  const auto fitted = fit_to_model(image, kPad);
  ASSERT_TRUE(fitted);
  const Image square = expand_to_square(image, kPad.mean);
  EXPECT_EQ(fitted->pixels, resize_bicubic(square, 336, 336).pixels);
}

TEST_P(ShapeTest, CroppingIsResizingAndTakingTheMiddle) {
  const Image image = noise(GetParam().width, GetParam().height);
  const int shorter = std::min(image.width, image.height);
  const int width = 336 * image.width / shorter;
  const int height = 336 * image.height / shorter;
  if (std::int64_t{width} * height > 20'000'000) return;  // whole, it would take much memory
  const Image resized = resize_bicubic(image, width, height);
  const auto fitted = fit_to_model(image, cropping());
  ASSERT_TRUE(fitted);
  ASSERT_EQ(fitted->pixels.size(), std::size_t{3} * 336 * 336);
  for (int y = 0; y < 336; ++y)
    for (int x = 0; x < 336; ++x)
      ASSERT_EQ(pixel(*fitted, x, y), pixel(resized, x + (width - 336) / 2, y + (height - 336) / 2))
          << x << ", " << y;
}

INSTANTIATE_TEST_SUITE_P(All, ShapeTest,
                         testing::Values(Shape{1, 1}, Shape{1, 2}, Shape{2, 1}, Shape{3, 3},
                                         Shape{336, 336}, Shape{336, 100}, Shape{335, 336},
                                         Shape{500, 3}, Shape{2, 901}, Shape{1000, 999},
                                         Shape{337, 1200}, Shape{1, 3000}),
                         [](const auto& shape) {
                           return std::to_string(shape.param.width) + "x" +
                                  std::to_string(shape.param.height);
                         });

// The square of the first would take 12 GB, the resized second 22 GB.
TEST(PreprocessTest, ElongatedPicturesCostNoMoreThanOthers) {
  const auto begun = std::chrono::steady_clock::now();
  for (const Shape shape : {Shape{65500, 1}, Shape{1, 65500}, Shape{65500, 3}}) {
    const Image image = plain(shape.width, shape.height, {255, 0, 9});
    const auto padded = fit_to_model(image, kPad);
    ASSERT_TRUE(padded);
    EXPECT_EQ(pixel(*padded, 0, 0), (std::array<std::uint8_t, 3>{122, 116, 104}));
    const auto cropped = fit_to_model(image, cropping());
    ASSERT_TRUE(cropped);
    EXPECT_EQ(cropped->pixels, plain(336, 336, {255, 0, 9}).pixels);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));
}

TEST(PreprocessTest, PlainPicturesStayPlain) {
  const Image image = plain(123, 77, {0, 128, 255});
  EXPECT_EQ(resize_bicubic(image, 336, 336).pixels, plain(336, 336, {0, 128, 255}).pixels);
  EXPECT_EQ(resize_bicubic(image, 5, 3).pixels, plain(5, 3, {0, 128, 255}).pixels);
}

TEST(PreprocessTest, TheSameSizeChangesNothing) {
  const Image image = noise(41, 29);
  EXPECT_EQ(resize_bicubic(image, 41, 29).pixels, image.pixels);
}

TEST(PreprocessTest, DirectionsAreIndependentButForTheirOrder) {
  const Image image = noise(90, 70);
  EXPECT_EQ(resize_bicubic(image, 33, 44).pixels,
            resize_bicubic(resize_bicubic(image, 33, 70), 33, 44).pixels);
}

TEST(PreprocessTest, OtherSizesAndMeans) {
  PreprocessConfig config;
  config.image_size = 112;
  config.mean = {0.5F, 0.5F, 0.5F};
  config.std = {0.5F, 0.25F, 0.5F};
  const auto fitted = fit_to_model(plain(10, 400, {255, 0, 0}), config);
  ASSERT_TRUE(fitted);
  EXPECT_EQ(fitted->width, 112);
  EXPECT_EQ(fitted->height, 112);
  EXPECT_EQ(pixel(*fitted, 0, 50), (std::array<std::uint8_t, 3>{127, 127, 127}));
  const std::vector<float> pixels = normalise(plain(2, 1, {255, 0, 51}), config);
  EXPECT_EQ(pixels, (std::vector<float>{1.0F, 1.0F, -2.0F, -2.0F, (0.2F - 0.5F) / 0.5F,
                                        (0.2F - 0.5F) / 0.5F}));
}

TEST(PreprocessTest, PicturesWithoutPixelsAreRefused) {
  for (const PreprocessConfig& config : {kPad, cropping()}) {
    const auto fitted = fit_to_model(Image{}, config);
    ASSERT_FALSE(fitted);
    EXPECT_EQ(fitted.error().code, Errc::kInvalidArgument);
  }
}

}  // namespace
}  // namespace galago
