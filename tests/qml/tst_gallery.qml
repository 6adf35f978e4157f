// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The sample pictures of an empty chat: one touch or one key asks about each.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    readonly property var manifest: JSON.parse(harness.source("resources/samples/samples.json")).samples

    name: "Gallery"

    function card(index) {
        return find(`sample${index}`)
    }

    function focused() {
        return window.activeFocusItem.objectName
    }

    function tabTo(name) {
        for (let i = 0; i < 40 && focused() !== name; ++i)
            keyClick(Qt.Key_Tab)
        compare(focused(), name)
    }

    function test_manifest() {
        verify(manifest.length >= 12)
        const files = new Set()
        for (const sample of manifest) {
            verify(/^[a-z0-9-]+\.png$/.test(sample.file), sample.file)
            verify(!files.has(sample.file), sample.file)
            files.add(sample.file)
            for (const text of [sample.title, sample.prompt]) {
                compare(Object.keys(text).sort(), ["en", "zh_CN"], sample.file)
                verify(text.en.trim() !== "" && text.zh_CN.trim() !== "", sample.file)
                verify(/[\u4e00-\u9fff]/.test(text.zh_CN), sample.file)
            }
            verify(sample.title.en.length <= 12, `${sample.title.en} is too long for a card`)
        }
        openReady()
        // One that is missing would be left out.
        compare(app.samples.count, manifest.length)
        for (let i = 0; i < manifest.length; ++i) {
            tryVerify(() => card(i).visible, patience)
            verify(card(i).picture.toString().endsWith(manifest[i].file))
        }
    }

    function test_one_click_asks() {
        openReady()
        app.settings.maxTokens = 8
        mouseClick(card(0))
        tryVerify(() => chat.answerTokens > 0, patience)
        tryCompare(chat, "busy", false, patience)
        compare(message(0).text, manifest[0].prompt.en)
        compare(message(0).pictures.length, 1)
        verify(chat.imageTokens > 0)
        compare(chat.attachments.count, 0)
        verify(!find("gallery").visible)
        verify(find("promptInput").activeFocus)
        // And again in a new chat.
        keyClick(Qt.Key_N, Qt.ControlModifier)
        verify(find("gallery").visible)
    }

    function test_what_is_being_written_stays() {
        openReady()
        app.settings.maxTokens = 4
        type("And then")
        mouseClick(card(1))
        tryCompare(chat.messages, "count", 2, patience)
        compare(message(0).text, manifest[1].prompt.en)
        compare(find("promptInput").text, "And then")
    }

    function test_in_chinese() {
        openReady({
            settings: {
                "look/language": "zh_CN"
            }
        })
        app.settings.maxTokens = 4
        compare(card(0).title, manifest[0].title.zh_CN)
        mouseClick(card(0))
        tryCompare(chat.messages, "count", 2, patience)
        compare(message(0).text, manifest[0].prompt.zh_CN)
    }

    function test_changes_language_at_once() {
        openReady()
        compare(card(2).prompt, manifest[2].prompt.en)
        app.settings.language = "zh_CN"
        tryCompare(card(2), "prompt", manifest[2].prompt.zh_CN)
    }

    function test_keyboard() {
        openReady()
        app.settings.maxTokens = 4
        tabTo("sample0")
        verify(card(0).visualFocus)
        const columns = find("gallery").columns
        keyClick(Qt.Key_Left)
        compare(focused(), "sample0")
        keyClick(Qt.Key_Right)
        compare(focused(), "sample1")
        keyClick(Qt.Key_Down)
        compare(focused(), `sample${1 + columns}`)
        keyClick(Qt.Key_Up)
        compare(focused(), "sample1")
        keyClick(Qt.Key_End)
        compare(focused(), `sample${manifest.length - 1}`)
        keyClick(Qt.Key_Right)
        compare(focused(), `sample${manifest.length - 1}`)
        keyClick(Qt.Key_Home)
        compare(focused(), "sample0")
        keyClick(Qt.Key_Right)
        // One stop: Tab leaves, and comes back to the same picture.
        keyClick(Qt.Key_Tab)
        verify(!focused().startsWith("sample"), focused())
        keyClick(Qt.Key_Tab, Qt.ShiftModifier)
        compare(focused(), "sample1")
        keyClick(Qt.Key_Return)
        tryVerify(() => chat.messages.count === 2, patience)
        compare(message(0).text, manifest[1].prompt.en)
        tryVerify(() => find("promptInput").activeFocus)
    }

    function test_keyboard_scrolls() {
        openReady()
        window.width = 400
        window.height = 560
        wait(100)
        tabTo("sample0")
        keyClick(Qt.Key_End)
        const last = card(manifest.length - 1)
        const welcome = find("welcome")
        tryVerify(() => {
            const top = last.mapToItem(welcome, 0, 0).y
            return top >= 0 && top + last.height <= welcome.height
        })
        keyClick(Qt.Key_Home)
        tryVerify(() => card(0).mapToItem(welcome, 0, 0).y >= 0)
    }

    function test_touch_targets_and_names() {
        openReady()
        for (const width of [360, 700, 1280]) {
            window.width = width
            wait(100)
            for (let i = 0; i < manifest.length; ++i) {
                verify(card(i).width >= Theme.target && card(i).height >= Theme.target)
                compare(card(i).Accessible.name, `Sample picture: ${manifest[i].title.en}`)
                compare(card(i).Accessible.description, manifest[i].prompt.en)
            }
        }
    }

    function test_asked_while_the_model_loads() {
        open({})
        app.model.load(harness.slowModel())
        app.settings.maxTokens = 4
        compare(chat.phase, ChatViewModel.LoadingModel)
        mouseClick(card(0))
        tryCompare(chat.messages, "count", 2, patience)
        verify(chat.busy)
        tryVerify(() => chat.answerTokens > 0, patience)
    }

    function test_not_offered() {
        // While pictures of a question are waiting, and when one is asked already.
        openReady()
        attach(["model/small.png"])
        verify(!find("gallery").visible)
        compare(chat.askAbout(card(0).picture, "What is it?"), false)
        compare(chat.attachments.count, 1)
    }
}
