// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A camera over the window: its picture, a frame of it for the question, and live answers.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Popup {
    id: root

    required property CameraViewModel camera
    required property PresetListModel presets
    property bool canSee: false
    readonly property bool showing: camera.state === CameraViewModel.Showing

    /// A picture was taken for the question.
    signal taken

    function take() {
        if (camera.freeze()) {
            close()
            taken()
        }
    }

    function toggleLive() {
        if (camera.live)
            camera.stopLive()
        else
            camera.startLive(question.text)
    }

    anchors.centerIn: parent
    width: Math.min(760, (parent ? parent.width : 760) - Theme.space3 * 2)
    height: Math.min(720, (parent ? parent.height : 720) - Theme.space3 * 2)
    padding: Theme.space4
    modal: true
    focus: true
    closePolicy: Popup.CloseOnEscape
    onAboutToShow: camera.open()
    onOpened: shutter.forceActiveFocus(Qt.PopupFocusReason)
    onClosed: camera.close()

    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.surface
        border.color: Theme.border
    }
    contentItem: ColumnLayout { // qmllint disable deferred-property-id
        spacing: Theme.space3
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Camera")

        RowLayout {
            Label {
                Layout.fillWidth: !choice.visible
                text: qsTr("Camera")
                font.pixelSize: Theme.fontTitle
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            ChoiceBox {
                id: choice

                objectName: "cameraChoice"
                Layout.fillWidth: true
                Layout.maximumWidth: 360
                visible: root.camera.cameras.length > 1
                name: qsTr("Camera")
                model: root.camera.cameras
                currentIndex: root.camera.current
                onActivated: index => root.camera.choose(index)
            }
            Item {
                Layout.fillWidth: true
                visible: choice.visible
            }
            IconButton {
                objectName: "closeCamera"
                iconName: "close"
                text: qsTr("Close")
                onClicked: root.close()
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            radius: Theme.radiusCard
            color: Theme.raised
            clip: true

            CameraPreview {
                objectName: "cameraPreview"
                anchors.fill: parent
                anchors.margins: 1
                visible: root.showing
                camera: root.camera
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("What the camera shows")
            }
            BusyIndicator {
                anchors.centerIn: parent
                running: root.camera.state === CameraViewModel.Starting
                visible: running
            }
            Banner {
                objectName: "cameraProblem"
                anchors.centerIn: parent
                width: Math.min(parent.width - Theme.space4 * 2, 480)
                visible: root.camera.state === CameraViewModel.NoCamera || root.camera.state === CameraViewModel.Failed
                kind: root.camera.state === CameraViewModel.Failed ? Banner.Problem : Banner.Notice
                title: root.camera.state === CameraViewModel.Failed ? qsTr("The camera does not answer") : qsTr("There is no camera")
                hint: root.camera.state === CameraViewModel.Failed ? qsTr("Another program may be using it, or you may not be allowed to: on Linux the group “video” is.") : qsTr("Plug one in: it is shown here at once.")
                detail: root.camera.reason

                TextButton {
                    objectName: "cameraAgain"
                    visible: root.camera.state === CameraViewModel.Failed
                    iconName: "again"
                    text: qsTr("Try again")
                    onClicked: root.camera.open()
                }
            }
        }
        GridLayout {
            id: actions

            readonly property bool narrow: root.width < 560

            Layout.fillWidth: true
            columns: narrow ? 2 : 3
            columnSpacing: Theme.space2
            rowSpacing: Theme.space2

            TextLine {
                id: question

                objectName: "liveQuestion"
                Layout.fillWidth: true
                Layout.columnSpan: actions.narrow ? 2 : 1
                name: qsTr("Live question")
                enabled: !root.camera.live
                text: root.presets.first
                placeholderText: qsTr("Asked again and again…")
                maximumLength: 300
                onAccepted: root.toggleLive()
            }
            TextButton {
                objectName: "liveButton"
                enabled: root.camera.live || root.showing && root.canSee && question.text.trim() !== ""
                iconName: root.camera.live ? "stop" : "again"
                text: root.camera.live ? qsTr("Stop") : qsTr("Ask live")
                onClicked: root.toggleLive()
            }
            TextButton {
                id: shutter

                objectName: "takePicture"
                kind: TextButton.Primary
                enabled: root.showing
                iconName: "camera"
                text: qsTr("Take the picture")
                onClicked: root.take()
            }
        }
        Label {
            objectName: "liveAnswer"
            Layout.fillWidth: true
            visible: root.camera.live || root.camera.liveAnswer !== "" || root.camera.liveError !== ""
            text: root.camera.liveError !== "" ? root.camera.liveError : root.camera.liveAnswer !== "" ? root.camera.liveAnswer : qsTr("Looking…")
            textFormat: Text.PlainText
            color: root.camera.liveError !== "" ? Theme.danger : Theme.text
            wrapMode: Text.Wrap
            maximumLineCount: 4
            elide: Text.ElideRight
            font.pixelSize: Theme.fontTitle
        }
        Label {
            objectName: "liveFigure"
            Layout.fillWidth: true
            text: root.camera.roundMs > 0 ? qsTr("From picture to answer %1. Nothing of it is kept.").arg(Format.duration(root.camera.roundMs)) : qsTr("Live: the question is asked of the newest picture whenever the last answer is finished. Nothing of it is kept.")
            color: Theme.muted
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontSmall
        }
    }
}
