// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The name of something, shown beside it after a moment.
import QtQuick
import QtQuick.Controls.Basic
import Galago

ToolTip {
    id: root

    delay: 600
    padding: Theme.space2
    contentItem: Label {
        text: root.text
        color: Theme.text
        font.pixelSize: Theme.fontSmall
        wrapMode: Text.Wrap
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.raised
        border.color: Theme.border
    }
}
