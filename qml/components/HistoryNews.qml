// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What went wrong with keeping chats. The chat goes on without.
import QtQuick
import QtQuick.Layouts
import Galago
import Galago.Ui

ColumnLayout {
    id: root

    required property HistoryViewModel history

    visible: history.errorTitle !== "" || history.asideName !== ""
    spacing: Theme.space2

    Banner {
        objectName: "historyBanner"
        Layout.fillWidth: true
        visible: root.history.errorTitle !== ""
        title: root.history.errorTitle
        hint: root.history.errorHint
        detail: root.history.errorDetail

        TextButton {
            objectName: "historyTryAgain"
            iconName: "again"
            text: root.history.damaged ? qsTr("Begin a new file") : qsTr("Try again")
            onClicked: root.history.tryAgain()
        }
        TextButton {
            objectName: "historyFolder"
            iconName: "folder"
            text: qsTr("Open folder")
            onClicked: Qt.openUrlExternally(root.history.folderUrl)
        }
    }
    Banner {
        objectName: "historyAside"
        Layout.fillWidth: true
        visible: root.history.asideName !== ""
        kind: Banner.Notice
        title: qsTr("The file of your chats was damaged, and a new one was begun")
        hint: qsTr("The damaged file is kept as %1, with its pictures beside it.").arg(root.history.asideName)

        TextButton {
            iconName: "folder"
            text: qsTr("Open folder")
            onClicked: Qt.openUrlExternally(root.history.folderUrl)
        }
        TextButton {
            objectName: "dismissAside"
            kind: TextButton.Quiet
            iconName: "close"
            text: qsTr("Close")
            onClicked: root.history.dismissAside()
        }
    }
}
