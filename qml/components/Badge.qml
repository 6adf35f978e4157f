// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A word that says what kind of thing stands beside it. Nothing to press.
import QtQuick
import QtQuick.Controls.Basic
import Galago

Label {
    id: root

    leftPadding: Theme.space2
    rightPadding: Theme.space2
    topPadding: 2
    bottomPadding: 2
    color: Theme.accent
    elide: Text.ElideRight
    font.pixelSize: Theme.fontSmall
    font.weight: Font.DemiBold
    background: Rectangle {
        radius: height / 2
        color: "transparent"
        border.width: 1
        border.color: root.color
    }
}
