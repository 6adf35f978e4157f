// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Asks for a folder, with a Qt (before 6.3) that has dialogs for files only: any file in it will do.
import QtQuick.Dialogs

FileDialog {
    readonly property url chosen: Qt.resolvedUrl(String(selectedFile).replace(/[^/]*$/, ""))
}
