// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A button with words: primary (the one thing to do here), plain, or quiet (within a line).
import QtQuick
import QtQuick.Controls.Basic
import Galago

AbstractButton {
    id: root

    enum Kind {
        Primary,
        Plain,
        Quiet
    }

    property int kind: TextButton.Plain
    property string iconName
    readonly property color ink: kind === TextButton.Primary ? Theme.accentText : kind === TextButton.Quiet ? Theme.muted : Theme.text

    implicitHeight: Theme.target
    implicitWidth: Math.max(Theme.target, implicitContentWidth + leftPadding + rightPadding)
    leftPadding: kind === TextButton.Quiet ? Theme.space2 : Theme.space4
    rightPadding: leftPadding
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: IconLabel {
        name: root.iconName
        text: root.text
        ink: root.ink
        iconSize: root.kind === TextButton.Quiet ? 16 : 18
        strong: root.kind === TextButton.Primary
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: root.kind === TextButton.Primary ? Theme.accent : "transparent"
        border.width: root.kind === TextButton.Plain ? 1 : 0
        border.color: Theme.outline

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        }
        FocusRing {
            shown: root.visualFocus
        }
    }
}
