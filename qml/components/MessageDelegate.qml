// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One row of the conversation: a question or an answer.
pragma ComponentBehavior: Bound

import QtQuick
import Galago
import Galago.Ui

Item {
    id: root

    required property ChatViewModel chat
    required property int index
    required property int kind
    required property string text
    required property string markup
    required property var pictures
    required property int answerState
    required property int tokens
    required property real rate
    required property real firstTokenMs
    required property real encodeMs
    required property int droppedTurns
    required property string errorTitle
    required property string errorHint
    required property string errorDetail

    implicitHeight: loader.implicitHeight + (kind === MessageListModel.Question ? Theme.space4 : Theme.space5)

    Loader {
        id: loader

        width: Math.min(root.width - Theme.space4 * 2, Theme.columnWidth)
        anchors.horizontalCenter: parent.horizontalCenter
        sourceComponent: root.kind === MessageListModel.Question ? question : answer
    }
    Component {
        id: question

        QuestionBubble {
            text: root.text
            pictures: root.pictures
        }
    }
    Component {
        id: answer

        AnswerBubble {
            chat: root.chat
            row: root.index
            isLast: root.index === root.chat.messages.count - 1
            text: root.text
            markup: root.markup
            answerState: root.answerState
            tokens: root.tokens
            rate: root.rate
            firstTokenMs: root.firstTokenMs
            encodeMs: root.encodeMs
            droppedTurns: root.droppedTurns
            errorTitle: root.errorTitle
            errorHint: root.errorHint
            errorDetail: root.errorDetail
        }
    }
}
