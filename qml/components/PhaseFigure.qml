// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A phase's time as a bar beside its name and its number: never by colour alone.
import QtQuick
import QtQuick.Layouts
import Galago

ColumnLayout {
    id: root

    required property string name
    required property string figure
    property real share: 0
    property color tint: Theme.accent

    spacing: Theme.space1

    Figure {
        name: root.name
        value: root.figure
    }
    ProgressTrack {
        Layout.fillWidth: true
        label: root.name
        value: root.share
        fillColor: root.tint
    }
}
