// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What of a drop or of the clipboard is a picture. One place, because both carry the same kinds of
// data: files, the bytes of a picture file, or bare pixels.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QList>
#include <QMimeData>
#include <QString>
#include <QUrl>

namespace galago::ui {

struct PictureSources {
  QList<QUrl> urls;
  QByteArray file;  ///< the bytes of a picture file
  QImage pixels;

  bool isEmpty() const { return urls.isEmpty() && file.isEmpty() && pixels.isNull(); }
};

/// Without reading the data: for the moment when something is dragged over the window.
bool mayHoldPictures(const QMimeData& data);

/// Files first, then a picture file's bytes, then pixels: programs that offer several kinds offer
/// the original first. Text is not a picture, even where it spells an address.
PictureSources pictureSources(const QMimeData& data);

}  // namespace galago::ui
