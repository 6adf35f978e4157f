// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The model that comes with Galago, as somebody meets it who starts the program for the first time.
// What it answers is not looked at here.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "BuiltIn"

    function firstStart() {
        verify(harness.hasBuiltInModel())
        open({
            own: "all"
        })
        app.settings.maxTokens = 24
    }

    function test_first_start_to_answer() {
        firstStart()
        // At once: it is loaded meanwhile.
        mouseClick(find("sample0"))
        tryVerify(() => chat.answerTokens > 0, patience)
        tryCompare(chat, "busy", false, patience)
        verify(app.model.isBuiltIn)
        verify(message(1).text !== "")
        verify(chat.imageTokens > 0)
    }

    function test_keyboard_alone() {
        firstStart()
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        for (let i = 0; i < 40 && window.activeFocusItem.objectName !== "sample0"; ++i)
            keyClick(Qt.Key_Tab)
        keyClick(Qt.Key_Right)
        keyClick(Qt.Key_Return)
        tryVerify(() => chat.answerTokens > 0, patience)
        tryCompare(chat, "busy", false, patience)
        verify(message(1).text !== "")
    }

    function test_a_dropped_picture() {
        firstStart()
        verify(harness.dragEnter(window, {
            urls: [harness.url(harness.data("model/small.png"))]
        }))
        verify(harness.drop(window))
        tryCompare(chat.attachments, "readyCount", 1, patience)
        ask("What is in the picture?")
        tryCompare(chat, "busy", false, patience)
        verify(message(1).text !== "")
    }
}
