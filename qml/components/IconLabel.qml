// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a button says: words, and before them an icon if there is one. Centred.
import QtQuick
import QtQuick.Controls.Basic
import Galago

Item {
    id: root

    /// Of resources/icons; empty: none.
    property string name
    required property string text
    required property color ink
    property int iconSize: 18
    property bool strong: false

    implicitWidth: row.implicitWidth
    implicitHeight: row.implicitHeight

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.space2

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.name !== ""
            name: root.name === "" ? "plus" : root.name
            color: root.ink
            size: root.iconSize
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            color: root.ink
            font.pixelSize: Theme.fontLabel
            font.weight: root.strong ? Font.DemiBold : Font.Normal
            Accessible.ignored: true
        }
    }
}
