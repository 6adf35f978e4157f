// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What is happening now, how far it is, and how long it still takes. Keeps its height when idle, so
// that nothing moves when an answer begins or ends.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Item {
    id: root

    required property ChatViewModel chat
    required property ModelViewModel model
    readonly property bool determinate: chat.progress >= 0
    readonly property bool shown: chat.busy || chat.phase === ChatViewModel.LoadingModel

    implicitHeight: Theme.scaled(32)
    opacity: shown ? 1 : 0
    Accessible.ignored: !shown

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.motion
        }
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.topMargin: Theme.space1
        spacing: Theme.space1

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space3

            Label {
                objectName: "phaseLabel"
                text: PhaseText.doing(root.chat.phase)
                color: PhaseText.color(root.chat.phase)
                font.pixelSize: Theme.fontSmall
                font.weight: Font.DemiBold
            }
            Label {
                visible: root.determinate
                text: root.chat.phase === ChatViewModel.LoadingModel && root.model.fileBytes > 0 ? qsTr("%1 of %2").arg(Format.bytes(root.model.fileBytes * root.chat.progress)).arg(Format.bytes(root.model.fileBytes)) : Format.percent(root.chat.progress)
                color: Theme.muted
                font.pixelSize: Theme.fontSmall
            }
            Item {
                Layout.fillWidth: true
            }
            Label {
                visible: root.determinate && root.chat.secondsLeft >= 0
                text: Format.secondsLeft(root.chat.secondsLeft)
                color: Theme.muted
                font.pixelSize: Theme.fontSmall
            }
            Label {
                visible: root.chat.phase === ChatViewModel.Answering && root.chat.decodeRate > 0
                text: Format.rate(root.chat.decodeRate)
                color: Theme.muted
                font.pixelSize: Theme.fontSmall
            }
        }
        ProgressTrack {
            Layout.fillWidth: true
            // Nobody knows how long an answer will be.
            opacity: root.determinate ? 1 : 0
            label: PhaseText.doing(root.chat.phase)
            value: root.determinate ? root.chat.progress : 0
            fillColor: PhaseText.color(root.chat.phase)
        }
    }
}
