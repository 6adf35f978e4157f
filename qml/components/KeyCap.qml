// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One key, as it looks on a keyboard.
import QtQuick
import QtQuick.Controls.Basic
import Galago

Rectangle {
    id: root

    required property string modelData

    implicitWidth: Math.max(implicitHeight, letter.implicitWidth + Theme.space2 * 2)
    implicitHeight: letter.implicitHeight + Theme.space1 * 2
    radius: Theme.radiusControl / 2
    color: Theme.raised
    border.color: Theme.outline

    Label {
        id: letter

        anchors.centerIn: parent
        text: root.modelData
        font.pixelSize: Theme.fontSmall
        Accessible.ignored: true
    }
}
