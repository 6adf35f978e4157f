// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Where a question is written: its pictures, its text, and Send, which is Stop while an answer is
// under way. Enter sends, Shift+Enter begins a new line.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Rectangle {
    id: root

    required property ChatViewModel chat
    property alias text: input.text
    readonly property bool canSend: input.text.trim() !== "" && chat.questionFits && chat.attachments.readyCount + chat.attachments.loadingCount === chat.attachments.count

    /// There is a button for the camera.
    property bool hasCamera: false

    signal openPicture
    signal openCamera
    signal showPicture(string id)

    function focusInput() {
        input.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    function setText(words: string) {
        input.text = words
        input.cursorPosition = words.length
        focusInput()
    }

    function submit() {
        if (chat.send(input.text))
            input.clear()
    }

    implicitHeight: layout.implicitHeight + Theme.space2 * 2
    radius: Theme.radiusPrompt
    color: Theme.surface
    border.width: input.activeFocus ? 2 : 1
    border.color: input.activeFocus ? Theme.accent : Theme.outline

    ColumnLayout {
        id: layout

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: Theme.space2
        spacing: 0

        ListView {
            id: thumbs

            objectName: "attachments"
            Layout.fillWidth: true
            Layout.leftMargin: Theme.space3
            Layout.rightMargin: Theme.space3
            Layout.bottomMargin: Theme.space1
            // With room above for the buttons that stand out of the thumbnails.
            implicitHeight: 72 + Theme.space3
            clip: true
            visible: count > 0
            orientation: ListView.Horizontal
            spacing: Theme.space2
            model: root.chat.attachments
            delegate: AttachmentThumb {
                id: thumb

                y: Theme.space3
                encoded: root.chat.phase === ChatViewModel.Encoding ? root.chat.progress : -1
                onOpened: root.showPicture(thumb.pictureId)
                onRemoved: {
                    root.chat.attachments.remove(thumb.index)
                    root.focusInput()
                }
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space1

            IconButton {
                objectName: "openPicture"
                Layout.alignment: Qt.AlignBottom
                iconName: "picture-add"
                iconSize: 22
                text: qsTr("Add a picture (%1)").arg(KeyMap.shown("openPictures"))
                onClicked: root.openPicture()
            }
            IconButton {
                objectName: "openCamera"
                Layout.alignment: Qt.AlignBottom
                visible: root.hasCamera
                iconName: "camera"
                iconSize: 22
                text: qsTr("Camera (%1)").arg(KeyMap.shown("camera"))
                onClicked: root.openCamera()
            }
            ScrollView {
                id: scroll

                Layout.fillWidth: true
                Layout.alignment: Qt.AlignVCenter
                Layout.maximumHeight: 160
                implicitHeight: Math.max(Theme.target, input.implicitHeight)
                contentWidth: availableWidth

                TextArea {
                    id: input

                    objectName: "promptInput"
                    wrapMode: TextEdit.Wrap
                    topPadding: 11
                    bottomPadding: 11
                    leftPadding: Theme.space1
                    rightPadding: Theme.space1
                    color: Theme.text
                    font.pixelSize: Theme.fontBody
                    placeholderText: root.chat.attachments.count > 0 ? qsTr("Ask about the picture…") : qsTr("Ask, or drop a picture here…")
                    placeholderTextColor: Theme.muted
                    selectionColor: Theme.accent
                    selectedTextColor: Theme.accentText
                    background: null
                    onTextChanged: root.chat.draft = input.text
                    Accessible.role: Accessible.EditableText
                    Accessible.name: qsTr("Question")
                    // To what comes next, which is not Send while there is nothing to send.
                    Keys.onTabPressed: input.nextItemInFocusChain().forceActiveFocus(Qt.TabFocusReason)
                    Keys.onPressed: event => {
                        const isEnter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter
                        if (isEnter && !(event.modifiers & Qt.ShiftModifier) && !input.inputMethodComposing) {
                            event.accepted = true
                            root.submit()
                        } else if (event.matches(StandardKey.Paste)) {
                            event.accepted = root.chat.pastePictures()
                        }
                    }
                }
            }
            AbstractButton {
                id: action

                readonly property bool stops: root.chat.busy

                objectName: "sendButton"
                Layout.alignment: Qt.AlignBottom
                implicitWidth: Theme.target
                implicitHeight: Theme.target
                text: stops ? qsTr("Stop (%1)").arg(KeyMap.shown("leave")) : qsTr("Send (%1)").arg(KeyMap.cap(KeyMap.typing.send[0]))
                enabled: stops ? root.chat.phase !== ChatViewModel.Stopping : root.canSend
                // A click leaves the keyboard where it is, with the next question.
                focusPolicy: Qt.TabFocus
                hoverEnabled: true
                Accessible.role: Accessible.Button
                Accessible.name: text
                Keys.onReturnPressed: action.clicked()
                Keys.onEnterPressed: action.clicked()
                onClicked: stops ? root.chat.stop() : root.submit()

                background: Rectangle {
                    radius: height / 2
                    color: action.enabled ? Theme.accent : Theme.raised
                    border.width: action.visualFocus ? 3 : action.enabled ? 0 : 1
                    border.color: action.visualFocus ? Theme.text : Theme.border

                    Rectangle {
                        anchors.fill: parent
                        radius: parent.radius
                        color: action.down ? Theme.pressed : action.hovered ? Theme.hover : "transparent"
                    }
                }
                contentItem: Item {
                    Icon {
                        anchors.centerIn: parent
                        name: action.stops ? "stop" : "send"
                        color: action.enabled ? Theme.accentText : Theme.muted
                        size: 22
                    }
                }
                Tip {
                    text: action.text
                    visible: action.hovered || action.visualFocus
                }
            }
        }
    }
}
