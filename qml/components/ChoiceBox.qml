// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One of several things, as a list that opens.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Galago

ComboBox {
    id: root

    required property string name

    implicitHeight: Theme.target
    implicitWidth: 160
    leftPadding: Theme.space3
    rightPadding: Theme.target
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font.pixelSize: Theme.fontLabel
    Accessible.role: Accessible.ComboBox
    Accessible.name: qsTr("%1: %2").arg(name).arg(displayText)

    contentItem: Label {
        text: root.displayText
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        opacity: root.enabled ? 1 : 0.5
        font: root.font
        Accessible.ignored: true
    }
    indicator: Icon {
        x: root.mirrored ? Theme.space3 : root.width - width - Theme.space3
        y: (root.height - height) / 2
        name: "chevron-down"
        size: 16
        color: Theme.muted
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: root.pressed ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        border.color: Theme.outline
        opacity: root.enabled ? 1 : 0.5

        FocusRing {
            shown: root.visualFocus
        }
    }
    delegate: ItemDelegate {
        id: row

        required property int index

        width: ListView.view ? ListView.view.width : root.width
        implicitHeight: Theme.target
        text: root.textAt(index)
        highlighted: root.highlightedIndex === index
        Accessible.role: Accessible.ListItem
        Accessible.name: text

        contentItem: Label {
            text: row.text
            elide: Text.ElideRight
            verticalAlignment: Text.AlignVCenter
            color: root.currentIndex === row.index ? Theme.accent : Theme.text
            font.pixelSize: Theme.fontLabel
            Accessible.ignored: true
        }
        background: Rectangle {
            radius: Theme.radiusControl
            color: row.highlighted ? Theme.hover : "transparent"
        }
    }
    popup: Popup {
        y: root.height + 2
        width: Math.max(root.width, 200)
        height: Math.min(contentItem.implicitHeight + topPadding + bottomPadding, 320)
        padding: Theme.space1

        contentItem: ListView {
            implicitHeight: contentHeight
            clip: true
            model: root.popup.visible ? root.delegateModel : null
            currentIndex: root.highlightedIndex
            ScrollBar.vertical: ScrollBar {
            }
        }
        background: Rectangle {
            radius: Theme.radiusCard
            color: Theme.surface
            border.color: Theme.border
        }
    }
}
