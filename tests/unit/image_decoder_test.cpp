// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "image/image_decoder.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "image/image_format.h"
#include "image/orientation.h"
#include "pictures.h"
#include "reference_data.h"
#include "temporary_folder.h"

namespace galago {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

constexpr ImageInterpretation kAsSeen = ImageInterpretation::kAsSeen;
constexpr ImageInterpretation kAsOriginal = ImageInterpretation::kAsOriginal;

class OwnPicture : public testing::TestWithParam<std::string> {};

TEST_P(OwnPicture, IsDecodedAsByPillow) {
  const auto& expected = expected_pictures()[GetParam()];
  const auto path = picture_folder() / GetParam();
  EXPECT_EQ(describe(load_image(path, kAsOriginal)), expected["original"]);
  EXPECT_EQ(describe(load_image(path, kAsSeen)), expected["seen"]);
}

INSTANTIATE_TEST_SUITE_P(All, OwnPicture, testing::ValuesIn(picture_names()), test_name);

TEST(ImageDecoderTest, OwnPicturesAreThere) { EXPECT_GT(picture_names().size(), 60U); }

TEST(ImageDecoderTest, JpegOfTheReferenceIsDecodedAsByPillow) {
  GALAGO_SKIP_WITHOUT_REFERENCE();
  for (const std::string name : {"demo", "exif6"}) {
    const auto folder = reference_folder() / "images";
    EXPECT_EQ(describe(load_image(folder / (name + ".jpg"), kAsOriginal)),
              describe(load_image(folder / (name + ".decoded.png"), kAsOriginal)));
  }
}

// Files that are refused.

Error error_of(std::span<const std::byte> file) {
  const auto image = decode_image(file, kAsSeen);
  EXPECT_FALSE(image);
  return image ? Error{} : image.error();
}

Error error_of(std::string_view text) {
  return error_of(std::as_bytes(std::span(text.data(), text.size())));
}

/// The file with `bytes` written over its own.
std::vector<std::byte> patched(const std::string& name, std::size_t at, std::string_view bytes) {
  std::vector<std::byte> file = read_file(picture_folder() / name);
  if (at + bytes.size() <= file.size()) std::memcpy(file.data() + at, bytes.data(), bytes.size());
  return file;
}

TEST(ImageDecoderTest, NoPictures) {
  EXPECT_EQ(error_of("").code, Errc::kFormat);
  EXPECT_EQ(error_of("What is in this picture? A lemur.\n").code, Errc::kFormat);
  EXPECT_NE(error_of("text").detail.find("not a picture"), std::string::npos);
  EXPECT_EQ(error_of("BM begins this text, which is no bitmap.").code, Errc::kFormat);
  EXPECT_EQ(error_of("GGUF\3\0\0\0"sv).code, Errc::kFormat);
  EXPECT_EQ(error_of("<html><body>no picture</body></html>").code, Errc::kFormat);
}

TEST(ImageDecoderTest, FormatsKnownBySightAreNamed) {
  const std::array<std::pair<std::string_view, std::string_view>, 9> files = {{
      {"\0\0\0\x18"
       "ftypheic\0\0\0\0mif1heic"sv,
       "HEIC"},
      {"\0\0\0\x1c"
       "ftypavif\0\0\0\0avifmif1"sv,
       "AVIF"},
      {"II*\0\x8\0\0\0"sv, "TIFF"},
      {"MM\0*\0\0\0\x8"sv, "TIFF"},
      {"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG"},
      {"\xEF\xBB\xBF\n<?xml version=\"1.0\"?>\n<!-- drawn -->\n<svg/>", "SVG"},
      {"\0\0\0\x0cJXL \r\n\x87\n"sv, "JPEG XL"},
      {"8BPS\0\1"sv, "Photoshop"},
      {"%PDF-1.7\n", "PDF"},
  }};
  for (const auto& [bytes, name] : files) {
    const Error error = error_of(bytes);
    EXPECT_EQ(error.code, Errc::kUnsupported) << name;
    EXPECT_NE(error.detail.find(std::string(name) + " are not read"), std::string::npos)
        << error.detail;
    EXPECT_NE(error.detail.find("JPEG or PNG"), std::string::npos) << error.detail;
  }
}

TEST(ImageDecoderTest, PicturesWithoutPixels) {
  const std::string_view zero = "\0\0\0\0"sv;
  EXPECT_EQ(error_of(patched("bmp_24.bmp", 18, zero)).code, Errc::kFormat);
  EXPECT_EQ(error_of(patched("bmp_24.bmp", 22, zero)).code, Errc::kFormat);
  // PNG checks its header's sum first; both are errors of the format.
  EXPECT_EQ(error_of(patched("png_rgb16.png", 16, zero)).code, Errc::kFormat);
  const auto gif = read_file(picture_folder() / "gif_plain.gif");
  const std::string_view text(reinterpret_cast<const char*>(gif.data()), gif.size());
  const std::size_t frame = text.find(",\0\0\0\0\x21\0"sv);
  ASSERT_NE(frame, std::string_view::npos);
  const Error error = error_of(patched("gif_plain.gif", frame + 5, zero));
  EXPECT_EQ(error.code, Errc::kFormat);
  EXPECT_NE(error.detail.find("no pixels"), std::string::npos) << error.detail;
}

TEST(ImageDecoderTest, PicturesThatAreTooLargeAreRefusedWithTheirSize) {
  // 65501 x 27, and 20000 x 20000
  for (const std::string_view size : {"\xDD\xFF\0\0\x1b\0\0\0"sv, "\x20\x4E\0\0\x20\x4E\0\0"sv}) {
    const Error error = error_of(patched("bmp_24.bmp", 18, size));
    EXPECT_EQ(error.code, Errc::kUnsupported);
    EXPECT_NE(error.detail.find(" x "), std::string::npos) << error.detail;
    EXPECT_NE(error.detail.find("200 megapixels"), std::string::npos) << error.detail;
  }
  const auto jpeg = read_file(picture_folder() / "jpeg_444.jpg");
  const std::string_view text(reinterpret_cast<const char*>(jpeg.data()), jpeg.size());
  const std::size_t frame = text.find("\xFF\xC0"sv);
  ASSERT_NE(frame, std::string_view::npos);
  EXPECT_EQ(error_of(patched("jpeg_444.jpg", frame + 5, "\x80\0\x80\0"sv)).code,
            Errc::kUnsupported);
  // 4096 x 4096 cannot be in so short a file.
  const Error error = error_of(patched("jpeg_444.jpg", frame + 5, "\x10\0\x10\0"sv));
  EXPECT_EQ(error.code, Errc::kFormat);
  EXPECT_NE(error.detail.find("cut off"), std::string::npos) << error.detail;
}

TEST(ImageDecoderTest, RareKindsAreUnsupported) {
  const auto jpeg = read_file(picture_folder() / "jpeg_444.jpg");
  const std::string_view text(reinterpret_cast<const char*>(jpeg.data()), jpeg.size());
  const std::size_t frame = text.find("\xFF\xC0"sv);
  ASSERT_NE(frame, std::string_view::npos);
  EXPECT_EQ(error_of(patched("jpeg_444.jpg", frame + 4, "\x0c")).code, Errc::kUnsupported);
  EXPECT_EQ(error_of(patched("jpeg_444.jpg", frame + 1, "\xC3")).code, Errc::kUnsupported);
  EXPECT_EQ(error_of(patched("bmp_24.bmp", 30, "\4")).code, Errc::kUnsupported);  // JPEG inside
  EXPECT_EQ(error_of(patched("bmp_24.bmp", 28, "\x17")).code, Errc::kUnsupported);
}

TEST(ImageDecoderTest, ErrorsOfFilesNameThePath) {
  const TemporaryFolder folder;
  const auto text = folder.write("notes.png", "no picture");
  for (const auto& path : {text, folder.path() / "none.png", folder.path()}) {
    const auto image = load_image(path, kAsSeen);
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().code, path == text ? Errc::kFormat : Errc::kIo);
    EXPECT_EQ(image.error().context.back(), path.string());
  }
}

// EXIF.

/// A TIFF structure with one entry.
std::string exif_entry(std::string_view tag, std::string_view type, std::string_view value) {
  return "II*\0\x8\0\0\0\1\0"s + std::string(tag) + std::string(type) + "\1\0\0\0"s +
         std::string(value) + "\0\0\0\0\0\0"s;
}

int orientation_in(const std::string& exif) {
  return exif_orientation(std::as_bytes(std::span(exif)));
}

TEST(OrientationTest, IsFoundInExif) {
  for (char value = 1; value <= 8; ++value) {
    const std::string exif = exif_entry("\x12\1"sv, "\3\0"sv, std::string(1, value) + '\0');
    EXPECT_EQ(orientation_in(exif), value);
    EXPECT_EQ(orientation_in("Exif\0\0"s + exif), value);
  }
}

TEST(OrientationTest, NonsenseIsOne) {
  EXPECT_EQ(orientation_in(""), 1);
  EXPECT_EQ(orientation_in("Exif"), 1);
  EXPECT_EQ(orientation_in("nothing of the kind, but long enough to be looked at"), 1);
  EXPECT_EQ(orientation_in(exif_entry("\x12\1"sv, "\3\0"sv, "\0\0"sv)), 1);
  EXPECT_EQ(orientation_in(exif_entry("\x12\1"sv, "\3\0"sv, "\x9\0"sv)), 1);
  EXPECT_EQ(orientation_in(exif_entry("\x12\1"sv, "\2\0"sv, "\6\0"sv)), 1);  // a text
  EXPECT_EQ(orientation_in(exif_entry("\x13\1"sv, "\3\0"sv, "\6\0"sv)), 1);  // another tag
  const std::string exif = exif_entry("\x12\1"sv, "\3\0"sv, "\6\0"sv);
  for (std::size_t size = 0; size < exif.size(); ++size) {
    const int orientation = orientation_in(exif.substr(0, size));
    EXPECT_TRUE(orientation == 1 || orientation == 6) << size;
  }
}

/// The pixels' red values, row by row.
std::string turned_rows(int orientation) {
  // abc
  // def
  Image image{3, 2, {}};
  for (const char c : "abcdef"sv) image.pixels.insert(image.pixels.end(), {std::uint8_t(c), 1, 2});
  const auto out = turned(std::move(image), orientation);
  if (!out) return out.error().message();
  std::string rows;
  for (std::size_t i = 0; i < out->pixels.size(); i += 3) {
    if (i > 0 && i / 3 % static_cast<std::size_t>(out->width) == 0) rows += ' ';
    rows += static_cast<char>(out->pixels[i]);
    EXPECT_EQ(out->pixels[i + 1], 1);
    EXPECT_EQ(out->pixels[i + 2], 2);
  }
  return rows;
}

TEST(OrientationTest, PicturesAreTurned) {
  EXPECT_EQ(turned_rows(1), "abc def");
  EXPECT_EQ(turned_rows(2), "cba fed");
  EXPECT_EQ(turned_rows(3), "fed cba");
  EXPECT_EQ(turned_rows(4), "def abc");
  EXPECT_EQ(turned_rows(5), "ad be cf");
  EXPECT_EQ(turned_rows(6), "da eb fc");
  EXPECT_EQ(turned_rows(7), "fc eb da");
  EXPECT_EQ(turned_rows(8), "cf be ad");
}

}  // namespace
}  // namespace galago
