// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The name of a chat, being written: Enter keeps it, Esc leaves it as it was.
import QtQuick
import Galago

TextLine {
    id: root

    required property string before
    property bool done: true

    signal named(string name)
    signal ended

    function finish(keeps: bool) {
        if (done)
            return
        done = true
        focus = false
        if (keeps && text.trim() !== before)
            named(text)
        ended()
    }

    objectName: "nameLine"
    name: qsTr("Name of the chat")
    placeholderText: qsTr("by its first question")
    leftPadding: Theme.space2
    implicitHeight: 36
    onVisibleChanged: {
        if (!visible)
            return
        done = false
        text = before
        selectAll()
        forceActiveFocus(Qt.OtherFocusReason)
    }
    // Not onAccepted: the key would go on to the list, which opens the chat.
    Keys.onReturnPressed: finish(true)
    Keys.onEnterPressed: finish(true)
    onActiveFocusChanged: if (!activeFocus)
        finish(true)
    Keys.onEscapePressed: finish(false)
    Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape
}
