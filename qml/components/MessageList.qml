// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The conversation. Follows the end only while the end is in sight.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Galago
import Galago.Ui

ListView {
    id: root

    required property ChatViewModel chat
    property bool following: true
    readonly property real lowest: Math.max(originY - topMargin, originY + contentHeight + bottomMargin - height)

    signal showPicture(string id)

    clip: true
    topMargin: Theme.space5
    bottomMargin: Theme.space3
    boundsBehavior: Flickable.StopAtBounds
    // Rows have very different heights: keeping some around keeps the scroll bar honest.
    cacheBuffer: 2000
    model: chat.messages
    activeFocusOnTab: true
    // Arrows scroll; no row is chosen.
    currentIndex: -1
    keyNavigationEnabled: false
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Conversation")
    onContentHeightChanged: if (following)
        settle.restart()
    onHeightChanged: if (following)
        settle.restart()
    onCountChanged: {
        following = true
        settle.restart()
    }
    onMovementEnded: following = atYEnd
    onFlickStarted: following = false
    onDragStarted: following = false
    Keys.onUpPressed: scrollBy(-60)
    Keys.onDownPressed: scrollBy(60)
    Keys.onPressed: event => {
        if (event.key === Qt.Key_PageUp)
            scrollBy(-height * 0.9)
        else if (event.key === Qt.Key_PageDown)
            scrollBy(height * 0.9)
        else
            return
        event.accepted = true
    }

    function toEnd() {
        // Lays out the last rows, but stops before the margin.
        positionViewAtEnd()
        contentY = lowest
    }

    function scrollBy(pixels: real) {
        contentY = Math.min(lowest, Math.max(originY - topMargin, contentY + pixels))
        following = contentY >= lowest - 1
    }

    ScrollBar.vertical: ScrollBar {
        id: bar

        onPressedChanged: if (!pressed)
            root.following = root.atYEnd
        else
            root.following = false
    }

    delegate: MessageDelegate {
        width: root.width
        chat: root.chat
        onShowPicture: id => root.showPicture(id)
    }

    Connections {
        target: root.chat

        // Another chat may have as many rows.
        function onSwitched() {
            root.following = true
            settle.restart()
        }
    }
    Timer {
        id: settle

        // After the layout: what is at the end is known only then.
        interval: 0
        onTriggered: root.toEnd()
    }
    WheelHandler {
        // The wheel moves a Flickable without the signals of a drag.
        onWheel: event => {
            root.scrollBy(-event.angleDelta.y)
        }
    }

    FocusRing {
        shown: root.activeFocus
        inset: 2
        parent: root
    }
    IconButton {
        objectName: "toEnd"
        parent: root
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space2
        visible: !root.following && !root.atYEnd
        iconName: "end"
        text: qsTr("To the end")
        onClicked: {
            root.following = true
            root.toEnd()
        }

        Rectangle {
            anchors.fill: parent
            z: -1
            radius: height / 2
            color: Theme.raised
            border.color: Theme.border
        }
    }
}
