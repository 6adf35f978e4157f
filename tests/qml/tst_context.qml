// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a question takes of the context is said before it is asked, and one that cannot fit is not sent.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "Context"

    /// With room for so many tokens; a picture takes 144.
    function openWith(context) {
        openReady({
            settings: {
                "model/contextSize": context
            }
        })
        compare(chat.contextSize, context)
        app.settings.maxTokens = 4
    }

    function test_a_small_question_says_nothing() {
        openWith(1024)
        type("Hi")
        tryVerify(() => chat.questionTokens > 0, patience)
        verify(chat.questionTokens < 512)
        compare(chat.questionLeft, 1024)
        verify(!find("questionSize").visible)
        verify(!find("questionTooLong").visible)
    }

    function test_a_large_one_says_how_large() {
        openWith(512)
        attach(["model/small.png", "model/large.png"])
        type("Which?")
        tryVerify(() => find("questionSize").visible, patience)
        tryVerify(() => chat.questionTokens > 288, patience)
        const said = chat.questionTokens
        compare(find("questionSize").text, `This question with 2 pictures takes about ${said} of the 512 tokens that are left.`)
        // It says what the engine then finds.
        keyClick(Qt.Key_Return)
        tryCompare(chat, "busy", false, patience)
        compare(chat.prefillTokens + chat.reusedTokens, said)
        tryVerify(() => !find("questionSize").visible, patience)
        // Of the next one less is left.
        type("And?")
        tryVerify(() => chat.questionTokens > 0, patience)
        verify(chat.questionLeft <= 512 - said)
    }

    function test_one_that_cannot_fit_is_not_sent() {
        openWith(256)
        attach(["model/small.png", "model/large.png"])
        type("Which?")
        tryVerify(() => find("questionTooLong").visible, patience)
        compare(find("questionTooLong").title, "This question does not fit")
        verify(find("questionTooLong").hint.startsWith(`It takes about ${chat.questionLeast} tokens, and the context holds 256. Take a picture away`))
        verify(!find("sendButton").enabled)
        keyClick(Qt.Key_Return)
        compare(chat.messages.count, 0)
        compare(find("promptInput").text, "Which?")
        // With a picture less it is.
        mouseClick(find("removeAttachment", row(find("attachments"), 1)))
        tryVerify(() => !find("questionTooLong").visible, patience)
        tryVerify(() => find("questionSize").visible, patience)
        tryVerify(() => find("sendButton").enabled)
        keyClick(Qt.Key_Return)
        tryCompare(chat, "busy", false, patience)
        compare(message(1).answerState === MessageListModel.Failed, false)
    }

    function test_the_next_step() {
        openWith(256)
        find("promptInput").text = "many words of a long story ".repeat(80)
        tryVerify(() => find("questionTooLong").visible, patience)
        verify(find("questionTooLong").hint.endsWith("Shorten it, or load the model with a longer context."))
        click("longerForQuestion")
        verify(find("settings").visible)
        app.settings.contextSize = 2048
        app.model.reload()
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        tryCompare(chat, "questionFits", true, patience)
        verify(chat.questionTokens > 256)
    }
}
