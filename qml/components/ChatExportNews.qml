// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What became of the chat that was exported last.
import QtQuick
import Galago
import Galago.Ui

Banner {
    id: root

    required property ChatExportViewModel exports

    visible: exports.done || exports.errorTitle !== ""
    kind: exports.errorTitle !== "" ? Banner.Problem : Banner.Notice
    title: exports.errorTitle !== "" ? exports.errorTitle : qsTr("%1 is written.").arg(exports.fileName)
    hint: exports.errorHint
    detail: exports.errorDetail

    TextButton {
        objectName: "openChatFolder"
        visible: root.exports.done
        iconName: "folder"
        text: qsTr("Open folder")
        Accessible.name: qsTr("Open the folder of %1").arg(root.exports.fileName)
        onClicked: Qt.openUrlExternally(root.exports.folderUrl)
    }
    TextButton {
        objectName: "dismissChatExport"
        kind: TextButton.Quiet
        iconName: "close"
        text: qsTr("Close")
        onClicked: root.exports.dismiss()
    }
}
