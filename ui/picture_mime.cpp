// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See picture_mime.h.
#include "picture_mime.h"

#include <array>

namespace galago::ui {
namespace {

/// The formats the engine reads, as other programs name them.
constexpr std::array kPictureTypes = {"image/png", "image/jpeg", "image/webp", "image/bmp",
                                      "image/gif"};

}  // namespace

bool mayHoldPictures(const QMimeData& data) {
  if (data.hasUrls() || data.hasImage()) return true;
  for (const char* type : kPictureTypes) {
    if (data.hasFormat(QLatin1String(type))) return true;
  }
  return false;
}

PictureSources pictureSources(const QMimeData& data) {
  PictureSources sources;
  for (const QUrl& url : data.urls()) {
    if (url.isLocalFile()) sources.urls.append(url);
  }
  if (!sources.urls.isEmpty()) return sources;
  for (const char* type : kPictureTypes) {
    sources.file = data.data(QLatin1String(type));
    if (!sources.file.isEmpty()) return sources;
  }
  if (data.hasImage()) sources.pixels = qvariant_cast<QImage>(data.imageData());
  // A picture dragged out of a browser may come as its address alone: that gets an explanation.
  if (sources.pixels.isNull()) sources.urls = data.urls();
  return sources;
}

}  // namespace galago::ui
