// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "image/image_decoder.h"

#include <memory>
#include <string>
#include <utility>

#include "base/mapped_file.h"
#include "image/decoders.h"
#include "image/image_format.h"
#include "image/orientation.h"

namespace galago {
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20;

Result<DecodedFile> decode_stored(std::span<const std::byte> file,
                                  ImageInterpretation interpretation) {
  const SniffedFormat sniffed = sniff_image_format(file);
  switch (sniffed.format) {
    case ImageFormat::kPng:
      return decode_png(file, interpretation);
    case ImageFormat::kJpeg:
      return decode_jpeg(file, interpretation);
    case ImageFormat::kWebp:
      return decode_webp(file, interpretation);
    case ImageFormat::kGif:
      return decode_gif(file, interpretation);
    case ImageFormat::kBmp:
      return decode_bmp(file, interpretation);
    case ImageFormat::kForeign:
      return Error{Errc::kUnsupported,
                   "pictures of the format " + std::string(sniffed.name) +
                       " are not read: save it as JPEG or PNG",
                   {}};
    case ImageFormat::kNone:
      break;
  }
  if (file.empty()) return Error{Errc::kFormat, "the file is empty", {}};
  return Error{
      Errc::kFormat, "this is not a picture: PNG, JPEG, WebP, BMP and GIF files are read", {}};
}

}  // namespace

Result<Image> decode_image(std::span<const std::byte> file, ImageInterpretation interpretation) {
  GALAGO_TRY(DecodedFile decoded, decode_stored(file, interpretation));
  if (interpretation == ImageInterpretation::kAsOriginal) return std::move(decoded.image);
  return turned(std::move(decoded.image), exif_orientation(decoded.exif));
}

Result<Image> load_image(const std::filesystem::path& path, ImageInterpretation interpretation) {
  GALAGO_TRY(const std::shared_ptr<const MappedFile> file, MappedFile::open(path));
  if (file->bytes().size() > kMaxFileBytes)
    return Error{Errc::kUnsupported,
                 "the file is too large for a picture: at most 256 MiB are read",
                 {path.string()}};
  Result<Image> image = decode_image(file->bytes(), interpretation);
  if (!image) return std::move(image).error().with_context(path.string());
  return image;
}

}  // namespace galago
