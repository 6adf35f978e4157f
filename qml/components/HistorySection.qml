// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The heading of a group of chats in their list. The list gives "section" to its context: a required
// property is not set again when a heading is used again.
import QtQuick
import QtQuick.Controls.Basic
import Galago

Label {
    objectName: "historySection"
    width: parent ? parent.width : implicitWidth
    leftPadding: Theme.space3
    topPadding: Theme.space3
    bottomPadding: Theme.space1
    text: {
        // qmllint disable unqualified
        switch (section) {
        // qmllint enable unqualified
        case "pinned":
            return qsTr("Pinned")
        case "today":
            return qsTr("Today")
        case "yesterday":
            return qsTr("Yesterday")
        }
        return qsTr("Earlier")
    }
    color: Theme.muted
    font.pixelSize: Theme.fontSmall
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
}
