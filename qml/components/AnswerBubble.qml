// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the model answered: text as it streams, then Markdown; why it ended early; what to do next;
// and how fast it was.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

ColumnLayout {
    id: root

    required property ChatViewModel chat
    required property int row
    required property bool isLast
    required property string text
    required property string markup
    required property int answerState
    required property int tokens
    required property real rate
    required property real firstTokenMs
    required property real loadMs
    required property real encodeMs
    required property real prefillMs
    required property real decodeMs
    required property int droppedTurns
    required property string errorTitle
    required property string errorHint
    required property string errorDetail
    required property int branch
    required property int branches
    readonly property bool wasCut: (answerState === MessageListModel.Stopped || answerState === MessageListModel.LengthLimit) && text !== ""
    readonly property bool finished: answerState !== MessageListModel.Waiting && answerState !== MessageListModel.Streaming

    spacing: Theme.space2

    RowLayout {
        spacing: Theme.space2

        Image {
            source: "qrc:/galago/galago.png"
            sourceSize.width: 48
            sourceSize.height: 48
            Layout.preferredWidth: 24
            Layout.preferredHeight: 24
            mipmap: true
            Accessible.ignored: true
        }
        Label {
            text: qsTr("Galago")
            font.pixelSize: Theme.fontLabel
            font.weight: Font.DemiBold
        }
        Label {
            objectName: "stoppedMark"
            Layout.fillWidth: true
            visible: text !== ""
            wrapMode: Text.Wrap
            color: Theme.muted
            font.pixelSize: Theme.fontSmall
            font.italic: true
            text: {
                switch (root.answerState) {
                case MessageListModel.Stopped:
                    return qsTr("stopped")
                case MessageListModel.LengthLimit:
                    return qsTr("reached the longest answer allowed (see Settings)")
                case MessageListModel.ContextFull:
                    return qsTr("ended: the context is full")
                }
                return ""
            }
        }
    }
    Label {
        Layout.fillWidth: true
        visible: root.droppedTurns > 0
        text: qsTr("%n earlier turn(s) no longer fit the context and were left out.", "", root.droppedTurns)
        color: Theme.info
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    Label {
        visible: root.answerState === MessageListModel.Waiting
        text: PhaseText.doing(root.chat.phase)
        color: Theme.muted
        font.pixelSize: Theme.fontBody
    }
    TextEdit {
        id: words

        objectName: "answerText"
        Layout.fillWidth: true
        visible: root.text !== ""
        text: root.finished ? root.markup : root.text
        textFormat: root.finished ? TextEdit.MarkdownText : TextEdit.PlainText
        readOnly: true
        selectByMouse: true
        wrapMode: TextEdit.Wrap
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        font.pixelSize: Theme.fontBody
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("Galago answered: %1").arg(root.text)
    }
    Label {
        visible: root.answerState === MessageListModel.Stopped && root.text === ""
        text: qsTr("Stopped before the first word.")
        color: Theme.muted
        font.pixelSize: Theme.fontBody
    }
    Banner {
        objectName: "answerError"
        Layout.fillWidth: true
        visible: root.answerState === MessageListModel.Failed
        title: root.errorTitle
        hint: root.errorHint
        detail: root.errorDetail

        TextButton {
            objectName: "editFailed"
            visible: root.isLast
            text: qsTr("Edit the question")
            iconName: "edit"
            onClicked: root.chat.editQuestion(root.row - 1)
        }
    }
    AnswerPhases {
        Layout.fillWidth: true
        visible: root.finished && phases.length > 0
        loadMs: root.loadMs
        encodeMs: root.encodeMs
        prefillMs: root.prefillMs
        decodeMs: root.decodeMs
    }
    GridLayout {
        Layout.fillWidth: true
        columns: root.width < 560 ? 1 : 2
        rowSpacing: 0
        opacity: root.finished ? 1 : 0
        enabled: root.finished

        Flow {
            Layout.fillWidth: true
            Layout.leftMargin: -Theme.space2

            BranchSwitch {
                objectName: "answerBranches"
                visible: root.branches > 1
                enabled: !root.chat.busy
                branch: root.branch
                branches: root.branches
                onChosen: branch => root.chat.showBranch(root.row, branch)
            }
            TextButton {
                objectName: "continueAnswer"
                visible: root.isLast && root.wasCut
                enabled: !root.chat.busy
                kind: TextButton.Quiet
                iconName: "continue"
                text: qsTr("Continue")
                onClicked: root.chat.continueAnswer()
            }
            TextButton {
                objectName: "copyAnswer"
                visible: root.text !== ""
                kind: TextButton.Quiet
                iconName: "copy"
                text: copied.running ? qsTr("Copied") : qsTr("Copy")
                onClicked: {
                    root.chat.copyAnswer(root.row)
                    copied.restart()
                }

                Timer {
                    id: copied

                    interval: 1500
                }
            }
            TextButton {
                objectName: "regenerate"
                visible: root.isLast
                enabled: !root.chat.busy
                kind: TextButton.Quiet
                iconName: "again"
                text: qsTr("Answer again")
                onClicked: root.chat.regenerate()
            }
            TextButton {
                objectName: "editLast"
                visible: root.isLast && root.answerState !== MessageListModel.Failed
                enabled: !root.chat.busy
                kind: TextButton.Quiet
                iconName: "edit"
                text: qsTr("Edit question")
                onClicked: root.chat.editQuestion(root.row - 1)
            }
        }
        Label {
            visible: root.rate > 0
            text: qsTr("%n token(s), %1", "", root.tokens).arg(Format.rate(root.rate))
            color: Theme.muted
            font.pixelSize: Theme.fontSmall
        }
    }
}
