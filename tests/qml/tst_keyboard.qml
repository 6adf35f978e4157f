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
        for (let i = 0; i < 70; ++i) {
            keyClick(Qt.Key_Tab)
            seen.push(focused().objectName)
        }
        for (const name of ["segment0", "highContrast", "reducedMotion", "showKeys", "presetText", "presetNew", "presetRemove", "numberInput", "slider", "fixedSeed", "keepPictures", "systemPrompt", "restoreDefaults"])
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

    function test_the_sheet_shows_every_key() {
        for (const keys of [KeyMap.everywhere, KeyMap.picture, KeyMap.typing]) {
            const rows = KeyMap.groups.find(group => group.rows[0].action === Object.keys(keys)[0]).rows
            compare(rows.map(row => row.action), Object.keys(keys))
        }
        openReady()
        keyClick(Qt.Key_F1)
        tryVerify(() => harness.find(window, "key-newChat") !== null)
        for (const group of KeyMap.groups) {
            for (const row of group.rows) {
                verify(row.does !== "", row.action)
                compare(find(`key-${row.action}`).spoken, row.keys.map(keys => KeyMap.caps(keys).join("+")).join(" or "))
            }
        }
        compare(find("key-settings").spoken, "Ctrl+,")
        compare(find("key-scroll").spoken, "↑ or ↓")
        // It closes, and the keyboard is back where it was; the window's keys rested meanwhile.
        keyClick(Qt.Key_F9)
        verify(find("inspector").visible)
        keyClick(Qt.Key_Escape)
        tryVerify(() => harness.find(window, "key-newChat") === null || !find("key-newChat").visible)
        tryVerify(() => find("promptInput").activeFocus)
        click("settingsPlace")
        find("showKeys").clicked()
        tryVerify(() => harness.find(window, "key-newChat") !== null && find("key-newChat").visible)
    }

    /// What shows that a key of KeyMap.everywhere did what the sheet says, by action. Those of the list
    /// of chats have a test of their own; the file dialog is not ours.
    readonly property var effects: ({
            newChat: () => chat.messages.count === 0 && find("promptInput").activeFocus,
            camera: () => harness.find(window, "takePicture") !== null,
            paste: () => chat.attachments.count === 1,
            leave: () => window.place === 0,
            chooseModel: () => harness.find(window, "modelList") !== null,
            models: () => window.place === 2,
            compare: () => window.place === 3,
            stage: () => window.place === 4,
            settings: () => window.place === 1,
            inspector: () => !find("inspector").visible,
            textLarger: () => app.settings.textSize === 110,
            textSmaller: () => app.settings.textSize === 90,
            textUsual: () => app.settings.textSize === 100,
            keys: () => harness.find(window, "keyList") !== null,
            quit: () => !window.visible
        })

    function test_keys_do_what_the_sheet_says_data() {
        return Object.keys(KeyMap.everywhere).filter(action => !["openPictures", "history", "search", "exportChat"].includes(action)).map(action => ({
                    tag: action,
                    sequence: KeyMap.everywhere[action][0]
                }))
    }

    function test_keys_do_what_the_sheet_says(data) {
        openReady({
            cameras: ["Front"]
        })
        if (data.tag === "newChat") {
            app.settings.maxTokens = 1
            ask("Hello")
            tryCompare(chat, "busy", false, patience)
        }
        if (data.tag === "paste")
            harness.setClipboard({
                pixels: harness.data("model/large.png")
            })
        if (data.tag === "textUsual")
            app.settings.textSize = 120
        if (data.tag === "leave")
            window.showSettings()
        verify(data.tag === "chooseModel" || data.tag === "keys" || !effects[data.tag](), "true before")
        keySequence(data.sequence)
        tryVerify(() => effects[data.tag](), 5000, data.sequence)
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
