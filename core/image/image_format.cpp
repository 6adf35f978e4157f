// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "image/image_format.h"

#include <algorithm>
#include <array>

#include "image/byte_view.h"

namespace galago {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t at;
  std::string_view bytes;
  SniffedFormat means;
};

constexpr SniffedFormat foreign(std::string_view name) { return {ImageFormat::kForeign, name}; }

// The first that fits counts.
constexpr std::array kSignatures = {
    Signature{0, "\x89PNG\r\n\x1a\n"sv, {ImageFormat::kPng, "PNG"}},
    Signature{0, "\xFF\xD8\xFF"sv, {ImageFormat::kJpeg, "JPEG"}},
    Signature{0, "GIF87a"sv, {ImageFormat::kGif, "GIF"}},
    Signature{0, "GIF89a"sv, {ImageFormat::kGif, "GIF"}},
    Signature{4, "ftypavi"sv, foreign("AVIF")},  // avif, avis
    Signature{4, "ftyphe"sv, foreign("HEIC")},   // heic, heix, heim, heis, hevc, …
    Signature{4, "ftypmif1"sv, foreign("HEIC or AVIF")},
    Signature{4, "ftypmsf1"sv, foreign("HEIC or AVIF")},
    Signature{0, "II*\0"sv, foreign("TIFF")},
    Signature{0, "MM\0*"sv, foreign("TIFF")},
    Signature{0, "II+\0"sv, foreign("TIFF")},
    Signature{0, "MM\0+"sv, foreign("TIFF")},
    Signature{0, "\xFF\x0A"sv, foreign("JPEG XL")},
    Signature{4, "JXL \r\n\x87\n"sv, foreign("JPEG XL")},
    Signature{4, "jP  \r\n\x87\n"sv, foreign("JPEG 2000")},
    Signature{0, "\xFF\x4F\xFF\x51"sv, foreign("JPEG 2000")},
    Signature{0, "8BPS"sv, foreign("Photoshop")},
    Signature{0, "gimp xcf"sv, foreign("GIMP")},
    Signature{0, "%PDF-"sv, foreign("PDF")},
    Signature{0, "\0\0\1\0"sv, foreign("ICO")},
    Signature{0, "qoif"sv, foreign("QOI")},
};

bool has_at(std::string_view text, std::size_t at, std::string_view bytes) {
  return text.size() >= at && text.substr(at).starts_with(bytes);
}

/// "BM" alone begins many texts: the size of the second header must be one that exists.
bool is_bmp(std::span<const std::byte> file) {
  constexpr std::array<std::uint32_t, 8> kHeaderSizes = {12, 16, 40, 52, 56, 64, 108, 124};
  if (file.size() < 18 || !as_text(file).starts_with("BM")) return false;
  return std::find(kHeaderSizes.begin(), kHeaderSizes.end(), le32(file, 14)) != kHeaderSizes.end();
}

bool is_svg(std::string_view text) {
  text = text.substr(0, 4096);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.starts_with("<") && text.find("<svg") != std::string_view::npos;
}

}  // namespace

SniffedFormat sniff_image_format(std::span<const std::byte> file) {
  const std::string_view text = as_text(file);
  for (const Signature& signature : kSignatures)
    if (has_at(text, signature.at, signature.bytes)) return signature.means;
  if (has_at(text, 0, "RIFF") && has_at(text, 8, "WEBP")) return {ImageFormat::kWebp, "WebP"};
  if (is_bmp(file)) return {ImageFormat::kBmp, "BMP"};
  if (is_svg(text)) return foreign("SVG");
  return {};
}

bool is_picture_name(std::string_view file_name) {
  constexpr std::array kEndings = {"png"sv, "jpg"sv, "jpeg"sv, "webp"sv, "bmp"sv, "gif"sv};
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string_view ending = file_name.substr(dot + 1);
  const auto is_same = [](char known, char given) {
    return known == given || (given >= 'A' && given <= 'Z' && known == given - 'A' + 'a');
  };
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view known) {
    return std::equal(known.begin(), known.end(), ending.begin(), ending.end(), is_same);
  });
}

}  // namespace galago
