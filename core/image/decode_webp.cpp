// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// WebP, lossy and lossless, by libwebp. Of an animation the first frame is read.
#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "image/byte_view.h"
#include "image/decoders.h"
#include "image/picture_checks.h"

namespace galago {
namespace {

struct DemuxerDeleter {
  void operator()(WebPDemuxer* demuxer) const { WebPDemuxDelete(demuxer); }
};

/// A view of a frame inside a file.
class Frame {
 public:
  explicit Frame(const WebPDemuxer* demuxer, int number) {
    is_there_ = WebPDemuxGetFrame(demuxer, number, &iterator_) != 0;
  }

  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

  ~Frame() { WebPDemuxReleaseIterator(&iterator_); }

  bool is_there() const { return is_there_; }

  const WebPIterator& operator*() const { return iterator_; }

 private:
  WebPIterator iterator_{};
  bool is_there_ = false;
};

std::vector<std::byte> exif_of(const WebPDemuxer* demuxer) {
  WebPChunkIterator chunk = {};
  std::vector<std::byte> exif;
  if (WebPDemuxGetChunk(demuxer, "EXIF", 1, &chunk) != 0) {
    const auto bytes = std::as_bytes(std::span(chunk.chunk.bytes, chunk.chunk.size));
    exif.assign(bytes.begin(), bytes.end());
  }
  WebPDemuxReleaseChunkIterator(&chunk);
  return exif;
}

Error decode_error(VP8StatusCode status) {
  switch (status) {
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED:
      return cut_off_picture();
    case VP8_STATUS_OUT_OF_MEMORY:
      return {
          Errc::kOutOfMemory,
          "there is not enough memory for this picture: make it smaller or close other programs",
          {}};
    default:
      return damaged_picture("WebP", "");
  }
}

/// The frame alone.
Result<Image> decode_frame(const WebPIterator& frame, ImageInterpretation interpretation) {
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0)
    return Error{Errc::kInternal, "libwebp is of another version than its headers", {}};
  const WebPData& data = frame.fragment;
  const VP8StatusCode status = WebPGetFeatures(data.bytes, data.size, &config.input);
  if (status != VP8_STATUS_OK) return decode_error(status);
  if (config.input.width != frame.width || config.input.height != frame.height)
    return damaged_picture("WebP", "a frame contradicts its size");

  const bool has_alpha = config.input.has_alpha != 0;
  const std::size_t row_bytes = static_cast<std::size_t>(frame.width) * (has_alpha ? 4 : 3);
  Image image{frame.width, frame.height, {}};
  GALAGO_TRY(image.pixels, take_bytes(row_bytes * static_cast<std::size_t>(frame.height)));
  config.output.colorspace = has_alpha ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = {image.pixels.data(), static_cast<int>(row_bytes), image.pixels.size()};
  const VP8StatusCode decoded = WebPDecode(data.bytes, data.size, &config);
  WebPFreeDecBuffer(&config.output);
  if (decoded != VP8_STATUS_OK) return decode_error(decoded);
  if (has_alpha) drop_alpha(image.pixels, interpretation);
  return image;
}

/// The first frame of an animation may cover a part of the picture; the rest is transparent black.
Result<Image> on_canvas(Image frame, const WebPIterator& place, std::uint64_t width,
                        std::uint64_t height, ImageInterpretation interpretation) {
  const auto frame_width = static_cast<std::size_t>(frame.width);
  const auto frame_height = static_cast<std::size_t>(frame.height);
  if (frame_width == width && frame_height == height) return frame;
  const auto left = static_cast<std::size_t>(place.x_offset);
  const auto top = static_cast<std::size_t>(place.y_offset);
  if (left + frame_width > width || top + frame_height > height)
    return damaged_picture("WebP", "a frame lies outside the picture");
  GALAGO_TRY(Image canvas, make_image(width, height));
  if (interpretation == ImageInterpretation::kAsSeen)
    std::fill(canvas.pixels.begin(), canvas.pixels.end(), std::uint8_t{255});
  for (std::size_t y = 0; y < frame_height; ++y)
    std::copy_n(frame.pixels.data() + 3 * y * frame_width, 3 * frame_width,
                canvas.pixels.data() + 3 * ((top + y) * static_cast<std::size_t>(width) + left));
  return canvas;
}

}  // namespace

Result<DecodedFile> decode_webp(std::span<const std::byte> file,
                                ImageInterpretation interpretation) {
  const WebPData data = {as_u8(file), file.size()};
  WebPDemuxState state = WEBP_DEMUX_PARSE_ERROR;
  const std::unique_ptr<WebPDemuxer, DemuxerDeleter> demuxer(WebPDemuxPartial(&data, &state));
  if (state == WEBP_DEMUX_PARSE_ERROR) return damaged_picture("WebP", "");
  if (state != WEBP_DEMUX_DONE || !demuxer) return cut_off_picture();

  const std::uint64_t width = WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_WIDTH);
  const std::uint64_t height = WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_HEIGHT);
  GALAGO_TRY(check_picture_size(width, height));
  const Frame frame(demuxer.get(), 1);
  if (!frame.is_there()) return damaged_picture("WebP", "it has no frame");
  GALAGO_TRY(check_picture_size(static_cast<std::uint64_t>((*frame).width),
                                static_cast<std::uint64_t>((*frame).height)));
  GALAGO_TRY(Image image, decode_frame(*frame, interpretation));
  DecodedFile decoded;
  GALAGO_TRY(decoded.image, on_canvas(std::move(image), *frame, width, height, interpretation));
  if (interpretation == ImageInterpretation::kAsSeen) decoded.exif = exif_of(demuxer.get());
  return decoded;
}

}  // namespace galago
