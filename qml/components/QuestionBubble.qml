// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a person asked, with its pictures.
pragma ComponentBehavior: Bound

import QtQuick
import Galago

Item {
    id: root

    required property string text
    required property var pictures

    implicitHeight: column.implicitHeight

    Column {
        id: column

        anchors.right: parent.right
        spacing: Theme.space2

        Flow {
            anchors.right: parent.right
            width: Math.min(root.width * 0.85, childrenRect.width)
            layoutDirection: Qt.RightToLeft
            spacing: Theme.space2
            visible: root.pictures.length > 0

            Repeater {
                model: root.pictures

                PictureThumb {
                    required property string modelData

                    pictureId: modelData
                    maxWidth: Math.min(280, root.width * 0.8)
                }
            }
        }
        Rectangle {
            anchors.right: parent.right
            width: Math.min(words.implicitWidth, root.width * 0.85)
            height: words.implicitHeight
            radius: Theme.radiusCard
            color: Theme.raised

            TextEdit {
                id: words

                width: parent.width
                padding: Theme.space3
                text: root.text
                textFormat: TextEdit.PlainText
                readOnly: true
                selectByMouse: true
                wrapMode: TextEdit.Wrap
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                font.pixelSize: Theme.fontBody
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("You asked: %1").arg(root.text)
            }
        }
    }
}
