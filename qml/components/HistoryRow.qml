// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A chat in the list: its title, where a search found something, and in place of the title, while
// it is named, a line to write it.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

ItemDelegate {
    id: root

    required property int index
    required property string chatId
    required property string title
    required property bool pinned
    required property date changedAt
    required property string excerpt
    /// It is the chat on show.
    property bool current: false
    property bool naming: false
    /// The keyboard is at it.
    readonly property bool marked: ListView.isCurrentItem && ListView.view.activeFocus

    signal menuAsked
    signal named(string name)
    signal namingEnded

    implicitHeight: Math.max(Theme.target, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.space3
    rightPadding: Theme.space1
    topPadding: Theme.space1
    bottomPadding: Theme.space1
    text: title
    highlighted: false
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: pinned ? qsTr("%1, pinned").arg(title) : title
    Accessible.description: excerpt !== "" ? excerpt : changedAt.toLocaleString(Qt.locale(), Locale.ShortFormat)
    Accessible.selected: current
    Accessible.onPressAction: root.clicked()

    contentItem: RowLayout {
        spacing: Theme.space1

        ColumnLayout {
            Layout.fillWidth: true
            visible: !root.naming
            spacing: 0

            Label {
                objectName: "chatTitle"
                Layout.fillWidth: true
                text: root.title
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.pixelSize: Theme.fontLabel
                font.weight: root.current ? Font.DemiBold : Font.Normal
            }
            Label {
                objectName: "chatExcerpt"
                Layout.fillWidth: true
                visible: root.excerpt !== "" && root.excerpt !== root.title
                text: root.excerpt
                textFormat: Text.PlainText
                color: Theme.muted
                elide: Text.ElideRight
                wrapMode: Text.Wrap
                maximumLineCount: 2
                font.pixelSize: Theme.fontSmall
            }
        }
        NameLine {
            Layout.fillWidth: true
            visible: root.naming
            before: root.title
            onNamed: name => root.named(name)
            onEnded: root.namingEnded()
        }
        Icon {
            visible: root.pinned && !root.naming
            name: "pin"
            color: Theme.muted
            size: 16
        }
        IconButton {
            objectName: "chatMenu"
            implicitWidth: 36
            visible: !root.naming
            opacity: root.hovered || root.current || root.marked ? 1 : 0
            focusPolicy: Qt.NoFocus
            iconName: "more"
            text: qsTr("What can be done with “%1”").arg(root.title)
            tip: false
            onClicked: root.menuAsked()
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: root.down ? Theme.pressed : root.hovered || root.current ? Theme.hover : "transparent"

        Rectangle {
            visible: root.current
            anchors.verticalCenter: parent.verticalCenter
            width: 3
            height: 20
            radius: 2
            color: Theme.accent
        }
        FocusRing {
            shown: root.marked
            inset: 0
        }
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: root.menuAsked()
    }
    TapHandler {
        onLongPressed: root.menuAsked()
    }
}
