// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// BMP: palettes of 1, 4 and 8 bits, plain or run-length encoded; 16, 24 and 32 bits with any masks.
#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <utility>

#include "image/byte_view.h"
#include "image/decoders.h"
#include "image/picture_checks.h"

namespace galago {
namespace {

constexpr std::size_t kFileHeaderBytes = 14;

enum Compression : std::uint32_t { kPlain = 0, kRle8 = 1, kRle4 = 2, kMasks = 3, kAlphaMasks = 6 };

using Colour = std::array<std::uint8_t, 3>;

struct BmpHeader {
  std::size_t width = 0;
  std::size_t height = 0;
  bool is_top_down = false;
  std::uint32_t bits = 0;
  std::uint32_t compression = kPlain;
  std::size_t pixels_at = 0;
  std::size_t palette_at = 0;
  std::size_t palette_entry_bytes = 4;
  std::size_t palette_count = 0;
  std::array<std::uint32_t, 4> masks{};  ///< red, green, blue, alpha

  std::size_t row_bytes() const { return (width * bits + 31) / 32 * 4; }
};

Error unsupported_bmp() {
  return {Errc::kUnsupported,
          "the picture is a BMP file of a rare kind that is not read: save it as PNG",
          {}};
}

/// Negative heights are of pictures that begin at the top.
void set_height(BmpHeader& header, std::int32_t height) {
  header.is_top_down = height < 0;
  header.height = static_cast<std::size_t>(std::abs(std::int64_t{height}));
}

Status read_masks(std::span<const std::byte> file, std::size_t header_bytes, BmpHeader& header) {
  if (header.compression == kPlain) {
    header.masks = header.bits == 16 ? std::array<std::uint32_t, 4>{0x7C00, 0x3E0, 0x1F, 0}
                                     : std::array<std::uint32_t, 4>{0xFF0000, 0xFF00, 0xFF, 0};
    return {};
  }
  // They follow the oldest header, and are part of the later ones.
  const bool has_alpha =
      header_bytes == 40 ? header.compression == kAlphaMasks : header_bytes >= 56;
  const std::size_t count = has_alpha ? 4 : 3;
  const std::size_t at = kFileHeaderBytes + 40;
  if (file.size() < at + 4 * count) return cut_off_picture();
  for (std::size_t i = 0; i < count; ++i) header.masks[i] = le32(file, at + 4 * i);
  if (header_bytes == 40) header.palette_at += 4 * count;
  if (header.masks == std::array<std::uint32_t, 4>{} && header.bits == 32)
    header.masks = {0xFF0000, 0xFF00, 0xFF, 0xFF000000};
  return {};
}

/// Errors: as decode_bmp; afterwards the palette and, if not run-length encoded, the pixels lie
/// inside the file.
Result<BmpHeader> read_header(std::span<const std::byte> file) {
  BmpHeader header;
  if (file.size() < kFileHeaderBytes + 12) return cut_off_picture();
  header.pixels_at = le32(file, 10);
  const std::size_t header_bytes = le32(file, kFileHeaderBytes);
  const bool is_old = header_bytes == 12;
  if (!is_old && header_bytes < 40) return unsupported_bmp();
  if (file.size() < kFileHeaderBytes + header_bytes) return cut_off_picture();
  header.palette_at = kFileHeaderBytes + header_bytes;
  if (is_old) {
    header.width = le16(file, 18);
    header.height = le16(file, 20);
    header.bits = le16(file, 24);
    header.palette_entry_bytes = 3;
  } else {
    header.width = le32(file, 18);
    set_height(header, static_cast<std::int32_t>(le32(file, 22)));
    header.bits = le16(file, 28);
    header.compression = le32(file, 30);
    header.palette_count = le32(file, 46);
  }
  GALAGO_TRY(check_picture_size(header.width, header.height));

  const bool has_palette = header.bits == 1 || header.bits == 4 || header.bits == 8;
  const bool has_masks = header.bits == 16 || header.bits == 24 || header.bits == 32;
  const bool is_rle = (header.compression == kRle8 && header.bits == 8) ||
                      (header.compression == kRle4 && header.bits == 4);
  const bool is_masked = header.compression == kMasks || header.compression == kAlphaMasks;
  if (!(has_palette && (header.compression == kPlain || is_rle)) &&
      !(has_masks && (header.compression == kPlain || is_masked)))
    return unsupported_bmp();
  if (has_masks) GALAGO_TRY(read_masks(file, header_bytes, header));
  if (has_palette) {
    const std::size_t all = std::size_t{1} << header.bits;
    if (header.palette_count == 0 || header.palette_count > all) header.palette_count = all;
    if (file.size() < header.palette_at + header.palette_count * header.palette_entry_bytes)
      return cut_off_picture();
  }
  const std::size_t size = is_rle ? 1 : header.row_bytes() * header.height;
  if (header.pixels_at > file.size() || file.size() - header.pixels_at < size)
    return cut_off_picture();
  if (header.pixels_at < header.palette_at)
    return damaged_picture("BMP", "the pixels lie inside the header");
  return header;
}

std::array<Colour, 256> read_palette(std::span<const std::byte> file, const BmpHeader& header) {
  std::array<Colour, 256> palette{};
  for (std::size_t i = 0; i < header.palette_count; ++i) {
    const std::uint8_t* bgr = as_u8(file) + header.palette_at + i * header.palette_entry_bytes;
    palette[i] = {bgr[2], bgr[1], bgr[0]};
  }
  return palette;
}

std::uint8_t* row_of(Image& image, const BmpHeader& header, std::size_t line) {
  const std::size_t y = header.is_top_down ? line : header.height - 1 - line;
  return image.pixels.data() + 3 * y * header.width;
}

void read_indexed(std::span<const std::byte> file, const BmpHeader& header, Image& image) {
  const std::array<Colour, 256> palette = read_palette(file, header);
  const std::size_t per_byte = 8 / header.bits;
  const unsigned mask = (1U << header.bits) - 1;
  for (std::size_t line = 0; line < header.height; ++line) {
    const std::uint8_t* in = as_u8(file) + header.pixels_at + line * header.row_bytes();
    std::uint8_t* out = row_of(image, header, line);
    for (std::size_t x = 0; x < header.width; ++x) {
      const std::size_t shift = header.bits * (per_byte - 1 - x % per_byte);
      const unsigned index = in[x / per_byte] >> shift & mask;
      std::copy_n(palette[index].data(), 3, out + 3 * x);
    }
  }
}

/// The bits of a mask as 0 to 255, as Pillow scales them; `missing` where the mask is empty.
std::uint8_t channel(std::uint32_t pixel, std::uint32_t mask, std::uint8_t missing) {
  if (mask == 0) return missing;
  const int shift = std::countr_zero(mask);
  const std::uint64_t max = mask >> shift;
  const std::uint64_t value = (pixel & mask) >> shift;
  return static_cast<std::uint8_t>(max == 255 ? value : value * 255 / max);
}

void read_masked(std::span<const std::byte> file, const BmpHeader& header,
                 ImageInterpretation interpretation, Image& image) {
  const bool has_alpha = header.masks[3] != 0 && interpretation == ImageInterpretation::kAsSeen;
  const std::size_t pixel_bytes = header.bits / 8;
  for (std::size_t line = 0; line < header.height; ++line) {
    const std::uint8_t* in = as_u8(file) + header.pixels_at + line * header.row_bytes();
    std::uint8_t* out = row_of(image, header, line);
    for (std::size_t x = 0; x < header.width; ++x, in += pixel_bytes, out += 3) {
      std::uint32_t pixel = 0;
      for (std::size_t i = 0; i < pixel_bytes; ++i) pixel |= std::uint32_t{in[i]} << 8 * i;
      const std::uint8_t alpha = has_alpha ? channel(pixel, header.masks[3], 255) : 255;
      for (std::size_t c = 0; c < 3; ++c)
        out[c] = over_white(channel(pixel, header.masks[c], 0), alpha);
    }
  }
}

/// Run-length encoded pixels. What is left out has index 0; what reaches over a row is dropped.
class RleReader {
 public:
  RleReader(std::span<const std::byte> file, const BmpHeader& header, Image& image)
      : in_(file.subspan(header.pixels_at)),
        header_(header),
        palette_(read_palette(file, header)),
        image_(image) {}

  Status read() {
    for (std::size_t i = 0; i < image_.pixels.size(); i += 3)
      std::copy_n(palette_[0].data(), 3, image_.pixels.data() + i);
    while (line_ < header_.height) {
      if (in_.size() < 2) return cut_off_picture();
      const unsigned count = take();
      const unsigned value = take();
      if (count > 0) {
        for (unsigned i = 0; i < count; ++i) put(index_in(value, i));
      } else if (value == 0) {
        x_ = 0;
        ++line_;
      } else if (value == 1) {
        return {};
      } else if (value == 2) {
        if (in_.size() < 2) return cut_off_picture();
        x_ += take();
        line_ += take();
      } else if (!put_literally(value)) {
        return cut_off_picture();
      }
    }
    return {};
  }

 private:
  unsigned take() {
    const auto value = std::to_integer<unsigned>(in_[0]);
    in_ = in_.subspan(1);
    return value;
  }

  /// The i-th index of a byte: two take turns in 4-bit pictures.
  unsigned index_in(unsigned value, unsigned i) const {
    if (header_.bits == 8) return value;
    return i % 2 == 0 ? value >> 4 : value & 15;
  }

  void put(unsigned index) {
    if (x_ >= header_.width) return;
    std::copy_n(palette_[index].data(), 3, row_of(image_, header_, line_) + 3 * x_);
    ++x_;
  }

  /// `count` indices, filled up to an even number of bytes.
  bool put_literally(unsigned count) {
    const unsigned bytes = header_.bits == 8 ? count : (count + 1) / 2;
    if (in_.size() < bytes + bytes % 2) return false;
    for (unsigned i = 0, value = 0; i < count; ++i) {
      if (header_.bits == 8 || i % 2 == 0) value = take();
      put(index_in(value, i));
    }
    if (bytes % 2 != 0) take();
    return true;
  }

  std::span<const std::byte> in_;
  const BmpHeader& header_;
  std::array<Colour, 256> palette_;
  Image& image_;
  std::size_t x_ = 0;
  std::size_t line_ = 0;
};

}  // namespace

Result<DecodedFile> decode_bmp(std::span<const std::byte> file,
                               ImageInterpretation interpretation) {
  GALAGO_TRY(const BmpHeader header, read_header(file));
  DecodedFile decoded;
  GALAGO_TRY(decoded.image, make_image(header.width, header.height));
  if (header.bits > 8) {
    read_masked(file, header, interpretation, decoded.image);
  } else if (header.compression == kPlain) {
    read_indexed(file, header, decoded.image);
  } else {
    GALAGO_TRY(RleReader(file, header, decoded.image).read());
  }
  return decoded;
}

}  // namespace galago
