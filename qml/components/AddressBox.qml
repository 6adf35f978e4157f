// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A model that the catalogue does not know, by the addresses of its two files.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

ColumnLayout {
    id: root

    required property LibraryViewModel library
    property bool opened: false

    function add() {
        if (!addButton.enabled)
            return
        root.library.addAddresses(languageModel.text, projector.text)
        languageModel.clear()
        projector.clear()
        opened = false
    }

    Layout.fillWidth: true
    spacing: Theme.space2

    TextButton {
        objectName: "openAddresses"
        visible: !root.opened
        kind: TextButton.Quiet
        iconName: "plus"
        text: qsTr("Add one by its addresses…")
        onClicked: {
            root.opened = true
            languageModel.forceActiveFocus(Qt.OtherFocusReason)
        }
    }
    Label {
        Layout.fillWidth: true
        visible: root.opened
        text: qsTr("A model is two GGUF files; paste the address of each. Pages of Hugging Face will do. Nobody states what these files have to be, so what comes is checked for being a model that fits together, and held to that later.")
        color: Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    TextLine {
        id: languageModel

        objectName: "languageModelAddress"
        Layout.fillWidth: true
        visible: root.opened
        name: qsTr("Address of the language model")
        placeholderText: qsTr("https://… language model (.gguf)")
        inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
        onAccepted: projector.forceActiveFocus(Qt.TabFocusReason)
    }
    TextLine {
        id: projector

        objectName: "projectorAddress"
        Layout.fillWidth: true
        visible: root.opened
        name: qsTr("Address of its mmproj file")
        placeholderText: qsTr("https://… its eyes (mmproj, .gguf)")
        inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
        onAccepted: root.add()
    }
    Flow {
        Layout.fillWidth: true
        visible: root.opened
        spacing: Theme.space2

        TextButton {
            id: addButton

            objectName: "addAddresses"
            enabled: languageModel.text.trim() !== "" && projector.text.trim() !== ""
            kind: TextButton.Primary
            iconName: "plus"
            text: qsTr("Add to the list")
            onClicked: root.add()
        }
        TextButton {
            objectName: "closeAddresses"
            kind: TextButton.Quiet
            iconName: "close"
            text: qsTr("Close")
            onClicked: root.opened = false
        }
    }
}
