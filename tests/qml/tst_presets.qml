// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The questions that are offered for a picture: asked with one touch, and changed in the settings.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    readonly property var english: ["Describe this picture.", "What stands out in it?", "Is there any text in it?"]

    name: "Presets"

    /// What is offered, as it stands there.
    function offered() {
        const words = []
        for (let i = 0; harness.find(window, `suggestion${i}`); ++i)
            words.push(find(`suggestion${i}`).text)
        return words
    }

    function preset(row, part) {
        return find(part, find("presetRows").itemAt(row))
    }

    function test_offered_and_asked() {
        openReady()
        app.settings.maxTokens = 4
        verify(!find("presetChips").visible)
        attach(["model/small.png"])
        verify(find("presetChips").visible)
        compare(offered(), english)
        click("suggestion1")
        compare(message(0).text, english[1])
        tryCompare(chat, "busy", false, patience)
    }

    function test_those_of_the_language() {
        openReady()
        attach(["model/small.png"])
        app.settings.language = "zh_CN"
        compare(offered(), ["描述这张图片。", "图中最显眼的是什么？", "图中有文字吗？"])
        app.presets.add("What colour is it?")
        app.settings.language = "en"
        compare(offered().length, 4)
        compare(offered()[0], "描述这张图片。")
        app.presets.reset()
        compare(offered(), english)
    }

    function test_changed_in_the_settings() {
        openReady()
        attach(["model/small.png"])
        window.showSettings()
        tryVerify(() => find("presetRows").count === 3)
        verify(!find("presetReset").enabled)

        const added = find("presetNew")
        added.forceActiveFocus()
        verify(!find("presetAdd").enabled)
        type("Why?")
        keyClick(Qt.Key_Return)
        compare(added.text, "")
        compare(offered(), english.concat(["Why?"]))
        verify(find("presetReset").enabled)

        preset(3, "presetUp").clicked()
        compare(offered()[2], "Why?")
        preset(0, "presetDown").clicked()
        compare(offered(), [english[1], english[0], "Why?", english[2]])
        verify(!preset(0, "presetUp").enabled)
        verify(!preset(3, "presetDown").enabled)

        const words = preset(2, "presetText")
        words.forceActiveFocus()
        words.text = "  Where  is it? "
        keyClick(Qt.Key_Return)
        compare(offered()[2], "Where is it?")
        preset(0, "presetRemove").clicked()
        compare(offered(), [english[0], "Where is it?", english[2]])

        // They are there after a restart, and gone by the button.
        openReady({
            keep: true
        })
        attach(["model/small.png"])
        compare(offered(), [english[0], "Where is it?", english[2]])
        window.showSettings()
        find("presetReset").clicked()
        compare(offered(), english)
    }

    function test_none_at_all() {
        openReady()
        for (let i = 0; i < 3; ++i)
            app.presets.remove(0)
        openReady({
            keep: true
        })
        attach(["model/small.png"])
        compare(offered(), [])
        compare(app.presets.count, 0)
        verify(!app.presets.isDefault)
    }

    function test_eight_at_most() {
        openReady()
        for (let i = 0; i < 5; ++i)
            verify(app.presets.add(`Question ${i}?`))
        verify(!app.presets.add("One more?"))
        verify(!app.presets.add("  "))
        compare(app.presets.count, 8)
        window.showSettings()
        verify(!harness.find(window, "presetNew").visible)
    }

    function test_hostile_settings() {
        openReady({
            settings: {
                "answer/presets": ["", "  ", "x".repeat(2000), "a", "b", "c", "d", "e", "f", "g", "h"]
            }
        })
        compare(app.presets.count, 8)
        attach(["model/small.png"])
        compare(offered()[0].length, 300)
        // Longer than there is room for: cut with a sign of it, and within the window.
        const chip = find("suggestion0")
        verify(chip.width <= 360)
        verify(chip.contentItem.truncated)
    }
}
