// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Several models, the settings and the samples as one file, for a machine without a network.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Galago
import Galago.Ui

Card {
    id: root

    required property LibraryViewModel library
    required property ExportViewModel exports
    property bool opened: false
    /// Ids of models, with their sizes.
    property var chosen: ({})
    readonly property var chosenIds: Object.keys(chosen)
    readonly property real chosenBytes: chosenIds.reduce((sum, id) => sum + chosen[id], 0)

    function choose(id: string, bytes: real, wanted: bool) {
        const next = Object.assign({}, chosen)
        if (wanted)
            next[id] = bytes
        else
            delete next[id]
        chosen = next
    }

    visible: exports.offered
    title: qsTr("For another machine")

    FileDialog {
        id: bundleDialog

        title: qsTr("Write a bundle")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "galago"
        nameFilters: [qsTr("Packs (%1)").arg("*.galago")]
        onAccepted: root.exports.exportBundle(root.chosenIds, takeSettings.checked, takeSamples.checked, selectedFile)
    }
    Label {
        Layout.fillWidth: true
        text: qsTr("Puts several models, the settings and the sample pictures into one file on a stick. Another machine imports it without a network. A single model is exported from its row above.")
        color: Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    TextButton {
        objectName: "openBundle"
        visible: !root.opened
        iconName: "model"
        text: qsTr("Choose what goes along…")
        onClicked: {
            root.opened = true
            const first = rows.itemAt(0) as BundleRow
            if (first)
                first.focusToggle()
        }
    }
    Repeater {
        id: rows

        objectName: "bundleModels"
        model: root.opened ? root.library.installed : null
        delegate: BundleRow {
            id: entry

            chosen: root.chosen[entry.modelId] !== undefined
            onToggled: wanted => root.choose(entry.modelId, entry.bytes, wanted)
        }
    }
    SettingRow {
        visible: root.opened
        name: qsTr("Settings of this window")
        note: qsTr("Look, language and answers; nothing of this machine, and no chats.")

        Toggle {
            id: takeSettings

            objectName: "bundleSettings"
            name: qsTr("Settings of this window")
            checked: true
        }
    }
    SettingRow {
        visible: root.opened
        name: qsTr("Sample pictures")

        Toggle {
            id: takeSamples

            objectName: "bundleSamples"
            name: qsTr("Sample pictures")
            checked: true
        }
    }
    Flow {
        Layout.fillWidth: true
        visible: root.opened
        spacing: Theme.space2

        TextButton {
            objectName: "writeBundle"
            enabled: root.chosenIds.length > 0 && root.exports.share < 0
            kind: TextButton.Primary
            iconName: "export"
            text: root.chosenIds.length > 0 ? qsTr("Write the bundle, %1…").arg(Format.bytes(root.chosenBytes)) : qsTr("Choose at least one model")
            onClicked: bundleDialog.open()
        }
        TextButton {
            objectName: "closeBundle"
            kind: TextButton.Quiet
            iconName: "close"
            text: qsTr("Close")
            onClicked: root.opened = false
        }
    }
}
