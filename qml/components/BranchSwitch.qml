// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Which of several wordings of a question, or of several answers, is on show; and the way to the
// others.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

RowLayout {
    id: root

    required property int branch
    required property int branches

    signal chosen(int branch)

    spacing: 0

    IconButton {
        objectName: "branchBefore"
        enabled: root.enabled && root.branch > 0
        iconName: "chevron-left"
        iconSize: 16
        text: qsTr("Earlier version")
        onClicked: root.chosen(root.branch - 1)
    }
    Label {
        objectName: "branchPlace"
        text: qsTr("%1/%2").arg(Format.integer(root.branch + 1)).arg(Format.integer(root.branches))
        color: Theme.muted
        font.pixelSize: Theme.fontSmall
        Accessible.name: qsTr("Version %1 of %2").arg(Format.integer(root.branch + 1)).arg(Format.integer(root.branches))
    }
    IconButton {
        objectName: "branchAfter"
        enabled: root.enabled && root.branch < root.branches - 1
        iconName: "chevron-right"
        iconSize: 16
        text: qsTr("Later version")
        onClicked: root.chosen(root.branch + 1)
    }
}
