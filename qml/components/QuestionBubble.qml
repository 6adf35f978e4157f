// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a person asked, with its pictures; the way to ask it in other words, and its former ones.
pragma ComponentBehavior: Bound

import QtQuick
import Galago
import Galago.Ui

Item {
    id: root

    required property string text
    required property ChatViewModel chat
    required property int row
    required property int branch
    required property int branches
    required property var pictures

    signal showPicture(string id)

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
                    onOpened: root.showPicture(modelData)
                }
            }
        }
        Rectangle {
            anchors.right: parent.right
            width: Math.min(words.implicitWidth, root.width * 0.85 - 4)
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
            IconButton {
                objectName: "editQuestion"
                anchors.right: parent.left
                anchors.verticalCenter: parent.verticalCenter
                enabled: !root.chat.busy
                iconName: "edit"
                iconSize: 16
                text: qsTr("Edit this question")
                onClicked: root.chat.editQuestion(root.row)
            }
        }
        BranchSwitch {
            objectName: "questionBranches"
            anchors.right: parent.right
            visible: root.branches > 1
            enabled: !root.chat.busy
            branch: root.branch
            branches: root.branches
            onChosen: branch => root.chat.showBranch(root.row, branch)
        }
    }
}
