// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A sample picture with a question about it, to ask with one touch.
import QtQuick
import QtQuick.Controls.Basic
import Galago

AbstractButton {
    id: root

    required property url picture
    required property string title
    required property string prompt

    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: 6
    bottomPadding: Theme.space2
    text: prompt
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Sample picture: %1").arg(title)
    Accessible.description: prompt
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.down ? Theme.raised : Theme.surface
        border.width: root.visualFocus ? 2 : 1
        border.color: root.visualFocus || root.hovered ? Theme.accent : Theme.border
    }
    contentItem: Column {
        spacing: Theme.space1

        Image {
            width: parent.width
            height: width
            source: root.picture
            sourceSize.width: 320
            sourceSize.height: 320
            fillMode: Image.PreserveAspectCrop
            clip: true
            asynchronous: true
            mipmap: true
            Accessible.ignored: true
        }
        Label {
            width: parent.width
            leftPadding: 2
            text: root.title
            elide: Text.ElideRight
            font.pixelSize: Theme.fontLabel
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Item {
            width: parent.width
            // Two lines for all, so that the cards of a row are of one height.
            height: 3 * Theme.fontSmall

            Label {
                width: parent.width
                leftPadding: 2
                text: root.prompt
                color: Theme.muted
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
                font.pixelSize: Theme.fontSmall
                Accessible.ignored: true
            }
        }
    }
    Tip {
        text: root.prompt
        visible: root.hovered || root.visualFocus
    }
}
