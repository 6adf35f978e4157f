// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// PNG, by libpng. Of an animated file (APNG) the default picture is read. libpng reports errors by
// longjmp: the functions that it jumps out of hold nothing with a destructor.
#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>
#include <string_view>
#include <utility>

#include "image/byte_view.h"
#include "image/decoders.h"
#include "image/picture_checks.h"

namespace galago {
namespace {

// Deflate's best: 258 bytes for two bits.
constexpr std::uint64_t kMaxDeflateRatio = 1032;

// Colour is taken as sRGB, as Pillow takes it; the rest is not looked at, so that it can do no
// harm.
constexpr std::string_view kUnreadChunks(
    "bKGD\0cHRM\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0tEXt\0tIME\0"
    "zTXt\0",
    80);

/// What a pixel is while libpng delivers it.
enum class Layout : std::uint8_t { kGrey16 = 2, kRgb = 3, kRgba = 4 };

class PngReader {
 public:
  explicit PngReader(std::span<const std::byte> file) : source_(file) {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, on_error, on_warning);
    if (png_ != nullptr) info_ = png_create_info_struct(png_);
  }

  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }

  // In this order; false: see error().
  bool read_header();
  bool start(ImageInterpretation interpretation);
  bool read_rows(std::uint8_t* pixels);
  bool read_end();

  std::uint64_t width() const { return png_get_image_width(png_, info_); }

  std::uint64_t height() const { return png_get_image_height(png_, info_); }

  Layout layout() const { return layout_; }

  /// Of the picture before its compression; after read_header().
  std::uint64_t stored_bytes() const { return height() * ((width() * bits_per_pixel() + 7) / 8); }

  std::vector<std::byte> exif() const;

  Error error() const {
    return source_.is_exhausted() ? cut_off_picture() : damaged_picture("PNG", message_.data());
  }

 private:
  static PngReader& self(png_structp png) {
    return *static_cast<PngReader*>(png_get_error_ptr(png));
  }

  [[noreturn]] static void on_error(png_structp png, png_const_charp message) {
    auto& kept = self(png).message_;
    std::strncpy(kept.data(), message, kept.size() - 1);
    png_longjmp(png, 1);
  }

  static void on_warning(png_structp, png_const_charp) {}

  static void on_read(png_structp png, png_bytep out, std::size_t size) {
    if (self(png).source_.read(out, size) < size) png_error(png, "end of file");
  }

  std::uint64_t bits_per_pixel() const {
    return std::uint64_t{png_get_channels(png_, info_)} * png_get_bit_depth(png_, info_);
  }

  ByteSource source_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  Layout layout_ = Layout::kRgb;
  std::array<char, 128> message_{};
};

bool PngReader::read_header() {
  if (info_ == nullptr) return false;
  if (setjmp(png_jmpbuf(png_)) != 0) return false;
  png_set_read_fn(png_, this, on_read);
  png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER,
                              reinterpret_cast<png_const_bytep>(kUnreadChunks.data()),
                              static_cast<int>(kUnreadChunks.size() / 5));
  png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);  // ours are looked at afterwards
  png_read_info(png_, info_);
  return true;
}

bool PngReader::start(ImageInterpretation interpretation) {
  if (setjmp(png_jmpbuf(png_)) != 0) return false;
  const int type = png_get_color_type(png_, info_);
  const bool has_alpha =
      (type & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(png_, info_, PNG_INFO_tRNS) != 0;
  const bool is_seen = interpretation == ImageInterpretation::kAsSeen;
  if (type == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png_, info_) == 16 && !is_seen) {
    layout_ = Layout::kGrey16;
  } else {
    layout_ = has_alpha && is_seen ? Layout::kRgba : Layout::kRgb;
    png_set_expand(png_);
    png_set_strip_16(png_);
    png_set_gray_to_rgb(png_);
    if (layout_ == Layout::kRgb) png_set_strip_alpha(png_);
  }
  png_set_interlace_handling(png_);
  png_read_update_info(png_, info_);
  const std::size_t row_bytes =
      static_cast<std::size_t>(width()) * static_cast<std::size_t>(layout_);
  if (png_get_rowbytes(png_, info_) != row_bytes) png_error(png_, "unexpected layout");
  return true;
}

bool PngReader::read_rows(std::uint8_t* pixels) {
  if (setjmp(png_jmpbuf(png_)) != 0) return false;
  const std::size_t row_bytes = png_get_rowbytes(png_, info_);
  const int passes =
      png_get_interlace_type(png_, info_) == PNG_INTERLACE_NONE ? 1 : PNG_INTERLACE_ADAM7_PASSES;
  for (int pass = 0; pass < passes; ++pass)
    for (std::size_t y = 0; y < height(); ++y) png_read_row(png_, pixels + y * row_bytes, nullptr);
  return true;
}

bool PngReader::read_end() {
  if (setjmp(png_jmpbuf(png_)) != 0) return false;
  png_read_end(png_, info_);
  return true;
}

std::vector<std::byte> PngReader::exif() const {
  png_uint_32 size = 0;
  png_bytep data = nullptr;
  if (png_get_eXIf_1(png_, info_, &size, &data) == 0) return {};
  const auto bytes = std::as_bytes(std::span(data, size));
  return {bytes.begin(), bytes.end()};
}

/// Pillow reads 16-bit grey as integers and clips them to 8 bits: most of such a picture is white.
std::vector<std::uint8_t> clipped_to_rgb(const std::vector<std::uint8_t>& grey16) {
  std::vector<std::uint8_t> rgb;
  rgb.reserve(grey16.size() / 2 * 3);
  for (std::size_t i = 0; i < grey16.size(); i += 2)
    rgb.insert(rgb.end(), 3, grey16[i] > 0 ? std::uint8_t{255} : grey16[i + 1]);
  return rgb;
}

}  // namespace

Result<DecodedFile> decode_png(std::span<const std::byte> file,
                               ImageInterpretation interpretation) {
  PngReader reader(file);
  if (!reader.read_header()) return reader.error();
  GALAGO_TRY(check_picture_size(reader.width(), reader.height()));
  if (reader.stored_bytes() / kMaxDeflateRatio > file.size()) return cut_off_picture();
  if (!reader.start(interpretation)) return reader.error();

  DecodedFile decoded;
  decoded.image = {static_cast<int>(reader.width()), static_cast<int>(reader.height()), {}};
  std::vector<std::uint8_t>& pixels = decoded.image.pixels;
  GALAGO_TRY(pixels, take_bytes(static_cast<std::size_t>(reader.width() * reader.height()) *
                                static_cast<std::size_t>(reader.layout())));
  if (!reader.read_rows(pixels.data())) return reader.error();
  if (reader.layout() == Layout::kRgba) drop_alpha(pixels, interpretation);
  if (reader.layout() == Layout::kGrey16) pixels = clipped_to_rgb(pixels);
  if (interpretation == ImageInterpretation::kAsSeen) {
    // EXIF may come last. The pixels are whole, whatever becomes of the rest.
    static_cast<void>(reader.read_end());
    decoded.exif = reader.exif();
  }
  return decoded;
}

}  // namespace galago
