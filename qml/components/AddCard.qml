// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How models come in from this machine: by dialogs, or dropped.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Galago
import Galago.Ui

Card {
    id: root

    required property ImportViewModel imports

    title: qsTr("From this machine or a stick")

    FileDialog {
        id: filesDialog

        title: qsTr("Import models")
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Models and packs (%1)").arg("*.gguf *.galago config.json adapter_config.json *.safetensors *.bin"), qsTr("All files (%1)").arg("*")]
        onAccepted: root.imports.add(selectedFiles)
    }
    FolderChooser {
        id: folderDialog

        title: qsTr("Import a folder")
        onAccepted: root.imports.add([chosen])
    }
    Label {
        objectName: "importHint"
        Layout.fillWidth: true
        text: qsTr("Drop files or folders anywhere on this window, or choose them: a pair of GGUF files, a pack (.galago), an original checkpoint or a LoRA adapter. They are checked, converted if need be, and copied into the library, whole or not at all.")
        color: Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.space2

        TextButton {
            objectName: "importFiles"
            iconName: "plus"
            text: qsTr("Import files…")
            onClicked: filesDialog.open()
        }
        TextButton {
            objectName: "importFolder"
            iconName: "folder"
            text: qsTr("Import a folder…")
            onClicked: folderDialog.open()
        }
    }
}
