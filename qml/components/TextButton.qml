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
    readonly property color ink: kind === TextButton.Primary ? Theme.onAccent : kind === TextButton.Quiet ? Theme.muted : Theme.text

    implicitHeight: Theme.target
    implicitWidth: Math.max(Theme.target, content.implicitWidth + leftPadding + rightPadding)
    leftPadding: kind === TextButton.Quiet ? Theme.space2 : Theme.space4
    rightPadding: leftPadding
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    contentItem: Item {
        implicitWidth: content.implicitWidth

        Row {
            id: content

            anchors.centerIn: parent
            spacing: Theme.space2

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.iconName !== ""
                name: root.iconName === "" ? "plus" : root.iconName
                color: root.ink
                size: root.kind === TextButton.Quiet ? 16 : 18
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: root.text
                color: root.ink
                font.pixelSize: Theme.fontLabel
                font.weight: root.kind === TextButton.Primary ? Font.DemiBold : Font.Normal
                Accessible.ignored: true
            }
        }
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
