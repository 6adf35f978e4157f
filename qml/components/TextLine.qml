// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One line to type into.
import QtQuick
import QtQuick.Controls.Basic
import Galago

TextField {
    id: root

    required property string name

    implicitHeight: Theme.target
    leftPadding: Theme.space3
    rightPadding: Theme.space3
    color: Theme.text
    placeholderTextColor: Theme.muted
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentText
    selectByMouse: true
    font.pixelSize: Theme.fontLabel
    Accessible.role: Accessible.EditableText
    Accessible.name: name

    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.background
        border.width: root.activeFocus ? 2 : 1
        border.color: root.activeFocus ? Theme.accent : Theme.outline
    }
}
