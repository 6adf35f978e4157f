// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One row of the conversation: a question or an answer.
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

    readonly property bool isQuestion: kind === MessageListModel.Question
    readonly property real columnWidth: Math.min(width - Theme.space4 * 2, Theme.columnWidth)

    signal showPicture(string id)

    implicitHeight: isQuestion ? question.implicitHeight + Theme.space4 : answer.implicitHeight + Theme.space5

    QuestionBubble {
        id: question

        anchors.horizontalCenter: parent.horizontalCenter
        width: root.columnWidth
        visible: root.isQuestion
        chat: root.chat
        row: root.index
        branch: root.branch
        branches: root.branches
        text: root.isQuestion ? root.text : ""
        pictures: root.pictures
        onShowPicture: id => root.showPicture(id)
    }
    AnswerBubble {
        id: answer

        anchors.horizontalCenter: parent.horizontalCenter
        width: root.columnWidth
        visible: !root.isQuestion
        chat: root.chat
        row: root.index
        isLast: root.index === root.chat.messages.count - 1
        text: root.isQuestion ? "" : root.text
        markup: root.markup
        answerState: root.answerState
        tokens: root.tokens
        rate: root.rate
        firstTokenMs: root.firstTokenMs
        loadMs: root.loadMs
        encodeMs: root.encodeMs
        prefillMs: root.prefillMs
        decodeMs: root.decodeMs
        droppedTurns: root.droppedTurns
        errorTitle: root.errorTitle
        errorHint: root.errorHint
        errorDetail: root.errorDetail
        branch: root.branch
        branches: root.branches
    }
}
