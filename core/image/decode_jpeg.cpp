// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// JPEG, by libjpeg-turbo: accurate integer DCT ("islow") and smooth upsampling, as Pillow. libjpeg
// reports errors by longjmp: the functions that it jumps out of hold nothing with a destructor.
#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdio>
#include <utility>

// After <cstdio>, which it needs and does not include.
#include <jerror.h>
#include <jpeglib.h>

#include "image/byte_view.h"
#include "image/decoders.h"
#include "image/picture_checks.h"

namespace galago {
namespace {

// A block of 8 x 8 pixels takes a bit at least; with arithmetic coding, rarely seen, less.
constexpr std::uint64_t kMaxPixelsPerByte = 64 * 8;
constexpr std::uint64_t kMaxArithmeticPixelsPerByte = 64 * kMaxPixelsPerByte;

// Each scan of a progressive file goes over the whole picture: usual files have about ten.
constexpr int kMaxScans = 100;

class JpegReader {
 public:
  explicit JpegReader(std::span<const std::byte> file) : file_(file) {
    info_.err = jpeg_std_error(&errors_);
    errors_.error_exit = on_error;
    errors_.emit_message = on_message;
    info_.client_data = this;
    progress_.progress_monitor = on_progress;
  }

  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  ~JpegReader() { jpeg_destroy_decompress(&info_); }

  // In this order; false: see error().
  bool read_header(ImageInterpretation interpretation);
  bool start();
  bool read_rgb(std::uint8_t* pixels);
  /// `row` has room for one row of 4 bytes a pixel.
  bool read_cmyk(std::uint8_t* pixels, std::uint8_t* row);

  std::uint64_t width() const { return info_.image_width; }

  std::uint64_t height() const { return info_.image_height; }

  int components() const { return info_.num_components; }

  std::uint64_t max_pixels() const {
    return file_.size() * (info_.arith_code != 0 ? kMaxArithmeticPixelsPerByte : kMaxPixelsPerByte);
  }

  std::vector<std::byte> exif() const;
  Error error();

 private:
  static JpegReader& self(j_common_ptr info) {
    return *static_cast<JpegReader*>(info->client_data);
  }

  [[noreturn]] static void on_error(j_common_ptr info) { std::longjmp(self(info).jump_, 1); }

  /// Warnings say that data is missing or wrong, and libjpeg goes on with grey. Only where what is
  /// left out is sure to be part of the picture this is an error; Pillow shows the others, too.
  static void on_message(j_common_ptr info, int level) {
    const int code = info->err->msg_code;
    if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)) on_error(info);
  }

  static void on_progress(j_common_ptr info) {
    JpegReader& reader = self(info);
    if (info->is_decompressor == 0 || reader.info_.input_scan_number <= kMaxScans) return;
    reader.has_too_many_scans_ = true;
    on_error(info);
  }

  jpeg_decompress_struct info_{};
  jpeg_error_mgr errors_{};
  jpeg_progress_mgr progress_{};
  std::jmp_buf jump_{};
  std::span<const std::byte> file_;
  bool has_too_many_scans_ = false;
};

bool JpegReader::read_header(ImageInterpretation interpretation) {
  if (setjmp(jump_) != 0) return false;
  jpeg_create_decompress(&info_);
  info_.progress = &progress_;
  jpeg_mem_src(&info_, as_u8(file_), file_.size());
  if (interpretation == ImageInterpretation::kAsSeen)
    jpeg_save_markers(&info_, JPEG_APP0 + 1, 0xFFFF);
  jpeg_read_header(&info_, TRUE);
  return true;
}

bool JpegReader::start() {
  if (setjmp(jump_) != 0) return false;
  info_.dct_method = JDCT_ISLOW;
  info_.do_fancy_upsampling = TRUE;
  info_.out_color_space = info_.num_components == 4 ? JCS_CMYK : JCS_RGB;
  jpeg_start_decompress(&info_);
  return true;
}

bool JpegReader::read_rgb(std::uint8_t* pixels) {
  if (setjmp(jump_) != 0) return false;
  const std::size_t row_bytes = std::size_t{3} * info_.output_width;
  while (info_.output_scanline < info_.output_height) {
    JSAMPROW out = pixels + info_.output_scanline * row_bytes;
    jpeg_read_scanlines(&info_, &out, 1);
  }
  return true;
}

/// As Pillow: inks are stored inverted, as Adobe's programs do, whether they say so or not.
void cmyk_to_rgb(const std::uint8_t* cmyk, std::uint8_t* rgb, std::size_t count) {
  const auto product = [](int a, int b) {  // a · b / 255
    const int wide = a * b + 128;
    return ((wide >> 8) + wide) >> 8;
  };
  for (std::size_t i = 0; i < count; ++i) {
    const int light = cmyk[4 * i + 3];
    for (std::size_t c = 0; c < 3; ++c) {
      const int ink = 255 - cmyk[4 * i + c];
      rgb[3 * i + c] = static_cast<std::uint8_t>(std::max(0, light - product(ink, light)));
    }
  }
}

bool JpegReader::read_cmyk(std::uint8_t* pixels, std::uint8_t* row) {
  if (setjmp(jump_) != 0) return false;
  const std::size_t row_bytes = std::size_t{3} * info_.output_width;
  while (info_.output_scanline < info_.output_height) {
    JSAMPROW out = row;
    jpeg_read_scanlines(&info_, &out, 1);
    cmyk_to_rgb(row, pixels + (info_.output_scanline - 1) * row_bytes, info_.output_width);
  }
  return true;
}

std::vector<std::byte> JpegReader::exif() const {
  for (const jpeg_marker_struct* marker = info_.marker_list; marker != nullptr;
       marker = marker->next) {
    const auto data = std::as_bytes(std::span(marker->data, marker->data_length));
    if (as_text(data).starts_with("Exif")) return {data.begin(), data.end()};
  }
  return {};
}

Error JpegReader::error() {
  if (has_too_many_scans_)
    return {Errc::kUnsupported, "the picture is a JPEG file of too many scans: save it anew", {}};
  switch (errors_.msg_code) {
    case JERR_INPUT_EMPTY:
    case JERR_INPUT_EOF:
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
      return cut_off_picture();
    case JERR_OUT_OF_MEMORY:
      return {
          Errc::kOutOfMemory,
          "there is not enough memory for this picture: make it smaller or close other programs",
          {}};
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_ARITH_NOTIMPL:
      return {Errc::kUnsupported,
              "the picture is a JPEG file of a rare kind that is not read (12 bits, lossless or of "
              "other colours): save it as PNG",
              {}};
    default:
      break;
  }
  std::array<char, JMSG_LENGTH_MAX> message{};
  errors_.format_message(reinterpret_cast<j_common_ptr>(&info_), message.data());
  return damaged_picture("JPEG", message.data());
}

}  // namespace

Result<DecodedFile> decode_jpeg(std::span<const std::byte> file,
                                ImageInterpretation interpretation) {
  JpegReader reader(file);
  if (!reader.read_header(interpretation)) return reader.error();
  GALAGO_TRY(check_picture_size(reader.width(), reader.height()));
  if (reader.width() * reader.height() > reader.max_pixels()) return cut_off_picture();

  DecodedFile decoded;
  GALAGO_TRY(decoded.image, make_image(reader.width(), reader.height()));
  if (!reader.start()) return reader.error();
  std::uint8_t* pixels = decoded.image.pixels.data();
  if (reader.components() == 4) {
    std::vector<std::uint8_t> row(static_cast<std::size_t>(reader.width()) * 4);
    if (!reader.read_cmyk(pixels, row.data())) return reader.error();
  } else if (!reader.read_rgb(pixels)) {
    return reader.error();
  }
  decoded.exif = reader.exif();
  return decoded;
}

}  // namespace galago
