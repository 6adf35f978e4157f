// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Keys that belong together: what each does, and its caps.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

ColumnLayout {
    id: root

    required property string title
    required property var rows

    spacing: 0

    SectionLabel {
        Layout.topMargin: 0
        Layout.bottomMargin: Theme.space2
        text: root.title
    }
    Repeater {
        model: root.rows

        Item {
            id: entry

            required property var modelData
            readonly property string spoken: modelData.keys.map(keys => KeyMap.caps(keys).join("+")).join(qsTr(" or "))

            objectName: `key-${modelData.action}`
            Layout.fillWidth: true
            implicitHeight: Math.max(words.implicitHeight, caps.implicitHeight) + Theme.space1 * 2
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("%1: %2").arg(entry.spoken).arg(modelData.does)

            Label {
                id: words

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - caps.width - Theme.space3
                text: entry.modelData.does
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontLabel
                Accessible.ignored: true
            }
            Row {
                id: caps

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.space3

                Repeater {
                    model: entry.modelData.keys

                    Row {
                        id: sequence

                        required property string modelData

                        spacing: Theme.space1

                        Repeater {
                            model: KeyMap.caps(sequence.modelData)

                            KeyCap {
                            }
                        }
                    }
                }
            }
            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: 1
                color: Theme.border
                opacity: 0.5
            }
        }
    }
}
