// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What screen readers find: every control of each page has a role and a name, and what happens is said.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "Accessible"

    function checkControls(where, atLeast) {
        wait(50)
        const controls = harness.accessibleControls(window)
        const nameless = controls.filter(control => control.name.trim() === "" || control.role === "NoRole")
        compare(nameless.map(control => `${control.role} ${control.object} ${control.type}`), [], where)
        verify(controls.length >= atLeast, `${where}: ${controls.length} controls`)
        return controls
    }

    function test_every_page() {
        openReady({
            cameras: ["Front"]
        })
        checkControls("first start", 10)
        attach(["model/small.png"])
        app.settings.maxTokens = 4
        ask("What is it?")
        tryCompare(chat, "busy", false, patience)
        attach(["model/large.png"])
        const chatPage = checkControls("chat", 15)
        for (const name of ["promptInput", "sendButton", "openPicture", "openCamera", "enlarge", "removeAttachment", "copyAnswer", "modelButton"])
            verify(chatPage.some(control => control.object === name), `no ${name}`)
        window.showSettings()
        const settings = checkControls("settings", 20)
        for (const [name, role] of [["themeChoice", "Grouping"], ["highContrast", "CheckBox"], ["threadsBox", "SpinBox"], ["slider", "Slider"], ["presetText", "EditableText"]])
            verify(role === "Grouping" || settings.some(control => control.object === name && control.role === role), `no ${name}, a ${role}`)
        window.showModels()
        tryVerify(() => app.library.hasScanned, patience)
        checkControls("models", 8)
        window.showCompare()
        checkControls("compare", 10)
        window.showStage()
        checkControls("stage", 6)
    }

    function test_sheets() {
        openReady({
            cameras: ["Front"]
        })
        attach(["model/small.png"])
        keyClick(Qt.Key_F1)
        tryVerify(() => harness.find(window, "closeKeys") !== null)
        checkControls("keys", 10)
        keyClick(Qt.Key_Escape)
        find("enlarge").clicked()
        tryVerify(() => harness.find(window, "viewerClose") !== null)
        const viewer = checkControls("picture", 10)
        verify(viewer.some(control => control.object === "viewerClose" && control.name === "Close"))
        keyClick(Qt.Key_Escape)
        keySequence(KeyMap.everywhere.camera[0])
        tryVerify(() => harness.find(window, "takePicture") !== null)
        checkControls("camera", 10)
    }

    SignalSpy {
        id: appearances

        signalName: "visibleChanged"
    }

    /// An alert is read out when it appears; one that is there already has to go first.
    function test_what_happens_is_said() {
        openReady()
        app.settings.maxTokens = 4
        compare(harness.accessibleAlerts(window), [])
        ask("What is it?")
        tryCompare(chat, "busy", false, patience)
        compare(harness.accessibleAlerts(window), [`Galago answered: ${message(1).text}`])
        appearances.target = find("announcer")
        appearances.clear()
        chat.regenerate()
        tryCompare(chat, "busy", false, patience)
        compare(appearances.count, 2)
        compare(harness.accessibleAlerts(window), [`Galago answered: ${message(1).text}`])

        // What goes wrong is said as well.
        app.model.load(harness.write("letter.gguf", "Dear diary"))
        tryCompare(chat, "phase", ChatViewModel.ModelBroken, patience)
        tryVerify(() => harness.accessibleAlerts(window).includes(app.model.errorTitle))
    }

    function test_a_stopped_answer_says_so() {
        openReady({
            model: harness.slowModel()
        })
        ask("What is it?")
        tryVerify(() => chat.answerTokens > 0, patience)
        chat.stop()
        tryCompare(chat, "busy", false, patience)
        compare(harness.accessibleAlerts(window), ["The answer was stopped."])
    }
}
