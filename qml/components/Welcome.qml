// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// An empty chat: what to do first. Without a model that is to get one; with one it is a picture,
// dropped or one of the gallery.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Flickable {
    id: root

    required property AppViewModel app
    /// Not before all folders were looked into: the built-in model is found in one of them.
    readonly property bool needsModel: app.chat.phase === ChatViewModel.NoModel && app.models.hasSearched
    readonly property bool modelBroken: app.chat.phase === ChatViewModel.ModelBroken
    readonly property bool hasPicture: app.chat.attachments.count > 0
    readonly property bool offersSamples: !needsModel && !modelBroken && !hasPicture && app.samples.count > 0

    signal sampleChosen(url picture, string question)
    signal openModel
    signal chooseModel

    /// Brings what the keyboard has reached into sight.
    function show(item: Item) {
        const top = item.mapToItem(contentItem, 0, 0).y
        contentY = Math.max(0, Math.min(top - Theme.space4, contentHeight - height, Math.max(contentY, top + item.height + Theme.space4 - height)))
    }

    contentHeight: Math.max(height, column.implicitHeight + Theme.space5 * 2)
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    ScrollBar.vertical: ScrollBar {
    }

    ColumnLayout {
        id: column

        anchors.centerIn: parent
        width: Math.min(root.width - (root.width < 600 ? Theme.space4 : Theme.space5) * 2, root.offersSamples ? Theme.galleryWidth : Theme.columnWidth)
        spacing: Theme.space4

        Image {
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: 96
            Layout.preferredHeight: 96
            // The gallery is what the room is for.
            visible: !root.offersSamples
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
            text: root.needsModel ? qsTr("A MobileVLM model is two GGUF files in one folder: the language model, and its eyes (a file with “mmproj” in its name).") : root.hasPicture ? qsTr("Ask about it below. Everything is computed on this machine.") : root.app.samples.count === 0 ? qsTr("Drop a picture. Everything is computed on this machine.") : qsTr("Drop a picture, or try one of these. Everything is computed on this machine.")
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
            TextButton {
                objectName: "loadAnyway"
                kind: TextButton.Quiet
                visible: root.app.model.isTooLarge
                text: qsTr("Load it anyway")
                onClicked: root.app.model.loadAnyway()
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

        Gallery {
            id: gallery

            objectName: "gallery"
            Layout.fillWidth: true
            Layout.topMargin: Theme.space2
            visible: root.offersSamples
            samples: root.app.samples
            onChosen: (picture, question) => root.sampleChosen(picture, question)
            onReached: card => root.show(card)
        }
        TextButton {
            objectName: "otherModels"
            Layout.alignment: Qt.AlignHCenter
            visible: root.offersSamples && root.app.model.isBuiltIn
            kind: TextButton.Quiet
            iconName: "model"
            text: qsTr("Use a model for photographs…")
            onClicked: root.chooseModel()
        }
    }
}
