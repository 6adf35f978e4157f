// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the question being written takes of the context: said when it is much, and when it is too
// much, with what to do about it.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

ColumnLayout {
    id: root

    required property ChatViewModel chat
    readonly property bool isMuch: chat.questionTokens > 0 && chat.questionTokens > chat.questionLeft / 2

    signal openSettings

    visible: isMuch || !chat.questionFits
    spacing: 0

    Label {
        id: note

        objectName: "questionSize"
        Layout.fillWidth: true
        Layout.leftMargin: Theme.space3
        Layout.rightMargin: Theme.space3
        visible: root.isMuch && root.chat.questionFits
        text: {
            const tokens = Format.integer(root.chat.questionTokens)
            const left = Format.integer(Math.max(0, root.chat.questionLeft))
            const pictures = root.chat.attachments.readyCount
            return pictures > 0 ? qsTr("This question with %n picture(s) takes about %1 of the %2 tokens that are left.", "", pictures).arg(tokens).arg(left) : qsTr("This question takes about %1 of the %2 tokens that are left.").arg(tokens).arg(left)
        }
        color: Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    Banner {
        id: problem

        objectName: "questionTooLong"
        Layout.fillWidth: true
        visible: !root.chat.questionFits
        title: qsTr("This question does not fit")
        hint: {
            const numbers = qsTr("It takes about %1 tokens, and the context holds %2.").arg(Format.integer(root.chat.questionLeast)).arg(Format.integer(root.chat.contextSize))
            const next = root.chat.attachments.count > 0 ? qsTr("Take a picture away, or load the model with a longer context.") : root.chat.messages.count > 0 ? qsTr("Shorten it, begin a new chat without the pictures of this one, or load the model with a longer context.") : qsTr("Shorten it, or load the model with a longer context.")
            return numbers + " " + next
        }

        TextButton {
            visible: root.chat.messages.count > 0
            iconName: "plus"
            text: qsTr("New chat")
            onClicked: root.chat.newChat()
        }
        TextButton {
            objectName: "longerForQuestion"
            iconName: "settings"
            text: qsTr("Longer context…")
            onClicked: root.openSettings()
        }
    }
}
