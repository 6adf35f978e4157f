// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Picture files to RGB: PNG, JPEG, WebP, BMP, GIF (first frame), told by content, not by name.
// Files are hostile until decoded: every size is checked before memory is taken.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "base/result.h"
#include "image/image.h"

namespace galago {

/// Errors: kFormat (damaged, of no picture format, 0 pixels), kUnsupported (a format known by
/// sight but not read, e.g. HEIC, AVIF, TIFF, SVG; a side over 65500 or over 200 megapixels).
Result<Image> decode_image(std::span<const std::byte> file, ImageInterpretation interpretation);

/// Reads and decodes a file of at most 256 MiB. Errors: as decode_image, kIo; the path is context.
Result<Image> load_image(const std::filesystem::path& path, ImageInterpretation interpretation);

}  // namespace galago
