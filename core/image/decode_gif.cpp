// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// GIF, by giflib: the first frame, read line by line (DGifSlurp would read all of them).
#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "image/byte_view.h"
#include "image/decoders.h"
#include "image/picture_checks.h"

namespace galago {
namespace {

// A code of 12 bits stands for 4096 pixels at most.
constexpr std::uint64_t kMaxPixelsPerByte = 4096 * 8 / 12 + 1;

struct GifCloser {
  void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
};

using GifPtr = std::unique_ptr<GifFileType, GifCloser>;
using Colour = std::array<std::uint8_t, 3>;

int on_read(GifFileType* gif, GifByteType* out, int size) {
  auto& source = *static_cast<ByteSource*>(gif->UserData);
  return static_cast<int>(source.read(out, static_cast<std::size_t>(size)));
}

Error gif_error(int code, const ByteSource& source) {
  if (source.is_exhausted()) return cut_off_picture();
  if (code == D_GIF_ERR_NOT_ENOUGH_MEM)
    return {Errc::kOutOfMemory, "there is not enough memory for this picture", {}};
  const char* reason = GifErrorString(code);
  return damaged_picture("GIF", reason != nullptr ? reason : "");
}

/// Goes over an extension block; gives the transparent colour's index if it names one.
Result<std::optional<int>> read_extension(GifFileType* gif, const ByteSource& source) {
  std::optional<int> transparent;
  int code = 0;
  GifByteType* block = nullptr;
  if (DGifGetExtension(gif, &code, &block) == GIF_ERROR) return gif_error(gif->Error, source);
  GraphicsControlBlock control = {};
  if (code == GRAPHICS_EXT_FUNC_CODE && block != nullptr &&
      DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK &&
      control.TransparentColor != NO_TRANSPARENT_COLOR)
    transparent = control.TransparentColor;
  while (block != nullptr)
    if (DGifGetExtensionNext(gif, &block) == GIF_ERROR) return gif_error(gif->Error, source);
  return transparent;
}

/// Goes to the first frame's description; gives the transparent colour's index.
Result<std::optional<int>> find_frame(GifFileType* gif, const ByteSource& source) {
  std::optional<int> transparent;
  for (;;) {
    GifRecordType type = UNDEFINED_RECORD_TYPE;
    if (DGifGetRecordType(gif, &type) == GIF_ERROR) return gif_error(gif->Error, source);
    if (type == TERMINATE_RECORD_TYPE) return damaged_picture("GIF", "it has no frame");
    if (type == EXTENSION_RECORD_TYPE) {
      GALAGO_TRY(const std::optional<int> index, read_extension(gif, source));
      if (index) transparent = index;
    } else if (type == IMAGE_DESC_RECORD_TYPE) {
      if (DGifGetImageDesc(gif) == GIF_ERROR) return gif_error(gif->Error, source);
      return transparent;
    }
  }
}

/// The frame's colours, else the file's, else greys.
std::array<Colour, 256> palette_of(const GifFileType& gif) {
  std::array<Colour, 256> palette{};
  for (std::size_t i = 0; i < palette.size(); ++i) palette[i].fill(static_cast<std::uint8_t>(i));
  const ColorMapObject* map = gif.Image.ColorMap != nullptr ? gif.Image.ColorMap : gif.SColorMap;
  if (map == nullptr) return palette;
  const auto count = std::min(palette.size(), static_cast<std::size_t>(map->ColorCount));
  for (std::size_t i = 0; i < count; ++i)
    palette[i] = {map->Colors[i].Red, map->Colors[i].Green, map->Colors[i].Blue};
  return palette;
}

/// The row that a file's n-th line belongs to. Source: GIF89a specification, appendix E.
class RowOrder {
 public:
  RowOrder(std::size_t height, bool is_interlaced) : height_(height) {
    if (!is_interlaced) step_ = kFirst.size();  // one pass over all rows
  }

  std::size_t next() {
    const std::size_t row = row_;
    if (step_ == kFirst.size()) {
      ++row_;
      return row;
    }
    row_ += kDistance[step_];
    while (row_ >= height_ && step_ + 1 < kFirst.size()) row_ = kFirst[++step_];
    return row;
  }

 private:
  static constexpr std::array<std::size_t, 4> kFirst = {0, 4, 2, 1};
  static constexpr std::array<std::size_t, 4> kDistance = {8, 8, 4, 2};
  std::size_t height_;
  std::size_t step_ = 0;
  std::size_t row_ = 0;
};

}  // namespace

Result<DecodedFile> decode_gif(std::span<const std::byte> file,
                               ImageInterpretation interpretation) {
  ByteSource source(file);
  int code = 0;
  const GifPtr gif(DGifOpen(&source, on_read, &code));
  if (!gif) return gif_error(code, source);
  GALAGO_TRY(const std::optional<int> transparent, find_frame(gif.get(), source));

  // Frames may reach over the screen: it grows.
  const auto left = static_cast<std::size_t>(gif->Image.Left);
  const auto top = static_cast<std::size_t>(gif->Image.Top);
  const auto frame_width = static_cast<std::size_t>(gif->Image.Width);
  const auto frame_height = static_cast<std::size_t>(gif->Image.Height);
  const std::size_t width = std::max(static_cast<std::size_t>(gif->SWidth), left + frame_width);
  const std::size_t height = std::max(static_cast<std::size_t>(gif->SHeight), top + frame_height);
  GALAGO_TRY(check_picture_size(frame_width, frame_height));
  if (frame_width * frame_height / kMaxPixelsPerByte > file.size()) return cut_off_picture();

  std::array<Colour, 256> palette = palette_of(*gif);
  Colour around = palette[static_cast<std::size_t>(transparent.value_or(0))];
  if (interpretation == ImageInterpretation::kAsSeen) {
    around.fill(255);
    if (transparent) palette[static_cast<std::size_t>(*transparent)].fill(255);
  }
  DecodedFile decoded;
  GALAGO_TRY(decoded.image, make_image(width, height));
  std::uint8_t* pixels = decoded.image.pixels.data();
  if (frame_width < width || frame_height < height)
    for (std::size_t i = 0; i < width * height; ++i) std::copy_n(around.data(), 3, pixels + 3 * i);

  std::vector<GifPixelType> line(frame_width);
  RowOrder rows(frame_height, gif->Image.Interlace);
  for (std::size_t i = 0; i < frame_height; ++i) {
    if (DGifGetLine(gif.get(), line.data(), static_cast<int>(frame_width)) == GIF_ERROR)
      return gif_error(gif->Error, source);
    std::uint8_t* out = pixels + 3 * ((top + rows.next()) * width + left);
    for (std::size_t x = 0; x < frame_width; ++x)
      std::copy_n(palette[line[x]].data(), 3, out + 3 * x);
  }
  return decoded;
}

}  // namespace galago
