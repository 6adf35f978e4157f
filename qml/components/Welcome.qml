// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// An empty chat: what to do first. Without a model that is to get one; with one it is a picture.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Flickable {
    id: root

    required property AppViewModel app
    readonly property bool needsModel: app.chat.phase === ChatViewModel.NoModel
    readonly property bool modelBroken: app.chat.phase === ChatViewModel.ModelBroken
    readonly property bool hasPicture: app.chat.attachments.count > 0

    signal sampleChosen(url picture, string question)
    signal openModel

    contentHeight: Math.max(height, column.implicitHeight + Theme.space5 * 2)
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    ColumnLayout {
        id: column

        anchors.centerIn: parent
        width: Math.min(root.width - Theme.space5 * 2, Theme.columnWidth)
        spacing: Theme.space4

        Image {
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: 96
            Layout.preferredHeight: 96
            source: "qrc:/galago/galago.png"
            sourceSize.width: 192
            sourceSize.height: 192
            mipmap: true
            Accessible.ignored: true
        }
        Label {
            objectName: "welcomeTitle"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontDisplay
            font.weight: Font.DemiBold
            text: root.needsModel ? qsTr("Galago needs a model first") : root.modelBroken ? qsTr("The model is not loaded") : qsTr("What is in your picture?")
        }
        Label {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            color: Theme.muted
            font.pixelSize: Theme.fontBody
            visible: !root.modelBroken
            text: root.needsModel ? qsTr("A MobileVLM model is two GGUF files in one folder: the language model, and its eyes (a file with “mmproj” in its name).") : root.hasPicture ? qsTr("Ask about it below. Everything is computed on this machine.") : qsTr("Drop a picture, or try one of these. Everything is computed on this machine.")
        }

        Banner {
            objectName: "modelError"
            Layout.fillWidth: true
            visible: root.modelBroken
            title: root.app.model.errorTitle
            hint: root.app.model.errorHint
            detail: root.app.model.errorDetail

            TextButton {
                kind: TextButton.Primary
                iconName: "folder"
                text: qsTr("Open a GGUF file…")
                onClicked: root.openModel()
            }
            TextButton {
                iconName: "again"
                text: qsTr("Try again")
                onClicked: root.app.model.reload()
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            visible: root.needsModel
            spacing: Theme.space3

            GridLayout {
                Layout.alignment: Qt.AlignHCenter
                columns: root.width < 420 ? 1 : 2
                columnSpacing: Theme.space3
                rowSpacing: Theme.space2

                TextButton {
                    objectName: "openModel"
                    Layout.fillWidth: true
                    kind: TextButton.Primary
                    iconName: "folder"
                    text: qsTr("Open a GGUF file…")
                    onClicked: root.openModel()
                }
                TextButton {
                    Layout.fillWidth: true
                    iconName: "again"
                    enabled: !root.app.models.searching
                    text: qsTr("Look again")
                    onClicked: root.app.models.refresh()
                }
            }
            Label {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                color: Theme.muted
                font.pixelSize: Theme.fontLabel
                text: qsTr("Models in this folder are found by themselves:")
            }
            TextEdit {
                objectName: "modelFolder"
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                wrapMode: TextEdit.WrapAnywhere
                readOnly: true
                selectByMouse: true
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                font.pixelSize: Theme.fontLabel
                font.family: "monospace"
                text: root.app.models.userFolder
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            Repeater {
                model: root.app.models

                ModelRow {
                    id: entry

                    Layout.fillWidth: true
                    onClicked: root.app.model.load(entry.path)
                }
            }
        }

        Flow {
            id: samples

            readonly property int columns: Math.max(1, Math.min(3, Math.floor((column.width + spacing) / (150 + spacing))))
            readonly property real cell: (column.width - (columns - 1) * spacing) / columns

            Layout.fillWidth: true
            Layout.topMargin: Theme.space3
            spacing: Theme.space3
            visible: !root.needsModel && !root.modelBroken && !root.hasPicture

            SampleCard {
                objectName: "sampleCups"
                width: samples.cell
                picture: "qrc:/galago/samples/cups.png"
                text: qsTr("How many cups are there?")
                onClicked: root.sampleChosen(picture, text)
            }
            SampleCard {
                width: samples.cell
                picture: "qrc:/galago/samples/street.png"
                text: qsTr("What does the sign say?")
                onClicked: root.sampleChosen(picture, text)
            }
            SampleCard {
                width: samples.cell
                picture: "qrc:/galago/samples/chart.png"
                text: qsTr("On which day were most visitors there?")
                onClicked: root.sampleChosen(picture, text)
            }
        }
    }
}
