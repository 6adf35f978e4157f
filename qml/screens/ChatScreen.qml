// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The conversation with its prompt, and beside it, where there is room, the inspector.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

RowLayout {
    id: root

    required property AppViewModel app
    readonly property ChatViewModel chat: app.chat
    property bool inspectorBeside: false
    property bool historyBeside: false
    /// Told, not measured: a layout must not change with the width that it gives.
    property bool narrow: false
    readonly property bool empty: chat.messages.count === 0 && !chat.editing && !app.history.restoring

    signal openPicture
    signal openCamera
    signal openModel
    signal chooseModel
    signal openSettings
    signal newChat
    signal showPicture(string id, bool asSeen)
    signal exportAsked(string chatId, string title)

    function focusHistory() {
        history.focusSearch()
    }

    function focusPrompt() {
        prompt.focusInput()
    }

    spacing: 0

    Connections {
        target: root.chat

        function onDraftReturned(text: string) {
            prompt.setText(text)
        }
    }

    HistoryPanel {
        id: history

        objectName: "history"
        visible: root.historyBeside
        Layout.fillHeight: true
        Layout.preferredWidth: Theme.historyWidth
        app: root.app
        onChosen: root.focusPrompt()
        onNewChat: root.newChat()
        onOpenSettings: root.openSettings()
        onExportAsked: (chatId, title) => root.exportAsked(chatId, title)
    }
    Rectangle {
        visible: root.historyBeside
        Layout.fillHeight: true
        implicitWidth: 1
        color: Theme.border
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        spacing: 0

        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            Welcome {
                objectName: "welcome"
                anchors.fill: parent
                visible: root.empty
                app: root.app
                onOpenModel: root.openModel()
                onChooseModel: root.chooseModel()
                onSampleChosen: (picture, question) => {
                    if (root.chat.askAbout(picture, question))
                        root.focusPrompt()
                }
            }
            MessageList {
                objectName: "messages"
                anchors.fill: parent
                visible: !root.empty
                chat: root.chat
                onShowPicture: id => root.showPicture(id, false)
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.columnWidth + Theme.space4 * 2
            Layout.alignment: Qt.AlignHCenter
            Layout.leftMargin: Theme.space4
            Layout.rightMargin: Theme.space4
            Layout.bottomMargin: Theme.space2
            spacing: Theme.space2

            HistoryNews {
                Layout.fillWidth: true
                history: root.app.history
            }
            ChatExportNews {
                objectName: "chatExportNews"
                Layout.fillWidth: true
                exports: root.app.chatExport
            }
            Banner {
                objectName: "editingBanner"
                Layout.fillWidth: true
                visible: root.chat.editing
                kind: Banner.Notice
                title: qsTr("You are asking an earlier question in other words")
                hint: qsTr("The former wording and its answers are kept: the arrows below the question lead back to them.")

                TextButton {
                    objectName: "cancelEdit"
                    iconName: "close"
                    text: qsTr("Cancel (Esc)")
                    onClicked: root.chat.cancelEdit()
                }
            }
            Banner {
                objectName: "brokenBanner"
                Layout.fillWidth: true
                visible: !root.empty && root.chat.phase === ChatViewModel.ModelBroken
                title: root.app.model.errorTitle
                hint: root.app.model.errorHint
                detail: root.app.model.errorDetail

                TextButton {
                    iconName: "folder"
                    text: qsTr("Open a GGUF file…")
                    onClicked: root.openModel()
                }
                TextButton {
                    iconName: "again"
                    text: qsTr("Try again")
                    onClicked: root.app.model.reload()
                }
                TextButton {
                    objectName: "loadAnyway"
                    kind: TextButton.Quiet
                    visible: root.app.model.isTooLarge
                    text: qsTr("Load it anyway")
                    onClicked: root.app.model.loadAnyway()
                }
            }
            Banner {
                objectName: "contextBanner"
                Layout.fillWidth: true
                visible: !root.empty && !root.chat.busy && root.chat.contextSize > 0 && root.chat.contextUsed > 0.85 * root.chat.contextSize
                kind: Banner.Notice
                title: qsTr("This chat is almost full")
                hint: qsTr("The next question will push out the oldest turns. The picture and the instructions stay.")

                TextButton {
                    iconName: "plus"
                    text: qsTr("New chat")
                    onClicked: root.chat.newChat()
                }
                TextButton {
                    objectName: "longerContext"
                    iconName: "settings"
                    text: qsTr("Longer context…")
                    onClicked: root.openSettings()
                }
            }
            Banner {
                id: refused

                objectName: "refusedBanner"
                Layout.fillWidth: true
                visible: false
                kind: Banner.Notice
                title: qsTr("Eight pictures are the most that one question takes")
                hint: qsTr("The others were left out.")

                Connections {
                    target: root.chat.attachments

                    function onRefused() {
                        refused.visible = true
                    }
                    function onCountChanged() {
                        if (root.chat.attachments.count < 8)
                            refused.visible = false
                    }
                }
            }
            PhaseBar {
                Layout.fillWidth: true
                Layout.leftMargin: Theme.space3
                Layout.rightMargin: Theme.space3
                chat: root.chat
                model: root.app.model
            }
            PresetChips {
                objectName: "presetChips"
                Layout.fillWidth: true
                visible: root.chat.attachments.readyCount > 0 && prompt.text === "" && !root.chat.busy
                presets: root.app.presets
                onChosen: question => root.chat.send(question)
            }
            QuestionSizeNote {
                Layout.fillWidth: true
                chat: root.chat
                onOpenSettings: root.openSettings()
            }
            PromptBar {
                id: prompt

                objectName: "promptBar"
                Layout.fillWidth: true
                chat: root.chat
                hasCamera: root.app.camera.supported
                onOpenPicture: root.openPicture()
                onOpenCamera: root.openCamera()
                onShowPicture: id => root.showPicture(id, false)
            }
            Label {
                objectName: "footnote"
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: root.app.model.isBuiltIn ? (root.narrow ? qsTr("Demonstration model: simple drawings, no photographs.") : qsTr("This is the demonstration model: it knows simple drawings, not photographs. Ctrl+M: other models.")) : root.narrow ? qsTr("Answers can be wrong.") : qsTr("Enter sends, Shift+Enter begins a new line. Answers can be wrong.")
                color: Theme.muted
                elide: Text.ElideRight
                font.pixelSize: Theme.fontSmall
            }
        }
    }
    Rectangle {
        visible: root.inspectorBeside
        Layout.fillHeight: true
        implicitWidth: 1
        color: Theme.border
    }
    Inspector {
        id: inspector

        objectName: "inspector"
        visible: root.inspectorBeside
        Layout.fillHeight: true
        Layout.preferredWidth: Theme.inspectorWidth
        app: root.app
        onShowPicture: id => root.showPicture(id, inspector.asSeen)
    }
}
