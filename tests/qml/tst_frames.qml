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

    /// In ms. What is seen as a hitch is far less; a call that waits for the engine is far more.
    readonly property int longest: 250

    /// Three of them are the tower's layers, of which there may be 512.
    readonly property int times: 160

    name: "Frames"

    function judge(what) {
        harness.frames.stop()
        const frames = harness.frames
        const numbers = `${what}: ${frames.count} frames, longest gap ${frames.longestGap} ms, longest turn ${frames.longestTurn} ms`
        console.info(numbers)
        verify(frames.longestTurn < longest, numbers)
        verify(frames.longestGap < longest, numbers)
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
        harness.frames.watch(window)
        app.model.load(harness.slowModel(times))
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        judge("loading")

        attach(["model/large.png"])
        harness.frames.watch(window)
        ask("What is it?")
        tryVerify(() => chat.answerTokens > 0, patience)
        verify(judge("encoding and reading") > 2)
        // The work was longer than any gap that is allowed: had the window waited for it, the
        // test would have seen it.
        verify(chat.firstTokenMs > longest, `the slow model is too fast: ${chat.firstTokenMs} ms`)

        harness.frames.watch(window)
        const early = chat.answerTokens
        tryVerify(() => chat.answerTokens > early + 100, patience)
        verify(judge("answering") > 3)
        chat.stop()
        tryCompare(chat, "busy", false, patience)
    }
}
