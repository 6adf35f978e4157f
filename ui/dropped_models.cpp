// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See dropped_models.h.
#include "dropped_models.h"

#include <QFileInfo>
#include <algorithm>
#include <array>

#include "image/image_format.h"

namespace galago::ui {
namespace {

constexpr std::array kModelEndings = {
    ".gguf", ".galago", ".safetensors", ".bin",        ".pt",
    ".pth",  ".ckpt",   "config.json",  ".index.json", "tokenizer.model"};

bool isNamedAsModel(const QString& name) {
  return std::any_of(kModelEndings.begin(), kModelEndings.end(), [&](const char* ending) {
    return name.endsWith(QLatin1String(ending), Qt::CaseInsensitive);
  });
}

}  // namespace

bool mayBeModel(const QUrl& url) {
  if (!url.isLocalFile()) return false;
  return isNamedAsModel(url.fileName()) || QFileInfo(url.toLocalFile()).isDir();
}

bool isNamedAsPicture(const QUrl& url) { return is_picture_name(url.fileName().toStdString()); }

}  // namespace galago::ui
