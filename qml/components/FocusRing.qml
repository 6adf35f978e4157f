// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Shows where the keyboard is. Lies around its parent.
import QtQuick
import Galago

Rectangle {
    property bool shown: false
    property int inset: -2

    anchors.fill: parent
    anchors.margins: inset
    radius: Theme.radiusControl + 2
    color: "transparent"
    border.width: Theme.focusWidth
    border.color: Theme.accent
    visible: shown
}
