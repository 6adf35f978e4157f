// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The format of a picture file, told by its first bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace galago {

enum class ImageFormat : std::uint8_t {
  kPng,
  kJpeg,
  kWebp,
  kGif,
  kBmp,
  kForeign,  ///< a format known by sight, but not read
  kNone,     ///< nothing known
};

struct SniffedFormat {
  ImageFormat format = ImageFormat::kNone;
  std::string_view name;  ///< "PNG"; empty for kNone
};

SniffedFormat sniff_image_format(std::span<const std::byte> file);

/// Whether a file is called as pictures are that can be read: "me.PNG"; not by an ending alone.
bool is_picture_name(std::string_view file_name);

}  // namespace galago
