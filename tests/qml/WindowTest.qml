// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the window share: a window as main() makes it, for each test a fresh one, and
// words for what a person does with it.
import QtQml
import QtQuick
import QtTest
import Galago
import Galago.Ui

TestCase {
    id: test

    when: windowShown

    property var app: null
    property var chat: null
    property var window: null
    readonly property string smallModel: harness.data("model")
    /// Enough for a machine that is busy with something else.
    readonly property int patience: 180000

    property Component main: Component {
        Main {
        }
    }

    function init() {
        // From Qt 6.3 on.
        if (test.failOnWarning)
            failOnWarning(/qrc:|QML|not ready/)
    }

    /// Starts the program; `options` as Harness::begin takes them.
    function open(options) {
        close()
        app = harness.begin(options)
        chat = app.chat
        window = main.createObject(null, {
            app: app
        })
        verify(window)
        window.requestActivate()
        tryCompare(window, "active", true, patience)
        harness.start()
        return window
    }

    /// The same with the small model, and waits until it is ready.
    function openReady(options) {
        open(Object.assign({
            model: smallModel
        }, options ?? {}))
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
    }

    function close() {
        if (window)
            window.destroy()
        window = null
        wait(0)
    }

    function cleanup() {
        close()
    }

    /// In the window, or below `root`.
    function find(name, root) {
        // Delegates come a frame later than their rows.
        for (let i = 0; i < 100 && !harness.find(root ?? window, name); ++i)
            wait(20)
        const item = harness.find(root ?? window, name)
        verify(item, `there is no ${name}`)
        return item
    }

    /// A row of a list, once there is one.
    function row(list, index) {
        tryVerify(() => list.itemAtIndex(index) !== null, patience)
        return list.itemAtIndex(index)
    }

    /// Calls `visit` with every item in sight below `item`.
    function walk(item, visit) {
        if (!item.visible || item.opacity === 0)
            return
        visit(item)
        for (let i = 0; i < item.children.length; ++i)
            walk(item.children[i], visit)
    }

    function click(name) {
        const item = find(name)
        verify(item.visible && item.enabled, `${name} cannot be pressed`)
        let before
        do {
            before = item.mapToItem(null, 0, 0)
            wait(20)
        } while (item.mapToItem(null, 0, 0) !== before)
        mouseClick(item)
    }

    function type(words) {
        for (const letter of words)
            keyClick(letter)
    }

    function attach(files) {
        chat.attachUrls(files.map(file => harness.url(harness.data(file))))
        tryCompare(chat.attachments, "readyCount", files.length, patience)
        row(find("attachments"), files.length - 1)
    }

    /// Attaches, and waits until the engine was seen to look at it; `seen` hears of each step of that.
    function attachAndEncode(files, seen) {
        let isEncoded = false
        const listen = () => {
            if (chat.phase !== ChatViewModel.Encoding)
                return
            isEncoded = true
            if (seen)
                seen()
        }
        chat.phaseChanged.connect(listen)
        chat.progressChanged.connect(listen)
        attach(files)
        tryVerify(() => isEncoded, patience)
        return () => {
            chat.phaseChanged.disconnect(listen)
            chat.progressChanged.disconnect(listen)
        }
    }

    function ask(words) {
        verify(chat.send(words))
    }

    /// A row of the conversation; a negative one counts from the end.
    function message(row) {
        return rows.objectAt(row < 0 ? rows.count + row : row)
    }

    Instantiator {
        id: rows

        model: test.chat ? test.chat.messages : null
        delegate: QtObject {
            required property string text
            required property var pictures
            required property int answerState
            required property int tokens
            required property int droppedTurns
            required property string errorTitle
        }
    }
}
