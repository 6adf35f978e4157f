// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Covers the window while something that may be a picture or a model is over it.
import QtQuick
import QtQuick.Controls.Basic
import Galago

Rectangle {
    id: root

    property bool shown: false
    property bool forModel: false

    color: Theme.scrim
    opacity: shown ? 1 : 0
    visible: opacity > 0

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.motion
            easing.type: Easing.OutCubic
        }
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.space4
        radius: Theme.radiusPrompt
        color: "transparent"
        border.color: Theme.accent
        border.width: 3
    }
    Column {
        anchors.centerIn: parent
        spacing: Theme.space4

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: root.forModel ? "model" : "picture-add"
            size: 64
            color: Theme.accent
        }
        Label {
            anchors.horizontalCenter: parent.horizontalCenter
            text: root.forModel ? qsTr("Drop to import the model") : qsTr("Drop to ask about it")
            font.pixelSize: Theme.fontDisplay
            font.weight: Font.DemiBold
        }
    }
}
