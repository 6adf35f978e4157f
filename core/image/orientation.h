// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How a camera was held, and the picture turned accordingly.
#pragma once

#include <cstddef>
#include <span>

#include "base/result.h"
#include "image/image.h"

namespace galago {

/// The EXIF orientation, 1 to 8; 1 (as stored) where there is none or it makes no sense. `exif` is
/// a TIFF structure, with or without "Exif\0\0" before it. No errors: a picture whose EXIF data is
/// damaged is still a picture.
int exif_orientation(std::span<const std::byte> exif);

/// The picture as it should be seen.  Errors: kOutOfMemory.
/// Source: EXIF 2.3, §4.6.4, tag 0x0112.
Result<Image> turned(Image image, int orientation);

}  // namespace galago
