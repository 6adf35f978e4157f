// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The folder of models as a setting: another one, and what becomes of the models in the old one.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

ColumnLayout {
    id: root

    required property LibraryFolderViewModel folder
    /// Models are on their way into it.
    property bool busy: false
    readonly property bool isMoving: folder.moveShare >= 0
    readonly property bool isOpen: !folder.fixed && !busy && !folder.checking

    Layout.fillWidth: true
    spacing: Theme.space2

    FolderChooser {
        id: folderDialog

        title: qsTr("Choose a folder for models")
        onAccepted: root.folder.chooseUrl(chosen)
    }
    Label {
        Layout.fillWidth: true
        text: qsTr("Folder of models")
        font.pixelSize: Theme.fontLabel
    }
    Label {
        objectName: "folderNote"
        Layout.fillWidth: true
        text: {
            if (root.folder.fixed)
                return qsTr("Named by GALAGO_MODELS in the environment, which counts more than a choice here.")
            if (root.busy)
                return qsTr("Models are on their way into it: pause or finish that before you choose another.")
            return root.folder.freeBytes < 0 ? qsTr("Downloads and imports go there. galago-cli uses it as well.") : qsTr("Downloads and imports go there; %1 are free. galago-cli uses it as well.").arg(Format.bytes(root.folder.freeBytes))
        }
        color: Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    TextLine {
        id: path

        objectName: "modelsFolder"
        Layout.fillWidth: true
        name: qsTr("Folder of models")
        enabled: root.isOpen
        text: root.folder.path
        onAccepted: root.folder.choose(text)
        // Before the window takes the key for leaving the settings.
        Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape && text !== root.folder.path
        Keys.onEscapePressed: text = Qt.binding(() => root.folder.path)
    }
    Banner {
        objectName: "folderError"
        Layout.fillWidth: true
        visible: root.folder.errorTitle !== ""
        title: root.folder.errorTitle
        hint: root.folder.errorHint
        detail: root.folder.errorDetail
    }
    Banner {
        objectName: "folderQuestion"
        Layout.fillWidth: true
        visible: root.folder.candidate !== ""
        kind: Banner.Notice
        title: qsTr("%n model(s) are in the old folder. Move them?", "", root.folder.modelCount)
        hint: root.folder.candidateFreeBytes < 0 ? qsTr("They take %1. Left where they are, they can still be used; new ones go to %2.").arg(Format.bytes(root.folder.modelBytes)).arg(root.folder.candidate) : qsTr("They take %1; %2 are free in %3. Left where they are, they can still be used; new ones go to the new folder.").arg(Format.bytes(root.folder.modelBytes)).arg(Format.bytes(root.folder.candidateFreeBytes)).arg(root.folder.candidate)

        TextButton {
            objectName: "moveModels"
            kind: TextButton.Primary
            iconName: "folder"
            text: qsTr("Move them")
            onClicked: root.folder.moveModels()
        }
        TextButton {
            objectName: "leaveModels"
            text: qsTr("Leave them there")
            onClicked: root.folder.leaveModels()
        }
        TextButton {
            objectName: "keepOldFolder"
            kind: TextButton.Quiet
            text: qsTr("Keep the old folder")
            onClicked: root.folder.keepOldFolder()
        }
    }
    ProgressTrack {
        objectName: "moveTrack"
        Layout.fillWidth: true
        visible: root.isMoving
        value: root.folder.moveShare
        label: qsTr("Moving models")
    }
    Label {
        objectName: "moveText"
        Layout.fillWidth: true
        visible: root.isMoving
        text: qsTr("Moving models, %1. What is stopped is continued by choosing the folder again; nothing is lost.").arg(Format.percent(root.folder.moveShare))
        color: Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.space2

        TextButton {
            objectName: "useTypedFolder"
            visible: !root.isMoving && path.text !== root.folder.path
            enabled: root.isOpen
            kind: TextButton.Primary
            iconName: "check"
            text: qsTr("Use this folder")
            onClicked: root.folder.choose(path.text)
        }
        TextButton {
            objectName: "chooseFolder"
            visible: !root.isMoving && !root.folder.fixed
            enabled: root.isOpen
            iconName: "folder"
            text: qsTr("Choose…")
            Accessible.name: qsTr("Choose a folder for models")
            onClicked: folderDialog.open()
        }
        TextButton {
            objectName: "resetFolder"
            visible: !root.isMoving && !root.folder.fixed && !root.folder.usual
            enabled: root.isOpen
            kind: TextButton.Quiet
            iconName: "again"
            text: qsTr("Back to the usual folder")
            onClicked: root.folder.reset()
        }
        TextButton {
            objectName: "stopMoving"
            visible: root.isMoving
            iconName: "stop"
            text: qsTr("Stop")
            Accessible.name: qsTr("Stop moving models")
            onClicked: root.folder.stopMoving()
        }
    }
    Connections {
        target: root.folder

        function onChanged() {
            if (root.folder.candidate === "" && root.folder.errorTitle === "" && !root.folder.checking)
                path.text = Qt.binding(() => root.folder.path)
        }
    }
}
