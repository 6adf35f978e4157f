// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A picture of the conversation, whole, no larger than its place.
import QtQuick
import Galago

Item {
    id: root

    required property string pictureId
    property int maxWidth: 280
    property int maxHeight: 210

    implicitWidth: image.paintedWidth > 0 ? image.paintedWidth : maxHeight
    implicitHeight: maxHeight
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Picture of this question")

    Image {
        id: image

        anchors.right: parent.right
        width: root.maxWidth
        height: root.maxHeight
        horizontalAlignment: Image.AlignRight
        source: `image://pictures/${root.pictureId}`
        sourceSize.width: root.maxWidth * 2
        sourceSize.height: root.maxHeight * 2
        fillMode: Image.PreserveAspectFit
        asynchronous: true
    }
    Rectangle {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: image.paintedWidth
        height: image.paintedHeight
        visible: image.status === Image.Ready
        color: "transparent"
        border.color: Theme.border
    }
}
