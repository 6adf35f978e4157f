// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The heading of a group.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

Label {
    Layout.fillWidth: true
    Layout.topMargin: Theme.space3
    font.pixelSize: Theme.fontLabel
    font.weight: Font.DemiBold
    wrapMode: Text.Wrap
    Accessible.role: Accessible.Heading
}
