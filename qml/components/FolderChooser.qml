// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Asks for a folder.
import QtQuick.Dialogs

FolderDialog {
    readonly property url chosen: selectedFolder
}
