// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A question to ask with one touch.
import QtQuick
import QtQuick.Controls.Basic
import Galago

AbstractButton {
    id: root

    implicitHeight: Theme.target
    leftPadding: Theme.space4
    rightPadding: Theme.space4
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: Label {
        text: root.text
        font.pixelSize: Theme.fontLabel
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.topMargin: 4
            anchors.bottomMargin: 4
            radius: height / 2
            color: root.down ? Theme.pressed : root.hovered ? Theme.raised : Theme.surface
            border.color: root.visualFocus ? Theme.accent : Theme.border
            border.width: root.visualFocus ? 2 : 1
        }
    }
    Tip {
        text: root.text
        visible: ((root.contentItem as Label)?.truncated ?? false) && (root.hovered || root.visualFocus)
    }
}
