// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A line of a menu.
import QtQuick
import QtQuick.Controls.Basic
import Galago

MenuItem {
    id: root

    required property string iconName
    property string key
    property color ink: Theme.text

    implicitHeight: Theme.target
    implicitWidth: 220
    leftPadding: Theme.space3
    rightPadding: Theme.space3
    Accessible.name: text

    contentItem: Item {
        IconLabel {
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            text: root.text
            ink: root.ink
            iconSize: 18
            strong: false
        }
        Label {
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: root.key
            color: Theme.muted
            font.pixelSize: Theme.fontSmall
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: root.down ? Theme.pressed : root.highlighted ? Theme.hover : "transparent"
    }
}
