// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Many questions at once: a script or a folder of pictures, its results as table and chart, and the
// files they can be kept in.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Galago
import Galago.Ui

Card {
    id: root

    required property AppViewModel app
    readonly property CompareViewModel compare: app.compare
    property string exportedTo

    title: qsTr("Many questions")

    FileDialog {
        id: scriptDialog

        title: qsTr("Open a script")
        nameFilters: [qsTr("Scripts (%1)").arg("*.json"), qsTr("All files (%1)").arg("*")]
        onAccepted: root.compare.openBatch(selectedFile)
    }
    FolderDialog {
        id: folderDialog

        title: qsTr("Open a folder of pictures")
        onAccepted: root.compare.openBatch(selectedFolder)
    }
    FileDialog {
        id: exportDialog

        title: qsTr("Keep the results")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "md"
        nameFilters: ["Markdown (*.md)", "CSV (*.csv)", "JSON (*.json)"]
        onAccepted: root.compare.exportReport(selectedFile)
    }
    Connections {
        target: root.compare

        function onExported(path: string) {
            root.exportedTo = path
        }
        function onReportChanged() {
            root.exportedTo = ""
        }
    }

    Label {
        Layout.fillWidth: true
        text: root.compare.batchTitle === "" ? qsTr("A script (docs/compare.md), or a folder of pictures with a question in NAME.txt beside each or in prompt.txt for all.") : qsTr("%1: %n question(s)", "", root.compare.batchCases).arg(root.compare.batchTitle)
        color: root.compare.batchTitle === "" ? Theme.muted : Theme.text
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontLabel
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.space2

        TextButton {
            objectName: "compareOpenScript"
            enabled: !root.compare.running
            iconName: "folder"
            text: qsTr("Open a script…")
            onClicked: scriptDialog.open()
        }
        TextButton {
            objectName: "compareOpenFolder"
            enabled: !root.compare.running
            iconName: "picture"
            text: qsTr("Open a folder…")
            onClicked: folderDialog.open()
        }
        TextButton {
            objectName: "compareRunBatch"
            visible: root.compare.batchCases > 0
            enabled: root.compare.batchRunning ? !root.compare.stopping : !root.compare.running
            kind: TextButton.Primary
            iconName: root.compare.batchRunning ? "stop" : "compare"
            text: root.compare.batchRunning ? qsTr("Stop") : qsTr("Ask all of them")
            onClicked: root.compare.batchRunning ? root.compare.stop() : root.compare.runBatch()
        }
        TextButton {
            objectName: "compareExport"
            visible: root.compare.hasReport && !root.compare.batchRunning
            iconName: "download"
            text: qsTr("Keep the results…")
            onClicked: exportDialog.open()
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        visible: root.compare.batchRunning
        spacing: Theme.space1

        Label {
            objectName: "compareBatchProgress"
            text: qsTr("%1 of %2 answers").arg(Format.integer(root.compare.batchDone)).arg(Format.integer(root.compare.batchTotal))
            color: Theme.muted
            font.pixelSize: Theme.fontSmall
        }
        ProgressTrack {
            Layout.fillWidth: true
            label: qsTr("Answers")
            value: root.compare.batchTotal > 0 ? root.compare.batchDone / root.compare.batchTotal : 0
        }
    }
    Label {
        Layout.fillWidth: true
        visible: root.exportedTo !== ""
        text: qsTr("Kept in %1").arg(root.exportedTo)
        color: Theme.ok
        wrapMode: Text.WrapAnywhere
        font.pixelSize: Theme.fontSmall
    }
    CompareResults {
        objectName: "compareResults"
        Layout.fillWidth: true
        visible: root.compare.hasReport && !root.compare.batchRunning
        compare: root.compare
    }
}
