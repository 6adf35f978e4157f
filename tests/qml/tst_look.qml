// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Themes, languages and sizes: contrast is measured, words are all translated, nothing sticks out.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "Look"

    function luminance(c) {
        const linear = v => v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4)
        return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b)
    }

    function contrast(a, b) {
        const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
        return (light + 0.05) / (dark + 0.05)
    }

    /// `top` with its transparency laid over `under`.
    function over(top, under) {
        return Qt.rgba(top.r * top.a + under.r * (1 - top.a), top.g * top.a + under.g * (1 - top.a), top.b * top.a + under.b * (1 - top.a), 1)
    }

    function test_contrast_data() {
        const rows = []
        for (const theme of ["dark", "light"]) {
            for (const high of [false, true])
                rows.push({
                    tag: high ? `${theme}, high contrast` : theme,
                    theme,
                    high
                })
        }
        return rows
    }

    function test_contrast(data) {
        open({
            settings: {
                "look/theme": data.theme,
                "look/highContrast": data.high
            }
        })
        compare(Theme.dark, data.theme === "dark")
        compare(Theme.highContrast, data.high)
        const least = data.high ? 7 : 4.5
        const texts = ["text", "muted", "accent", "danger", "ok", "info", "phaseLoad", "phaseEncode", "phasePrompt", "phaseAnswer"]
        const grounds = ["background", "surface", "raised"]
        for (const text of texts) {
            for (const ground of grounds)
                verify(contrast(Theme[text], Theme[ground]) >= least, `${text} on ${ground}: ${contrast(Theme[text], Theme[ground])}`)
        }
        for (const state of ["hover", "pressed"]) {
            for (const ground of grounds) {
                for (const text of ["text", "muted"])
                    verify(contrast(Theme[text], over(Theme[state], Theme[ground])) >= 4.5, `${text} on ${state} ${ground}`)
            }
            verify(contrast(Theme.accentText, over(Theme[state], Theme.accent)) >= 4.5, `on accent, ${state}`)
        }
        verify(contrast(Theme.accentText, Theme.accent) >= least)
        verify(contrast(Theme.text, over(Theme.scrim, Qt.rgba(1, 1, 1, 1))) >= least)
        verify(contrast(Theme.text, over(Theme.scrim, Qt.rgba(0, 0, 0, 1))) >= least)
        for (const ground of grounds) {
            verify(contrast(Theme.outline, Theme[ground]) >= 3, `outline on ${ground}`)
            verify(!data.high || contrast(Theme.border, Theme[ground]) >= 4.5, `border on ${ground}`)
        }
    }

    function test_size_of_words() {
        open({})
        compare(Theme.fontBody, 16)
        keySequence("Ctrl++")
        compare(app.settings.textSize, 110)
        compare(Theme.fontBody, 18)
        keySequence("Ctrl+-")
        keySequence("Ctrl+-")
        compare(app.settings.textSize, 90)
        keySequence("Ctrl+-")
        compare(app.settings.textSize, 90)
        keySequence("Ctrl+0")
        compare(app.settings.textSize, 100)
        for (let i = 0; i < 9; ++i)
            keySequence("Ctrl+=")
        compare(app.settings.textSize, 160)
        compare(find("footnote").font.pixelSize, 19)
        open({
            settings: {
                "look/textSize": 9000
            }
        })
        compare(app.settings.textSize, 160)
        app.settings.restoreDefaults()
        compare(app.settings.textSize, 100)
    }

    function test_translations_are_complete_data() {
        return ["en", "zh_CN"].map(tag => ({
                    tag
                }))
    }

    function test_translations_are_complete(data) {
        const file = harness.source(`resources/i18n/galago_${data.tag}.ts`)
        verify(file.includes("<source>"))
        verify(!file.includes('type="unfinished"'))
        verify(!file.includes("<translation></translation>"))
        verify(!file.includes("<numerusform></numerusform>"))
    }

    function test_language_changes_at_once() {
        openReady()
        app.settings.maxTokens = 4
        chat.attachUrls([harness.url(harness.write("notes.png", "Dear diary"))])
        tryVerify(() => harness.find(window, "attachmentError"))
        tryCompare(find("attachmentError"), "text", "Not a picture, or a damaged one.", patience)
        compare(find("statusPhase").text, "ready")
        app.settings.language = "zh_CN"
        compare(find("statusPhase").text, "就绪")
        tryCompare(find("attachmentError"), "text", "不是图片，或者图片已损坏。")
        app.settings.language = "en"
        compare(find("statusPhase").text, "ready")
    }

    function test_plural_forms() {
        app = null
        open({})
        compare(Format.secondsLeft(1), "about 1 second left")
        compare(Format.secondsLeft(42), "about 42 seconds left")
        compare(Format.secondsLeft(119), "about 2 minutes left")
        compare(Format.duration(12), "12 ms")
        compare(Format.duration(1234), "1.23 s")
        compare(Format.bytes(834055776), "834 MB")
        compare(Format.bytes(1.5e9), "1.50 GB")
        compare(Format.rate(38.24), "38.2 tokens/s")
        compare(Format.percent(0.999), "99 %")
    }

    function test_theme_follows_the_setting() {
        open({})
        app.settings.theme = "light"
        compare(Theme.dark, false)
        compare(window.color, Theme.background)
        app.settings.theme = "dark"
        compare(Theme.dark, true)
        app.settings.reducedMotion = true
        compare(Theme.motion, 0)
    }

    /// Visible texts and buttons that lie outside the window, or are cut off without a sign of it.
    function stickingOut() {
        const found = []
        walk(window.contentItem, item => {
            if (item.text === undefined || item.elide === undefined || item.text === "" || item.width <= 0)
                return
            const at = item.mapToItem(null, 0, 0)
            if (at.x < -0.5 || at.x + item.width > window.width + 0.5)
                found.push(`outside: ${item.text}`)
            if (item.elide === Text.ElideNone && item.contentWidth > item.width + 1)
                found.push(`cut: ${item.text}`)
        })
        return found
    }

    function checkNothingSticksOut(where) {
        // Layouts settle a frame later, or a few on a machine that is busy.
        for (let i = 0; i < 50 && (i < 2 || stickingOut().length > 0); ++i)
            wait(50)
        compare(stickingOut(), [], where)
    }

    /// Where an item begins and ends, seen from the side where lines begin.
    function extent(item) {
        const at = item.mapToItem(null, 0, 0).x
        return window.mirrored ? [window.width - at - item.width, window.width - at] : [at, at + item.width]
    }

    /// In a language that is read from right to left everything is where it is in others, mirrored.
    function test_right_to_left() {
        openReady()
        window.width = 1024
        window.height = 700
        attach(["model/large.png"])
        app.settings.maxTokens = 4
        ask("What is it?")
        tryCompare(chat, "busy", false, patience)
        attach(["model/small.png"])
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        const names = ["navigation", "inspector", "sendButton", "openPicture", "promptInput", "removeAttachment", "copyAnswer", "modelButton", "inspectorButton", "statusPhase"]
        wait(200)
        const before = names.map(name => extent(find(name)))
        window.mirrored = true
        wait(200)
        for (let i = 0; i < names.length; ++i) {
            const [from, to] = extent(find(names[i]))
            fuzzyCompare(from, before[i][0], 1.5, `${names[i]} begins`)
            fuzzyCompare(to, before[i][1], 1.5, `${names[i]} ends`)
        }
        verify(find("navigation").mapToItem(null, 0, 0).x > 900)
        compare(stickingOut(), [])
        window.showSettings()
        wait(200)
        compare(stickingOut(), [])
    }

    function test_sizes_data() {
        const rows = []
        for (const language of ["en", "zh_CN"]) {
            for (const [width, height] of [[360, 640], [599, 700], [899, 600], [1024, 600], [1440, 900]]) {
                rows.push({
                    tag: `${language} ${width}x${height}`,
                    language,
                    width,
                    height,
                    textSize: 100
                })
            }
            rows.push({
                tag: `${language} 1024x600, words of 160 %`,
                language,
                width: 1024,
                height: 600,
                textSize: 160
            })
        }
        return rows
    }

    function test_sizes(data) {
        open({
            settings: {
                "look/language": data.language,
                "look/textSize": data.textSize
            }
        })
        window.width = data.width
        window.height = data.height
        checkNothingSticksOut("first start")
        app.model.load(harness.write("letter.gguf", "Dear diary"))
        tryCompare(chat, "phase", ChatViewModel.ModelBroken, patience)
        checkNothingSticksOut("broken model")
        app.model.load(smallModel)
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        app.settings.maxTokens = 20
        checkNothingSticksOut("ready")
        attach(["model/large.png"])
        checkNothingSticksOut("picture")
        ask("What is in this picture, and what is it made of?")
        tryCompare(chat, "busy", false, patience)
        chat.attachUrls([harness.url(harness.write("notes.png", "Dear diary"))])
        tryCompare(chat.attachments, "loadingCount", 0, patience)
        checkNothingSticksOut("answer, and no picture")
        click("settingsPlace")
        checkNothingSticksOut("settings")

        const narrow = data.width < 600
        compare(find("navigation").width > find("navigation").height, narrow)
        keyClick(Qt.Key_Escape)
        compare(find("inspector").visible, data.width >= 900)
        keyClick(Qt.Key_F9)
        if (data.width < 900)
            tryVerify(() => find("sheetInspector").visible)
    }
}
