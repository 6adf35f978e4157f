// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The kept chats: search, list, what can be done with each, and the offer to undo a deletion.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Rectangle {
    id: root

    required property AppViewModel app
    readonly property HistoryViewModel history: app.history
    property string namedId

    /// A chat was chosen, or a new one.
    signal chosen
    signal newChat
    signal exportAsked(string chatId, string title)
    signal openSettings

    function focusSearch() {
        search.forceActiveFocus(Qt.ShortcutFocusReason)
        search.selectAll()
    }

    function openRow(row: HistoryRow) {
        if (!row)
            return
        history.open(row.chatId)
        chosen()
    }

    color: Theme.surface
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Chats")

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.space2
        spacing: Theme.space2

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space1

            TextLine {
                id: search

                objectName: "historySearch"
                Layout.fillWidth: true
                name: qsTr("Search in chats")
                placeholderText: qsTr("Search in chats")
                text: root.history.search
                onTextEdited: root.history.search = text
                onAccepted: if (list.count > 0)
                    list.forceActiveFocus(Qt.TabFocusReason)
                Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
                Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape && search.text !== ""
                Keys.onEscapePressed: event => {
                    event.accepted = search.text !== ""
                    root.history.search = ""
                }
            }
            IconButton {
                objectName: "historyNewChat"
                iconName: "plus"
                text: qsTr("New chat (Ctrl+N)")
                onClicked: root.newChat()
            }
        }
        HistoryList {
            id: list

            objectName: "historyList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            model: root.history.chats
            Accessible.name: qsTr("Chats")
            onActiveFocusChanged: if (activeFocus && currentIndex < 0)
                currentIndex = 0
            delegate: HistoryRow {
                id: row

                width: list.width
                current: row.chatId === root.history.current
                naming: row.chatId === root.namedId
                onClicked: {
                    list.currentIndex = row.index
                    root.openRow(row)
                }
                onMenuAsked: {
                    list.currentIndex = row.index
                    menu.showFor(row)
                }
                onNamed: name => root.history.rename(row.chatId, name)
                onNamingEnded: {
                    root.namedId = ""
                    list.forceActiveFocus(Qt.OtherFocusReason)
                }
            }
            Keys.onPressed: event => {
                const row = list.currentItem as HistoryRow
                if (!row)
                    return
                event.accepted = true
                if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Space)
                    root.openRow(row)
                else if (event.key === Qt.Key_F2)
                    root.namedId = row.chatId
                else if (event.key === Qt.Key_Delete)
                    root.history.remove(row.chatId)
                else if (event.key === Qt.Key_P)
                    root.history.setPinned(row.chatId, !row.pinned)
                else if (event.key === Qt.Key_E)
                    root.exportAsked(row.chatId, row.title)
                else if (event.key === Qt.Key_Menu)
                    menu.showFor(row)
                else
                    event.accepted = false
            }

            Column {
                objectName: "historyEmpty"
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.margins: Theme.space3
                anchors.verticalCenter: parent.verticalCenter
                visible: list.count === 0 && !root.history.restoring
                spacing: Theme.space2

                Icon {
                    anchors.horizontalCenter: parent.horizontalCenter
                    name: root.history.search !== "" ? "search" : "chat"
                    color: Theme.muted
                    size: 28
                }
                Label {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.Wrap
                    text: root.history.search !== "" ? qsTr("No chat has “%1” in it.").arg(root.history.search) : root.app.settings.keepChats ? qsTr("Your chats will be here. They stay on this machine.") : qsTr("Chats are not kept.")
                    textFormat: Text.PlainText
                    color: Theme.muted
                    font.pixelSize: Theme.fontLabel
                }
                TextButton {
                    objectName: "historyClearSearch"
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: root.history.search !== ""
                    text: qsTr("Show all chats")
                    onClicked: root.history.search = ""
                }
                TextButton {
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: root.history.search === "" && !root.app.settings.keepChats
                    iconName: "settings"
                    text: qsTr("Settings")
                    onClicked: root.openSettings()
                }
            }
        }
        RemovedNews {
            Layout.fillWidth: true
            history: root.history
        }
    }

    ChatMenu {
        id: menu

        onRename: root.namedId = menu.chatId
        onPin: root.history.setPinned(menu.chatId, !menu.pinned)
        onExportChat: root.exportAsked(menu.chatId, menu.chatTitle)
        onRemove: root.history.remove(menu.chatId)
    }
}
