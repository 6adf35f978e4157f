// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A setting: its name, what it does, and at the right (or below, when narrow) the control.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

GridLayout {
    id: root

    required property string name
    property string note
    default property alias control: slot.data
    /// In two lines. Set where rows come and go: to change it while they are laid out is not sure to be seen.
    property bool narrow: width < 460

    Layout.fillWidth: true
    columns: narrow ? 1 : 2
    columnSpacing: Theme.space4
    rowSpacing: Theme.space1

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 2

        Label {
            Layout.fillWidth: true
            text: root.name
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontLabel
        }
        Label {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.note
            color: Theme.muted
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontSmall
        }
    }
    RowLayout {
        id: slot

        Layout.fillWidth: root.narrow
        Layout.alignment: Qt.AlignVCenter
        spacing: Theme.space2
    }
}
