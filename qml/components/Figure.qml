// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A name and its value on one line.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

RowLayout {
    id: root

    required property string name
    required property string value

    Layout.fillWidth: true
    spacing: Theme.space2

    Label {
        text: root.name
        color: Theme.muted
        font.pixelSize: Theme.fontSmall
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignRight
        text: root.value
        elide: Text.ElideRight
        font.pixelSize: Theme.fontSmall
    }
}
