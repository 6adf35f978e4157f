// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Which of the files and folders dropped on the window are models, or parts of one, and not
// pictures: by their names.
#pragma once

#include <QList>
#include <QUrl>

namespace galago::ui {

/// Folders, and what files of models are called.
bool mayBeModel(const QUrl& url);

/// By what it is called, of the formats that the engine reads.
bool isNamedAsPicture(const QUrl& url);

}  // namespace galago::ui
