// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// In which form a chat is written to a file, and where.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Galago
import Galago.Ui

Popup {
    id: root

    /// What it lies over.
    required property Item cover
    required property ChatExportViewModel exports
    property string chatId
    property string chatTitle
    /// Of ChatExportViewModel.
    property int format: ChatExportViewModel.Html
    readonly property var formats: [ChatExportViewModel.Html, ChatExportViewModel.Markdown, ChatExportViewModel.Json]

    function show(chat: string, title: string) {
        chatId = chat
        chatTitle = title
        open()
    }

    parent: cover
    anchors.centerIn: parent
    width: Math.min(520, (parent ? parent.width : 520) - Theme.space4 * 2)
    padding: Theme.space4
    modal: true
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    onOpened: go.forceActiveFocus(Qt.PopupFocusReason)

    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.surface
        border.color: Theme.border
    }
    ColumnLayout {
        id: column

        anchors.fill: parent
        spacing: Theme.space3

        Label {
            Layout.fillWidth: true
            text: qsTr("Export this chat")
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontTitle
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Label {
            objectName: "exportChatTitle"
            Layout.fillWidth: true
            text: root.chatTitle
            textFormat: Text.PlainText
            color: Theme.muted
            elide: Text.ElideRight
            font.pixelSize: Theme.fontLabel
        }
        Segments {
            objectName: "exportFormat"
            Layout.fillWidth: true
            name: qsTr("Form")
            options: [qsTr("Web page"), "Markdown", "JSON"]
            current: root.formats.indexOf(root.format)
            onChosen: index => root.format = root.formats[index]
        }
        Label {
            objectName: "exportNote"
            Layout.fillWidth: true
            text: {
                switch (root.format) {
                case ChatExportViewModel.Markdown:
                    return qsTr("The conversation as it is on show, as text that other programs format. Pictures are in the file.")
                case ChatExportViewModel.Json:
                    return qsTr("All versions of questions and answers, with all times and figures, for programs. Pictures are in the file.")
                }
                return qsTr("The conversation as it is on show, to be read in any browser. Pictures are in the file; it fetches nothing.")
            }
            color: Theme.muted
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontLabel
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.space2

            TextButton {
                id: go

                objectName: "exportGo"
                kind: TextButton.Primary
                iconName: "export"
                text: qsTr("Save as…")
                onClicked: dialog.open()
            }
            TextButton {
                objectName: "exportCancel"
                kind: TextButton.Quiet
                iconName: "close"
                text: qsTr("Cancel")
                onClicked: root.close()
            }
        }
    }

    FileDialog {
        id: dialog

        objectName: "exportDialog"
        title: qsTr("Export this chat")
        fileMode: FileDialog.SaveFile
        defaultSuffix: root.exports.suffixOf(root.format)
        nameFilters: [`*.${defaultSuffix}`]
        onAccepted: {
            root.close()
            root.exports.exportChat(root.chatId, root.chatTitle, root.format, selectedFile)
        }
    }
}
