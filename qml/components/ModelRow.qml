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
    required property bool isBuiltIn
    property bool current: false
    readonly property string note: isBuiltIn ? qsTr("Knows simple drawings: shapes, colours, digits and everyday things as icons or emoji. Often wrong in counting and positions, cannot read words, does not understand photographs. English and Chinese.") : hasVision ? folder : qsTr("without eyes: answers text only")

    implicitHeight: Math.max(60, implicitContentHeight + topPadding + bottomPadding)
    text: name
    highlighted: false
    Accessible.name: isBuiltIn ? qsTr("%1, demonstration model, %2").arg(name).arg(Format.bytes(fileBytes)) : qsTr("%1, %2").arg(name).arg(Format.bytes(fileBytes))
    Accessible.description: note
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

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space2

                Label {
                    Layout.fillWidth: !root.isBuiltIn
                    text: root.name
                    elide: Text.ElideRight
                    font.pixelSize: Theme.fontLabel
                    font.weight: root.current ? Font.DemiBold : Font.Normal
                }
                Badge {
                    objectName: "demonstrationLabel"
                    visible: root.isBuiltIn
                    text: qsTr("Demonstration model")
                }
                Item {
                    visible: root.isBuiltIn
                    Layout.fillWidth: true
                }
            }
            Label {
                Layout.fillWidth: true
                text: root.note
                color: Theme.muted
                wrapMode: root.isBuiltIn ? Text.Wrap : Text.NoWrap
                elide: root.isBuiltIn ? Text.ElideNone : Text.ElideMiddle
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
