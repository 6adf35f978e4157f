// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How far the file being written is, and what became of the last one.
import QtQuick
import Galago
import Galago.Ui

Banner {
    id: root

    required property ExportViewModel exports
    readonly property bool isWriting: exports.share >= 0

    visible: isWriting || exports.done || exports.errorTitle !== ""
    kind: exports.errorTitle !== "" ? Banner.Problem : Banner.Notice
    title: exports.errorTitle !== "" ? exports.errorTitle : isWriting ? qsTr("Writing %1, %2").arg(exports.fileName).arg(Format.percent(exports.share)) : qsTr("%1 is written.").arg(exports.fileName)
    hint: exports.errorTitle !== "" ? exports.errorHint : isWriting ? qsTr("Every file is checked on the way. What is stopped leaves nothing.") : qsTr("On the other machine, drop it on Galago's window. Eject a stick before you pull it out.")
    detail: exports.errorDetail

    ProgressTrack {
        objectName: "exportTrack"
        width: parent.width
        visible: root.isWriting
        value: root.exports.share
        label: root.title
    }
    TextButton {
        objectName: "stopExport"
        visible: root.isWriting
        iconName: "stop"
        text: qsTr("Stop")
        Accessible.name: qsTr("Stop writing %1").arg(root.exports.fileName)
        onClicked: root.exports.stop()
    }
    TextButton {
        objectName: "openExportFolder"
        visible: root.exports.done
        iconName: "folder"
        text: qsTr("Open folder")
        Accessible.name: qsTr("Open the folder of %1").arg(root.exports.fileName)
        onClicked: Qt.openUrlExternally(root.exports.folderUrl)
    }
    TextButton {
        objectName: "dismissExport"
        visible: !root.isWriting
        kind: TextButton.Quiet
        iconName: "close"
        text: qsTr("Close")
        onClicked: root.exports.dismiss()
    }
}
