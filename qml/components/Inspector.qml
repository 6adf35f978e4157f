// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The picture, whole or as the model sees it, and the figures of the answer: where its time went,
// what the context holds, which model and which device.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Flickable {
    id: root

    required property AppViewModel app
    readonly property ChatViewModel chat: app.chat
    /// Whether the picture is shown as the model sees it.
    readonly property alias asSeen: seen.checked
    readonly property real longest: Math.max(chat.encodeMs, chat.prefillMs, chat.decodeMs, 1)

    signal showPicture(string id)

    contentHeight: column.implicitHeight + Theme.space4 * 2
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Picture and figures")
    ScrollBar.vertical: ScrollBar {
    }

    ColumnLayout {
        id: column

        x: Theme.space4
        y: Theme.space4
        width: root.width - Theme.space4 * 2
        spacing: Theme.space3

        Rectangle {
            Layout.fillWidth: true
            // Not of its own width: a layout that holds nothing else would not measure again.
            Layout.preferredHeight: column.width * 0.75
            radius: Theme.radiusCard
            color: Theme.raised

            Image {
                readonly property string way: seen.checked ? `/seen/${root.app.model.pictureSize}` : ""

                objectName: "inspectorPicture"
                anchors.fill: parent
                anchors.margins: Theme.space1
                visible: root.chat.currentPicture !== ""
                source: root.chat.currentPicture === "" ? "" : `image://pictures/${root.chat.currentPicture}${way}`
                sourceSize.width: Theme.inspectorWidth * 2
                sourceSize.height: Theme.inspectorWidth * 2
                fillMode: Image.PreserveAspectFit
                asynchronous: true
                Accessible.role: Accessible.Graphic
                Accessible.name: seen.checked ? qsTr("The picture as the model sees it") : qsTr("The picture")
            }
            Label {
                anchors.centerIn: parent
                width: parent.width - Theme.space5
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                visible: root.chat.currentPicture === ""
                text: qsTr("No picture yet")
                color: Theme.muted
                font.pixelSize: Theme.fontLabel
            }
            PictureButton {
                objectName: "inspectorEnlarge"
                anchors.fill: parent
                radius: Theme.radiusCard
                visible: root.chat.currentPicture !== ""
                text: qsTr("Show the picture large")
                onClicked: root.showPicture(root.chat.currentPicture)
            }
        }
        Segments {
            id: seen

            readonly property bool checked: current === 1

            objectName: "pictureChoice"
            Layout.fillWidth: true
            visible: root.chat.currentPicture !== ""
            options: [qsTr("Whole"), qsTr("As the model sees it")]
            name: qsTr("How the picture is shown")
            onChosen: index => current = index
        }
        Label {
            Layout.fillWidth: true
            visible: seen.checked && root.chat.currentPicture !== ""
            text: qsTr("%1 × %1 pixels, padded to a square: small print is lost on the model.").arg(root.app.model.pictureSize)
            color: Theme.muted
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontSmall
        }

        ColumnLayout {
            Layout.fillWidth: true
            visible: root.chat.messages.count > 0
            spacing: Theme.space3

            SectionLabel {
                text: qsTr("This answer")
            }
            PhaseFigure {
                Layout.fillWidth: true
                objectName: "figureEncode"
                name: qsTr("Picture")
                figure: root.chat.encodeMs > 0 ? Format.duration(root.chat.encodeMs) : root.chat.imageTokens > 0 ? qsTr("known") : "–"
                share: root.chat.encodeMs / root.longest
                tint: Theme.phaseEncode
            }
            PhaseFigure {
                Layout.fillWidth: true
                name: qsTr("Prompt")
                figure: root.chat.prefillMs > 0 ? qsTr("%1, %2").arg(Format.duration(root.chat.prefillMs)).arg(Format.rate(root.chat.prefillRate)) : "–"
                share: root.chat.prefillMs / root.longest
                tint: Theme.phasePrompt
            }
            PhaseFigure {
                Layout.fillWidth: true
                name: qsTr("Answer")
                figure: root.chat.decodeRate > 0 ? qsTr("%1, %2").arg(Format.duration(root.chat.decodeMs)).arg(Format.rate(root.chat.decodeRate)) : "–"
                share: root.chat.decodeMs / root.longest
                tint: Theme.phaseAnswer
            }
            Figure {
                name: qsTr("First token after")
                value: root.chat.firstTokenMs > 0 ? Format.duration(root.chat.firstTokenMs) : "–"
            }
            Figure {
                name: qsTr("Tokens answered")
                value: Format.integer(root.chat.answerTokens)
            }
        }
        SpeedFigures {
            Layout.fillWidth: true
            visible: root.chat.messages.count > 0
            app: root.app
        }
        ColumnLayout {
            Layout.fillWidth: true
            visible: root.chat.contextSize > 0
            spacing: Theme.space3

            SectionLabel {
                text: qsTr("Context")
            }
            PhaseFigure {
                Layout.fillWidth: true
                name: qsTr("Used")
                figure: qsTr("%1 of %2").arg(Format.integer(root.chat.contextUsed)).arg(Format.integer(root.chat.contextSize))
                share: root.chat.contextSize > 0 ? root.chat.contextUsed / root.chat.contextSize : 0
                tint: share > 0.85 ? Theme.danger : Theme.info
            }
            Figure {
                name: qsTr("Of the picture")
                value: qsTr("%n token(s)", "", root.chat.imageTokens)
                visible: root.chat.imageTokens > 0
            }
            Figure {
                name: qsTr("Kept from before")
                value: qsTr("%n token(s)", "", root.chat.reusedTokens)
                visible: root.chat.reusedTokens > 0
            }
        }
        SectionLabel {
            text: qsTr("Model")
            visible: root.app.model.state === ModelViewModel.Ready
        }
        ColumnLayout {
            Layout.fillWidth: true
            visible: root.app.model.state === ModelViewModel.Ready
            spacing: Theme.space2

            Figure {
                name: qsTr("Weights")
                value: qsTr("%1, %2").arg(root.app.model.quantisation).arg(Format.bytes(root.app.model.fileBytes))
            }
            Figure {
                name: qsTr("Parameters")
                value: qsTr("%1 million").arg(Format.number(root.app.model.parameterCount / 1e6, root.app.model.parameterCount < 1e7 ? 1 : 0))
            }
            Figure {
                name: qsTr("Loaded in")
                value: Format.duration(root.app.model.loadMs)
            }
            Figure {
                name: qsTr("Device")
                value: root.app.model.deviceName
            }
            Label {
                Layout.fillWidth: true
                text: root.app.model.deviceDetail
                color: Theme.muted
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignRight
                font.pixelSize: Theme.fontSmall
            }
        }
    }
}
