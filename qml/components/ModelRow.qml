// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A model to choose.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

ItemDelegate {
    id: root

    required property string name
    required property string path
    required property string folder
    required property real fileBytes
    required property bool hasVision
    property bool current: false

    implicitHeight: 60
    text: name
    highlighted: false
    Accessible.name: qsTr("%1, %2").arg(name).arg(Format.bytes(fileBytes))
    Accessible.description: hasVision ? folder : qsTr("without eyes: answers text only")
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: RowLayout {
        spacing: Theme.space3

        Icon {
            name: root.current ? "check" : "model"
            color: root.current ? Theme.accent : Theme.muted
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            Label {
                Layout.fillWidth: true
                text: root.name
                elide: Text.ElideRight
                font.pixelSize: Theme.fontLabel
                font.weight: root.current ? Font.DemiBold : Font.Normal
            }
            Label {
                Layout.fillWidth: true
                text: root.hasVision ? root.folder : qsTr("without eyes: answers text only")
                color: Theme.muted
                elide: Text.ElideMiddle
                font.pixelSize: Theme.fontSmall
            }
        }
        Label {
            text: Format.bytes(root.fileBytes)
            color: Theme.muted
            font.pixelSize: Theme.fontSmall
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        border.width: root.visualFocus ? 2 : 0
        border.color: Theme.accent
    }
}
