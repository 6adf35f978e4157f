// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Every key of the window, once: what Shortcuts listen to, and what the sheet of keys shows.
pragma Singleton

import QtQuick

QtObject {
    /// By action. Main.qml listens to `everywhere`, the picture's large view to `picture`; those of
    /// `typing` are answered by what has the focus.
    readonly property var everywhere: ({
            newChat: ["Ctrl+N"],
            openPictures: ["Ctrl+O"],
            camera: ["Ctrl+Shift+O"],
            paste: ["Ctrl+V", "Shift+Insert"],
            leave: ["Escape"],
            chooseModel: ["Ctrl+M"],
            models: ["Ctrl+Shift+M"],
            compare: ["Ctrl+Shift+C"],
            stage: ["F11"],
            settings: ["Ctrl+,"],
            history: ["F8", "Ctrl+Shift+H"],
            search: ["Ctrl+Shift+F"],
            exportChat: ["Ctrl+Shift+E"],
            inspector: ["F9"],
            textLarger: ["Ctrl++", "Ctrl+="],
            textSmaller: ["Ctrl+-"],
            textUsual: ["Ctrl+0"],
            keys: ["F1"],
            quit: ["Ctrl+Q"]
        })
    readonly property var picture: ({
            larger: ["+", "="],
            smaller: ["-"],
            fit: ["0"],
            left: ["Left"],
            right: ["Right"],
            up: ["Up"],
            down: ["Down"],
            seen: ["M"]
        })
    readonly property var typing: ({
            send: ["Return"],
            newLine: ["Shift+Return"],
            scroll: ["Up", "Down"],
            scrollPage: ["PgUp", "PgDown"],
            next: ["Tab", "Shift+Tab"],
            press: ["Return", "Space"]
        })

    /// In the order in which they are read: name, and of each row the keys and what they do.
    readonly property var groups: [group(qsTr("Everywhere"), everywhere, {
            newChat: qsTr("New chat"),
            openPictures: qsTr("Open pictures"),
            camera: qsTr("Camera"),
            paste: qsTr("Paste a picture, or text"),
            leave: qsTr("Stop the answer; back to the chat"),
            chooseModel: qsTr("Choose a model"),
            models: qsTr("The page of models"),
            compare: qsTr("Models side by side"),
            stage: qsTr("The stage"),
            settings: qsTr("Settings"),
            history: qsTr("The list of chats"),
            search: qsTr("Search the chats"),
            exportChat: qsTr("Export the chat"),
            inspector: qsTr("Picture and figures"),
            textLarger: qsTr("Larger words"),
            textSmaller: qsTr("Smaller words"),
            textUsual: qsTr("Words as large as usual"),
            keys: qsTr("These keys"),
            quit: qsTr("Quit")
        }), group(qsTr("Question and conversation"), typing, {
            send: qsTr("Send the question"),
            newLine: qsTr("Begin a new line"),
            scroll: qsTr("Scroll the conversation"),
            scrollPage: qsTr("Scroll by a page"),
            next: qsTr("To the next control, the one before"),
            press: qsTr("Press the button in focus")
        }), group(qsTr("A picture, large"), picture, {
            larger: qsTr("Larger"),
            smaller: qsTr("Smaller"),
            fit: qsTr("The whole picture"),
            left: qsTr("To the left"),
            right: qsTr("To the right"),
            up: qsTr("Up"),
            down: qsTr("Down"),
            seen: qsTr("As the model sees it, or whole")
        })]

    function group(title: string, keys: var, words: var): var {
        return {
            title: title,
            rows: Object.keys(words).map(action => ({
                        action: action,
                        keys: keys[action],
                        does: words[action]
                    }))
        }
    }

    /// The caps of a sequence: of Ctrl+N these are Ctrl and N.
    function caps(sequence: string): var {
        return sequence.split(/\+(?=.)/).map(cap)
    }

    function cap(key: string): string {
        switch (key) {
        case "Return":
            return qsTr("Enter")
        case "Escape":
            return qsTr("Esc")
        case "Space":
            return qsTr("Space")
        case "PgUp":
            return qsTr("Page up")
        case "PgDown":
            return qsTr("Page down")
        case "Left":
            return "←"
        case "Right":
            return "→"
        case "Up":
            return "↑"
        case "Down":
            return "↓"
        case "-":
            return "−"
        }
        return key
    }

    /// Of an action of `everywhere`, as it stands in a button's name.
    function shown(action: string): string {
        return caps(everywhere[action][0]).join("+")
    }
}
