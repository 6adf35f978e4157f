// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A button that is an icon; its text is its name on hover and for screen readers.
import QtQuick
import QtQuick.Controls.Basic
import Galago

AbstractButton {
    id: root

    required property string iconName
    property color iconColor: Theme.muted
    property int iconSize: 20
    property bool tip: true

    implicitWidth: Theme.target
    implicitHeight: Theme.target
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: enabled ? 1 : 0.4
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: root.iconName
            color: root.hovered || root.visualFocus ? Theme.text : root.iconColor
            size: root.iconSize
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: root.down ? Theme.pressed : root.hovered || root.checked ? Theme.hover : "transparent"

        FocusRing {
            shown: root.visualFocus
            inset: 1
        }
    }

    Tip {
        text: root.text
        visible: root.tip && (root.hovered || root.visualFocus)
    }
}
