// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// For people who stand at a distance: the picture, the answer as it comes, and its speed.
import QtQuick
import QtQuick.Controls.Basic
import Galago
import Galago.Ui

Item {
    id: root

    required property AppViewModel app
    readonly property ChatViewModel chat: app.chat
    /// 96 pixels and more: seen from five metres.
    readonly property int figureSize: Math.max(96, Math.min(height * 0.28, width * 0.13))
    readonly property int textSize: Math.max(Theme.fontTitle, Math.min(height * 0.05, 44))
    readonly property bool upright: width < 700
    readonly property real rate: app.speed.rollingRate > 0 && chat.phase === ChatViewModel.Answering ? app.speed.rollingRate : chat.decodeRate

    /// The x of what begins `start` from where lines begin.
    function placed(start: real, width: real): real {
        return LayoutMirroring.enabled ? root.width - start - width : start
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Stage")

    // Not layouts: the figure's size follows from the window's, and the words get what is left.
    Image {
        id: picture

        objectName: "stagePicture"
        x: root.placed(Theme.space5, width)
        y: Theme.space5
        width: (root.upright ? root.width : root.width * 0.48) - Theme.space5 * 2
        height: (root.upright ? root.height * 0.4 : root.height) - Theme.space5 * 2
        visible: root.chat.currentPicture !== ""
        source: root.chat.currentPicture === "" ? "" : `image://pictures/${root.chat.currentPicture}`
        sourceSize.width: 1024
        sourceSize.height: 1024
        fillMode: Image.PreserveAspectFit
        asynchronous: true
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("The picture")
    }
    Item {
        readonly property real start: root.upright || !picture.visible ? Theme.space5 : root.width * 0.48

        x: root.placed(start, width)
        y: root.upright && picture.visible ? root.height * 0.4 : Theme.space5
        width: root.width - start - Theme.space5
        height: root.height - y - Theme.space5

        Flickable {
            id: words

            width: parent.width
            height: Math.max(0, parent.height - figures.height - Theme.space4)
            contentHeight: answer.height
            clip: true
            // The end is what is new.
            contentY: Math.max(0, contentHeight - height)
            interactive: false

            Label {
                id: answer

                objectName: "stageAnswer"
                width: words.width
                text: root.app.speed.answer !== "" ? root.app.speed.answer : root.chat.busy ? PhaseText.doing(root.chat.phase) : qsTr("Ask something in the chat: the answer is shown here.")
                textFormat: Text.PlainText
                color: root.app.speed.answer !== "" ? Theme.text : Theme.muted
                wrapMode: Text.Wrap
                font.pixelSize: root.textSize
            }
        }
        Column {
            id: figures

            anchors.bottom: parent.bottom
            width: parent.width
            spacing: Theme.space2

            Label {
                objectName: "stageRate"
                text: root.rate > 0 ? Format.number(root.rate, root.rate < 100 ? 1 : 0) : "–"
                color: Theme.accent
                font.pixelSize: root.figureSize
                font.weight: Font.Bold
                Accessible.name: root.rate > 0 ? Format.rate(root.rate) : qsTr("No speed yet")
            }
            Label {
                width: parent.width
                text: root.chat.phase === ChatViewModel.Answering ? qsTr("tokens/s, the answer's last 2 seconds") : qsTr("tokens/s, the answer on average")
                color: Theme.muted
                wrapMode: Text.Wrap
                font.pixelSize: root.textSize * 0.6
                Accessible.ignored: true
            }
            AnswerPhases {
                width: parent.width
                encodeMs: root.chat.encodeMs
                prefillMs: root.chat.prefillMs
                decodeMs: root.chat.decodeMs
            }
        }
    }
}
