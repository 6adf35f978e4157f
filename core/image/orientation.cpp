// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "image/orientation.h"

#include <libexif/exif-data.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "image/byte_view.h"
#include "image/picture_checks.h"

namespace galago {
namespace {

constexpr std::string_view kExifPrefix("Exif\0\0", 6);
// What fits a JPEG segment. Orientation stands at the beginning; what other formats may have
// behind that (previews) is not looked at.
constexpr std::size_t kMaxExifBytes = 65533;

struct ExifDeleter {
  void operator()(ExifData* data) const { exif_data_unref(data); }
};

/// Where the stored picture's first pixel and its two directions come to lie.
struct Turn {
  bool is_transposed;  ///< rows become columns, before the flips
  bool flips_x;
  bool flips_y;
};

Turn turn_of(int orientation) {
  switch (orientation) {
    case 2:
      return {false, true, false};
    case 3:
      return {false, true, true};
    case 4:
      return {false, false, true};
    case 5:
      return {true, false, false};
    case 6:
      return {true, true, false};
    case 7:
      return {true, true, true};
    case 8:
      return {true, false, true};
    default:
      return {false, false, false};
  }
}

}  // namespace

int exif_orientation(std::span<const std::byte> exif) {
  if (exif.empty()) return 1;
  std::vector<unsigned char> bytes;
  if (!as_text(exif).starts_with(kExifPrefix)) bytes.assign(kExifPrefix.begin(), kExifPrefix.end());
  const std::size_t count = std::min(exif.size(), kMaxExifBytes);
  bytes.insert(bytes.end(), as_u8(exif), as_u8(exif) + count);

  const std::unique_ptr<ExifData, ExifDeleter> data(
      exif_data_new_from_data(bytes.data(), static_cast<unsigned int>(bytes.size())));
  if (!data) return 1;
  const ExifEntry* entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (entry == nullptr || entry->format != EXIF_FORMAT_SHORT || entry->components < 1 ||
      entry->size < 2)
    return 1;
  const int orientation = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

Result<Image> turned(Image image, int orientation) {
  const Turn turn = turn_of(orientation);
  if (!turn.is_transposed && !turn.flips_x && !turn.flips_y) return image;
  Image out{image.width, image.height, {}};
  if (turn.is_transposed) std::swap(out.width, out.height);
  GALAGO_TRY(out.pixels, take_bytes(image.pixels.size()));

  // Where a step to the right and one down in the seen picture lead in the stored one.
  const std::ptrdiff_t row = std::ptrdiff_t{3} * image.width;
  std::ptrdiff_t right = turn.is_transposed ? row : 3;
  std::ptrdiff_t down = turn.is_transposed ? 3 : row;
  const std::uint8_t* first = image.pixels.data();
  if (turn.flips_x) first += right * (out.width - 1);
  if (turn.flips_y) first += down * (out.height - 1);
  if (turn.flips_x) right = -right;
  if (turn.flips_y) down = -down;

  std::uint8_t* to = out.pixels.data();
  for (int y = 0; y < out.height; ++y) {
    const std::uint8_t* from = first + down * y;
    for (int x = 0; x < out.width; ++x, from += right) to = std::copy_n(from, 3, to);
  }
  return out;
}

}  // namespace galago
