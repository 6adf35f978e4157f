// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The window goes on painting while a slow model loads and answers.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    /// When the work that is watched began.
    property double began: 0

    /// Three of them are the tower's layers, of which there may be 512.
    readonly property int times: 160

    name: "Frames"

    function watch() {
        harness.frames.watch(window)
        began = Date.now()
    }

    /// A window that waits for the work stands still for all of it. Half is the limit, not a time:
    /// a busy machine slows work and window alike.
    function judge(what) {
        harness.frames.stop()
        const frames = harness.frames
        const lasted = Date.now() - began
        const numbers = `${what}: ${lasted} ms, ${frames.count} frames, longest gap ${frames.longestGap} ms, longest turn ${frames.longestTurn} ms`
        console.info(numbers)
        const limit = Math.max(500, lasted / 2)
        verify(frames.longestTurn < limit, numbers)
        verify(frames.longestGap < limit, numbers)
        return frames.count
    }

    function test_painting_goes_on() {
        open({
            // Slow on any machine.
            threads: 1,
            settings: {
                "look/reducedMotion": false
            }
        })
        harness.slowModel(times)
        wait(500)
        watch()
        app.model.load(harness.slowModel(times))
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        judge("loading")

        attach(["model/large.png"])
        watch()
        ask("What is it?")
        tryVerify(() => chat.answerTokens > 0, patience)
        verify(judge("encoding and reading") > 2)

        watch()
        const early = chat.answerTokens
        tryVerify(() => chat.answerTokens > early + 100, patience)
        verify(judge("answering") > 3)
        chat.stop()
        tryCompare(chat, "busy", false, patience)
    }
}
