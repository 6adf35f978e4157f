// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A sample picture with a question about it, to try with one touch.
import QtQuick
import QtQuick.Controls.Basic
import Galago

AbstractButton {
    id: root

    required property url picture

    implicitWidth: 200
    implicitHeight: 190
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Sample picture: %1").arg(text)
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.down ? Theme.raised : Theme.surface
        border.width: root.visualFocus ? 2 : 1
        border.color: root.visualFocus || root.hovered ? Theme.accent : Theme.border
    }
    contentItem: Column {
        spacing: Theme.space2

        Image {
            width: parent.width
            height: 128
            source: root.picture
            sourceSize.width: 400
            sourceSize.height: 300
            fillMode: Image.PreserveAspectCrop
            clip: true
            asynchronous: true
            mipmap: true
        }
        Label {
            width: parent.width
            leftPadding: Theme.space2
            rightPadding: Theme.space2
            text: root.text
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
            font.pixelSize: Theme.fontLabel
            Accessible.ignored: true
        }
    }
    padding: 6
}
