// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The places of the window: a rail at the side, a bar at the bottom of narrow windows.
import QtQuick
import QtQuick.Layouts
import Galago

Rectangle {
    id: root

    property bool horizontal: false
    property int current: 0

    signal newChat
    signal chosen(int place)

    implicitWidth: Math.max(72, Theme.scaled(72))
    implicitHeight: 60
    color: Theme.surface

    GridLayout {
        anchors.fill: parent
        anchors.topMargin: root.horizontal ? 0 : Theme.space1
        anchors.bottomMargin: root.horizontal ? 0 : Theme.space1
        flow: root.horizontal ? GridLayout.LeftToRight : GridLayout.TopToBottom
        rows: root.horizontal ? 1 : -1
        columns: root.horizontal ? -1 : 1
        rowSpacing: 0
        columnSpacing: 0

        NavigationItem {
            objectName: "newChat"
            Layout.fillWidth: root.horizontal
            iconName: "plus"
            text: qsTr("New chat")
            onClicked: root.newChat()
        }
        NavigationItem {
            objectName: "chatPlace"
            Layout.fillWidth: root.horizontal
            iconName: "chat"
            text: qsTr("Chat")
            current: root.current === 0
            onClicked: root.chosen(0)
        }
        NavigationItem {
            objectName: "comparePlace"
            Layout.fillWidth: root.horizontal
            iconName: "compare"
            text: qsTr("Compare")
            current: root.current === 3
            onClicked: root.chosen(3)
        }
        NavigationItem {
            objectName: "modelsPlace"
            Layout.fillWidth: root.horizontal
            iconName: "model"
            text: qsTr("Models")
            current: root.current === 2
            onClicked: root.chosen(2)
        }
        NavigationItem {
            objectName: "stagePlace"
            Layout.fillWidth: root.horizontal
            visible: !root.horizontal
            iconName: "stage"
            text: qsTr("Stage")
            current: root.current === 4
            onClicked: root.chosen(4)
        }
        Item {
            visible: !root.horizontal
            Layout.fillHeight: true
        }
        NavigationItem {
            objectName: "settingsPlace"
            Layout.fillWidth: root.horizontal
            iconName: "settings"
            text: qsTr("Settings")
            current: root.current === 1
            onClicked: root.chosen(1)
        }
    }
    Rectangle {
        anchors.right: root.horizontal ? undefined : parent.right
        width: root.horizontal ? parent.width : 1
        height: root.horizontal ? 1 : parent.height
        color: Theme.border
    }
}
