// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Everything without a mouse, and everything by a name.
import QtQuick
import QtQuick.Controls
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "Keyboard"

    function focused() {
        return window.activeFocusItem
    }

    /// The names of what Tab reaches, until it comes round.
    function tabRound(limit) {
        const seen = []
        const first = focused()
        for (let i = 0; i < limit; ++i) {
            keyClick(Qt.Key_Tab)
            if (focused() === first)
                return seen
            seen.push(focused().objectName)
        }
        fail(`Tab does not come round: ${seen}`)
    }

    function test_whole_chat() {
        openReady({
            model: harness.slowModel()
        })
        harness.setClipboard({
            pixels: harness.data("model/large.png")
        })
        keyClick(Qt.Key_V, Qt.ControlModifier)
        tryCompare(chat.attachments, "readyCount", 1, patience)
        type("What is")
        keyClick(Qt.Key_Return, Qt.ShiftModifier)
        type("it?")
        keyClick(Qt.Key_Return)
        tryVerify(() => chat.answerTokens > 0, patience)
        compare(message(0).text, "What is\nit?")
        keyClick(Qt.Key_Escape)
        tryCompare(chat, "busy", false, patience)
        compare(message(1).answerState, MessageListModel.Stopped)

        keyClick(Qt.Key_N, Qt.ControlModifier)
        compare(chat.messages.count, 0)
        verify(find("promptInput").activeFocus)
    }

    function test_tab_reaches_everything() {
        openReady()
        attach(["model/small.png"])
        app.settings.maxTokens = 4
        ask("What is it?")
        tryCompare(chat, "busy", false, patience)
        type("x")
        attach(["model/small.png"])
        const seen = tabRound(40)
        for (const name of ["sendButton", "openPicture", "removeAttachment", "modelButton", "inspectorButton", "newChat", "chatPlace", "settingsPlace", "copyAnswer", "regenerate", "editLast", "messages", "segment0"])
            verify(seen.includes(name), `Tab does not reach ${name}: ${seen}`)
    }

    function test_settings() {
        openReady()
        keyClick(Qt.Key_Comma, Qt.ControlModifier)
        verify(find("settings").visible)
        const seen = []
        for (let i = 0; i < 40; ++i) {
            keyClick(Qt.Key_Tab)
            seen.push(focused().objectName)
        }
        for (const name of ["segment0", "reducedMotion", "numberInput", "slider", "fixedSeed", "keepPictures", "systemPrompt", "restoreDefaults"])
            verify(seen.includes(name), `Tab does not reach ${name}: ${seen}`)
        find("fixedSeed").forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Return)
        verify(app.settings.fixedSeed)
        keyClick(Qt.Key_Space)
        verify(!app.settings.fixedSeed)
        keyClick(Qt.Key_Escape)
        verify(!find("settings").visible)
        verify(find("promptInput").activeFocus)
    }

    function test_model_chooser() {
        openReady()
        app.model.load(harness.data("model/rope4/ggml-model-f16.gguf"))
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        keyClick(Qt.Key_M, Qt.ControlModifier)
        tryVerify(() => find("modelList").activeFocus && find("modelList").count === 2, patience)
        keyClick(Qt.Key_Down)
        keyClick(Qt.Key_Return)
        tryVerify(() => chat.phase === ChatViewModel.Idle && app.model.hasVision, patience)
    }

    function test_leaving_the_model_chooser() {
        openReady()
        keyClick(Qt.Key_M, Qt.ControlModifier)
        tryVerify(() => find("modelList").activeFocus && find("modelList").count > 0, patience)
        keyClick(Qt.Key_Tab)
        tryVerify(() => find("openModelFile").activeFocus)
        keyClick(Qt.Key_Escape)
        tryVerify(() => harness.find(window, "openModelFile") === null)
    }

    function test_inspector() {
        openReady()
        verify(find("inspector").visible)
        keyClick(Qt.Key_F9)
        verify(!find("inspector").visible)
        keyClick(Qt.Key_F9)
        verify(find("inspector").visible)
    }

    function test_scrolling() {
        openReady()
        app.settings.maxTokens = 40
        for (let i = 0; i < 4; ++i) {
            ask("Hello")
            tryCompare(chat, "busy", false, patience)
        }
        const list = find("messages")
        tryVerify(() => list.atYEnd)
        list.forceActiveFocus(Qt.TabFocusReason)
        for (let i = 0; i < 30; ++i)
            keyClick(Qt.Key_PageUp)
        verify(list.atYBeginning)
        verify(!list.following)
        verify(find("toEnd").visible)
        // What is read does not move away while an answer comes.
        const at = list.contentY
        ask("And")
        list.following = false
        tryVerify(() => list.following === false)
        for (let i = 0; i < 30; ++i)
            keyClick(Qt.Key_PageDown)
        verify(list.following)
        verify(list.contentY > at)
    }

    /// What takes the focus without a name for screen readers.
    function nameless() {
        const found = []
        walk(window.contentItem, item => {
            const outer = item.parent
            if (item.activeFocusOnTab && !item.Accessible.name && !(outer && outer.Accessible.name))
                found.push(`${item} ${item.objectName}`)
        })
        return found
    }

    function test_everything_has_a_name() {
        openReady()
        attach(["model/small.png"])
        app.settings.maxTokens = 4
        ask("What is it?")
        tryCompare(chat, "busy", false, patience)
        compare(nameless(), [])
        click("settingsPlace")
        compare(nameless(), [])
    }
}
