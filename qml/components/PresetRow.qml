// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One of the questions that are offered for a picture: its words, its place, and a way to be rid of it.
import QtQuick
import QtQuick.Layouts
import Galago
import Galago.Ui

RowLayout {
    id: root

    required property PresetListModel presets
    required property int index
    required property string question

    spacing: 0

    TextLine {
        id: words

        objectName: "presetText"
        Layout.fillWidth: true
        name: qsTr("Question %1").arg(root.index + 1)
        text: root.question
        maximumLength: 300
        onEditingFinished: root.presets.setQuestion(root.index, words.text)
    }
    IconButton {
        objectName: "presetUp"
        iconName: "chevron-up"
        text: qsTr("Question %1: up").arg(root.index + 1)
        enabled: root.index > 0
        onClicked: root.presets.move(root.index, root.index - 1)
    }
    IconButton {
        objectName: "presetDown"
        iconName: "chevron-down"
        text: qsTr("Question %1: down").arg(root.index + 1)
        enabled: root.index < root.presets.count - 1
        onClicked: root.presets.move(root.index, root.index + 1)
    }
    IconButton {
        objectName: "presetRemove"
        iconName: "remove"
        text: qsTr("Question %1: remove").arg(root.index + 1)
        onClicked: root.presets.remove(root.index)
    }
}
