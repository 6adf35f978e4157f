// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See dropped_models.h.
#include "dropped_models.h"

#include <QFileInfo>
#include <algorithm>
#include <array>

namespace galago::ui {
namespace {

constexpr std::array kModelEndings = {
    ".gguf", ".galago", ".safetensors", ".bin",        ".pt",
    ".pth",  ".ckpt",   "config.json",  ".index.json", "tokenizer.model"};
constexpr std::array kPictureEndings = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"};

template <class Endings>
bool endsWithOne(const QString& name, const Endings& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](const char* ending) {
    return name.endsWith(QLatin1String(ending), Qt::CaseInsensitive);
  });
}

}  // namespace

bool mayBeModel(const QUrl& url) {
  if (!url.isLocalFile()) return false;
  return endsWithOne(url.fileName(), kModelEndings) || QFileInfo(url.toLocalFile()).isDir();
}

bool isNamedAsPicture(const QUrl& url) { return endsWithOne(url.fileName(), kPictureEndings); }

}  // namespace galago::ui
