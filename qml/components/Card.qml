// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A group of settings.
import QtQuick
import QtQuick.Layouts
import Galago

Rectangle {
    id: root

    required property string title
    default property alias rows: column.data

    Layout.fillWidth: true
    implicitHeight: column.implicitHeight + Theme.space4 * 2
    radius: Theme.radiusCard
    color: Theme.surface
    border.color: Theme.border

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.space4
        spacing: Theme.space4

        SectionLabel {
            Layout.topMargin: 0
            text: root.title
            font.pixelSize: Theme.fontBody
        }
    }
}
