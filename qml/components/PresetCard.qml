// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The settings' list of questions that are offered for a picture.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Card {
    id: root

    required property PresetListModel presets

    title: qsTr("Questions to touch")

    Label {
        Layout.fillWidth: true
        text: qsTr("They are offered above the prompt when there is a picture, in this order.")
        color: Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    Repeater {
        objectName: "presetRows"
        model: root.presets

        PresetRow {
            Layout.fillWidth: true
            presets: root.presets
        }
    }
    RowLayout {
        Layout.fillWidth: true
        visible: !root.presets.isFull
        spacing: Theme.space2

        TextLine {
            id: next

            function take() {
                if (root.presets.add(text))
                    clear()
            }

            objectName: "presetNew"
            Layout.fillWidth: true
            name: qsTr("Another question")
            placeholderText: qsTr("Another question…")
            maximumLength: 300
            onAccepted: take()
        }
        TextButton {
            objectName: "presetAdd"
            iconName: "plus"
            text: qsTr("Add")
            enabled: next.text.trim() !== ""
            onClicked: next.take()
        }
    }
    RowLayout {
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            text: root.presets.isFull ? qsTr("Eight are the most that are offered.") : ""
            color: Theme.muted
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontSmall
        }
        TextButton {
            objectName: "presetReset"
            enabled: !root.presets.isDefault
            text: qsTr("Those of Galago")
            onClicked: root.presets.reset()
        }
    }
}
