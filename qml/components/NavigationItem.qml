// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A place of the window, in the rail or the bottom bar: an icon over its name.
import QtQuick
import QtQuick.Controls.Basic
import Galago

AbstractButton {
    id: root

    required property string iconName
    property bool current: false

    implicitWidth: Math.max(72, Theme.scaled(72))
    implicitHeight: 60
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.PageTab
    Accessible.name: text
    Accessible.selected: current
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: Item {
        Column {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            spacing: Theme.space1

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: root.iconName
                color: root.current ? Theme.accent : root.hovered ? Theme.text : Theme.muted
                size: 22
            }
            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: root.text
                elide: Text.ElideRight
                color: root.current ? Theme.text : Theme.muted
                font.pixelSize: Theme.fontSmall
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        anchors.fill: parent
        anchors.margins: 4
        radius: Theme.radiusControl
        color: root.down ? Theme.pressed : root.hovered || root.current ? Theme.hover : "transparent"

        FocusRing {
            shown: root.visualFocus
            inset: 0
        }
    }
}
