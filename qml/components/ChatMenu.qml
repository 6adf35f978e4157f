// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What can be done with one of the kept chats.
import QtQuick
import QtQuick.Controls.Basic
import Galago

Menu {
    id: root

    property string chatId
    property string chatTitle
    property bool pinned: false

    signal rename
    signal pin
    signal exportChat
    signal remove

    function showFor(row: HistoryRow) {
        chatId = row.chatId
        chatTitle = row.title
        pinned = row.pinned
        popup(row, row.width - Theme.target, row.height)
    }

    padding: Theme.space1
    background: Rectangle {
        implicitWidth: 220
        radius: Theme.radiusCard
        color: Theme.surface
        border.color: Theme.border
    }

    ChatMenuItem {
        objectName: "renameChat"
        iconName: "edit"
        text: qsTr("Rename")
        key: "F2"
        onTriggered: root.rename()
    }
    ChatMenuItem {
        objectName: "pinChat"
        iconName: "pin"
        text: root.pinned ? qsTr("Unpin") : qsTr("Pin")
        key: "P"
        onTriggered: root.pin()
    }
    ChatMenuItem {
        objectName: "exportChat"
        iconName: "export"
        text: qsTr("Export…")
        key: "E"
        onTriggered: root.exportChat()
    }
    ChatMenuItem {
        objectName: "removeChat"
        iconName: "remove"
        ink: Theme.danger
        text: qsTr("Delete")
        key: qsTr("Del")
        onTriggered: root.remove()
    }
}
