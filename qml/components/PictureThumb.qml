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

    signal opened

    implicitWidth: image.paintedWidth > 0 ? image.paintedWidth : maxHeight
    implicitHeight: maxHeight
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Picture of this question")

    Image {
        id: image

        anchors.horizontalCenter: parent.horizontalCenter
        width: root.maxWidth
        height: root.maxHeight
        source: `image://pictures/${root.pictureId}`
        sourceSize.width: root.maxWidth * 2
        sourceSize.height: root.maxHeight * 2
        fillMode: Image.PreserveAspectFit
        asynchronous: true
    }
    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.verticalCenter: parent.verticalCenter
        width: image.paintedWidth
        height: image.paintedHeight
        visible: image.status === Image.Ready
        color: "transparent"
        border.color: Theme.border
    }
    PictureButton {
        objectName: "enlarge"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.verticalCenter: parent.verticalCenter
        width: image.paintedWidth
        height: image.paintedHeight
        radius: 0
        visible: image.status === Image.Ready
        text: qsTr("Show the picture large")
        onClicked: root.opened()
    }
}
