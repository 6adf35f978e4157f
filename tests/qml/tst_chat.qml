// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A chat from the first picture to the last word: drop, ask, watch tokens arrive, stop, ask again.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "Chat"

    function test_drop_ask_stop_and_start_anew() {
        openReady({
            model: harness.slowModel()
        })
        const phases = []
        const listen = () => phases.push(chat.phase)
        chat.phaseChanged.connect(listen)
        verify(harness.dragEnter(window, {
            urls: [harness.url(harness.data("model/large.png"))]
        }))
        tryVerify(() => find("dropOverlay").opacity === 1)
        verify(harness.drop(window))
        tryCompare(find("dropOverlay"), "visible", false)
        tryCompare(chat.attachments, "readyCount", 1, patience)
        verify(find("promptInput").activeFocus)

        type("What is it?")
        compare(find("promptInput").text, "What is it?")
        click("sendButton")
        compare(find("promptInput").text, "")
        compare(find("sendButton").text, "Stop (Esc)")
        compare(message(0).text, "What is it?")
        compare(message(0).pictures.length, 1)
        compare(chat.attachments.count, 0)

        // Tokens arrive one by one: the text grows, and the status line says so.
        tryVerify(() => chat.phase === ChatViewModel.Answering && chat.answerTokens > 0, patience)
        const early = chat.answerTokens
        tryVerify(() => chat.answerTokens > early + 2, patience)
        compare(message(1).answerState, MessageListModel.Streaming)
        compare(find("statusPhase").text, "answering")
        verify(find("statusEncode").visible)
        verify(find("statusFirstToken").visible)
        verify(find("statusRate").visible)
        verify(chat.encodeMs > 0)
        verify(chat.firstTokenMs > 0)
        compare(chat.imageTokens, 144)
        compare(chat.contextSize, 512)
        verify(chat.contextUsed > 144)

        click("sendButton")
        tryCompare(chat, "busy", false, patience)
        compare(message(1).answerState, MessageListModel.Stopped)
        const kept = message(1).text
        verify(kept.length > 0)
        compare(find("statusPhase").text, "ready")
        for (const phase of [ChatViewModel.Encoding, ChatViewModel.Reading, ChatViewModel.Answering, ChatViewModel.Stopping])
            verify(phases.includes(phase), `phase ${phase} was not shown`)
        chat.phaseChanged.disconnect(listen)

        // The stopped answer stays, the chat goes on, and the picture is not encoded again.
        type("Again")
        keyClick(Qt.Key_Return)
        tryVerify(() => chat.answerTokens > 0 && chat.phase === ChatViewModel.Answering, patience)
        compare(chat.encodeMs, 0)
        verify(chat.reusedTokens > 144)
        compare(message(1).text, kept)
        compare(chat.messages.count, 4)

        click("newChat")
        compare(chat.messages.count, 0)
        compare(chat.busy, false)
        verify(find("welcome").visible)
        verify(find("promptInput").activeFocus)
        ask("Hello")
        tryVerify(() => chat.answerTokens > 0, patience)
    }

    function test_a_picture_is_encoded_while_the_question_is_written() {
        openReady({
            model: harness.slowModel()
        })
        const states = []
        const done = attachAndEncode(["model/large.png"], () => states.push([chat.busy, find("statusPhase").text, harness.find(window, "attachmentProgress")?.visible].join()))
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        done()
        verify(states.includes("false,encoding the picture,true"), states.join(" "))
        verify(!find("attachmentProgress").visible)
        type("What is it?")
        const phases = []
        const listen = () => phases.push(chat.phase)
        chat.phaseChanged.connect(listen)
        click("sendButton")
        tryVerify(() => chat.answerTokens > 0, patience)
        verify(!phases.includes(ChatViewModel.Encoding))
        verify(chat.reusedTokens >= chat.imageTokens)
        verify(chat.encodeMs > 0)
        chat.phaseChanged.disconnect(listen)
        click("newChat")
        compare(chat.encodeMs, 0)
    }

    function test_a_question_asked_early_waits_for_the_picture() {
        openReady({
            model: harness.slowModel()
        })
        attachAndEncode(["model/large.png"])()
        ask("What is it?")
        verify(chat.busy)
        tryVerify(() => chat.answerTokens > 0, patience)
        verify(chat.reusedTokens >= chat.imageTokens)
        verify(chat.encodeMs > 0)
    }

    function test_a_picture_taken_away_is_not_encoded_further() {
        openReady({
            model: harness.slowModel()
        })
        attachAndEncode(["model/large.png"])()
        chat.attachments.remove(0)
        tryCompare(chat, "phase", ChatViewModel.Idle)
        // Nor does it stand in the way of another one, or of Stop.
        attachAndEncode(["model/small.png"])()
        ask("What is it?")
        chat.stop()
        tryCompare(chat, "busy", false, patience)
        compare(message(1).answerState, MessageListModel.Stopped)
        compare(message(1).text, "")
    }

    function test_answers_end_at_the_longest_allowed() {
        openReady()
        app.settings.maxTokens = 5
        ask("Hello")
        tryCompare(chat, "busy", false, patience)
        compare(message(1).answerState, MessageListModel.LengthLimit)
        compare(message(1).tokens, 5)
        verify(chat.decodeRate > 0)
        compare(window.title, "Hello – Galago")
    }

    function test_repeatable_answers() {
        openReady()
        app.settings.maxTokens = 12
        app.settings.temperature = 1
        app.settings.fixedSeed = true
        attach(["model/small.png"])
        ask("What is it?")
        tryCompare(chat, "busy", false, patience)
        const first = message(1).text
        click("regenerate")
        compare(message(1).answerState, MessageListModel.Waiting)
        tryCompare(chat, "busy", false, patience)
        compare(message(1).text, first)
        compare(chat.messages.count, 2)
    }

    function test_copy() {
        openReady()
        app.settings.maxTokens = 8
        ask("Hello")
        tryCompare(chat, "busy", false, patience)
        click("copyAnswer")
        compare(harness.clipboardText(), message(1).text)
        compare(find("copyAnswer").text, "Copied")
    }

    function test_edit_takes_the_question_back() {
        openReady()
        app.settings.maxTokens = 8
        attach(["model/small.png"])
        ask("What is it")
        tryCompare(chat, "busy", false, patience)
        click("editLast")
        compare(chat.messages.count, 0)
        compare(chat.attachments.readyCount, 1)
        compare(find("promptInput").text, "What is it")
        type("?")
        keyClick(Qt.Key_Return)
        tryCompare(chat, "busy", false, patience)
        compare(message(0).text, "What is it?")
        compare(message(0).pictures.length, 1)
    }

    function test_question_before_the_model_is_ready_waits() {
        open({
            model: smallModel
        })
        ask("Hello")
        tryVerify(() => chat.answerTokens > 0, patience)
        compare(message(0).text, "Hello")
    }

    function test_full_context_is_announced_and_oldest_turns_leave() {
        openReady()
        app.settings.maxTokens = 60
        attach(["model/small.png"])
        ask("What is it?")
        tryCompare(chat, "busy", false, patience)
        verify(!find("contextBanner").visible)
        app.settings.maxTokens = 512
        ask("And then?")
        tryCompare(chat, "busy", false, patience)
        compare(message(-1).answerState, MessageListModel.ContextFull)
        tryVerify(() => find("contextBanner").visible)
        ask("And after that?")
        tryCompare(chat, "busy", false, patience)
        verify(message(-1).droppedTurns > 0)
        compare(chat.imageTokens, 144)
        verify(chat.contextUsed <= chat.contextSize)
    }

    function test_a_question_that_cannot_fit_is_refused_with_what_to_do() {
        openReady()
        attach(["model/small.png", "model/large.png", "model/small.png", "model/large.png"])
        ask("What are they?")
        tryCompare(chat, "busy", false, patience)
        compare(message(1).answerState, MessageListModel.Failed)
        compare(message(1).errorTitle, "This question is too long for the model's context.")
        verify(find("answerError").visible)
        // The chat goes on from there.
        click("editFailed")
        for (let i = 0; i < 3; ++i)
            chat.attachments.remove(0)
        compare(chat.attachments.readyCount, 1)
        app.settings.maxTokens = 4
        keyClick(Qt.Key_Return)
        tryCompare(chat, "busy", false, patience)
        compare(message(1).errorTitle, "")
        compare(message(1).answerState, MessageListModel.LengthLimit)
    }

    function test_text_only_model_refuses_pictures() {
        open({
            model: harness.data("model/rope4/ggml-model-f16.gguf")
        })
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(!app.model.hasVision)
        attach(["model/small.png"])
        ask("What is it?")
        tryCompare(chat, "busy", false, patience)
        compare(message(1).errorTitle, "The model cannot answer this.")
    }
}
