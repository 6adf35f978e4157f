// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One line that is always true: what the program does, on which device and why, and how fast. Each
// number carries its name.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Rectangle {
    id: root

    required property ChatViewModel chat
    required property ModelViewModel model
    /// Too narrow for everything: what matters now is left.
    property bool compact: false
    readonly property bool answering: chat.phase === ChatViewModel.Answering

    component Figure: Label {
        font.pixelSize: Theme.fontSmall
        color: Theme.muted
        verticalAlignment: Text.AlignVCenter
    }

    implicitHeight: Theme.scaled(32)
    color: Theme.surface
    Accessible.role: Accessible.StatusBar
    Accessible.name: qsTr("Status")

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.border
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.space4
        anchors.rightMargin: Theme.space4
        spacing: Theme.space4

        RowLayout {
            spacing: Theme.space2

            Rectangle {
                implicitWidth: 8
                implicitHeight: 8
                radius: 4
                color: PhaseText.color(root.chat.phase)
            }
            Figure {
                objectName: "statusPhase"
                text: PhaseText.name(root.chat.phase)
                color: Theme.text
            }
        }
        Figure {
            id: device

            objectName: "statusDevice"
            Layout.fillWidth: true
            visible: !root.compact && root.model.deviceKind !== ""
            elide: Text.ElideRight
            text: {
                const name = root.model.deviceKind.toUpperCase()
                const withThreads = root.model.threads > 0 ? qsTr("%1, %n thread(s)", "", root.model.threads).arg(name) : name
                return root.model.deviceReason === "" ? withThreads : qsTr("%1 (%2)").arg(withThreads).arg(root.model.deviceReason)
            }

            HoverHandler {
                id: deviceHover
            }
            Tip {
                visible: deviceHover.hovered
                text: qsTr("%1: %2").arg(root.model.deviceName).arg(root.model.deviceDetail)
            }
        }
        Item {
            Layout.fillWidth: true
            visible: !device.visible
        }
        Figure {
            objectName: "statusEncode"
            visible: !root.compact && root.chat.encodeMs > 0
            text: qsTr("picture %1").arg(Format.duration(root.chat.encodeMs))
        }
        Figure {
            objectName: "statusFirstToken"
            visible: !root.compact && root.chat.firstTokenMs > 0
            text: qsTr("first token %1").arg(Format.duration(root.chat.firstTokenMs))
        }
        Figure {
            objectName: "statusRate"
            visible: root.chat.decodeRate > 0 && (!root.compact || root.answering)
            text: qsTr("answer %1").arg(Format.rate(root.chat.decodeRate))
            color: root.answering ? Theme.text : Theme.muted
        }
        Figure {
            objectName: "statusContext"
            visible: root.chat.contextSize > 0 && !(root.compact && root.answering)
            text: qsTr("context %1 of %2").arg(Format.integer(root.chat.contextUsed)).arg(Format.integer(root.chat.contextSize))
        }
    }
}
