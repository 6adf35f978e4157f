// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Lies over a small picture and opens it large.
import QtQuick
import QtQuick.Controls.Basic
import Galago

AbstractButton {
    id: root

    property int radius: Theme.radiusControl

    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: root.radius
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        FocusRing {
            shown: root.visualFocus
            inset: 0
            radius: root.radius
        }
    }
    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }
}
