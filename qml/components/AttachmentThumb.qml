// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A picture of the question being written: its thumbnail, or why it cannot be read; with remove.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Rectangle {
    id: root

    required property int index
    required property string pictureId
    required property string name
    required property int status
    required property int pixelWidth
    required property int pixelHeight
    required property string errorTitle
    required property string errorHint
    /// 0 to 1 while the engine looks at it, else -1.
    property real encoded: -1
    readonly property bool failed: status === AttachmentListModel.Failed

    signal opened
    signal removed

    implicitHeight: 72
    implicitWidth: failed ? Math.min(380, Math.max(260, problem.implicitWidth + 100)) : 72 + Theme.target / 2
    radius: Theme.radiusCard
    color: "transparent"
    border.width: failed ? 1 : 0
    border.color: Theme.danger
    Accessible.role: failed ? Accessible.AlertMessage : Accessible.Graphic
    Accessible.name: failed ? qsTr("%1: %2").arg(name).arg(errorTitle) : qsTr("Picture %1, %2 by %3 pixels").arg(name).arg(pixelWidth).arg(pixelHeight)
    Accessible.description: errorHint

    Rectangle {
        anchors.left: parent.left
        width: 72
        height: 72
        radius: Theme.radiusControl
        visible: !root.failed
        color: Theme.surface
        border.color: Theme.border
        clip: true

        Image {
            anchors.fill: parent
            anchors.margins: 1
            visible: root.pictureId !== ""
            source: root.pictureId === "" ? "" : `image://pictures/${root.pictureId}`
            sourceSize.width: 144
            sourceSize.height: 144
            fillMode: Image.PreserveAspectCrop
            asynchronous: true
        }
        ProgressTrack {
            objectName: "attachmentProgress"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: Theme.space1
            visible: root.encoded >= 0
            value: root.encoded
            fillColor: Theme.phaseEncode
            label: PhaseText.doing(ChatViewModel.Encoding)
        }
        BusyIndicator {
            anchors.centerIn: parent
            width: 32
            height: 32
            running: root.status === AttachmentListModel.Loading
            visible: running
        }
    }
    RowLayout {
        anchors.fill: parent
        anchors.margins: Theme.space2
        anchors.rightMargin: Theme.target
        visible: root.failed
        spacing: Theme.space2

        Icon {
            name: "warning"
            color: Theme.danger
        }
        Column {
            id: problem

            Layout.fillWidth: true

            Label {
                width: Math.min(implicitWidth, parent.width)
                text: root.name
                elide: Text.ElideMiddle
                font.pixelSize: Theme.fontSmall
                font.weight: Font.DemiBold
            }
            Label {
                objectName: "attachmentError"
                width: Math.min(implicitWidth, parent.width)
                text: root.errorTitle
                elide: Text.ElideRight
                font.pixelSize: Theme.fontSmall
                color: Theme.danger
            }
            Label {
                width: Math.min(implicitWidth, parent.width)
                text: root.errorHint
                elide: Text.ElideRight
                font.pixelSize: Theme.fontSmall
                color: Theme.muted
            }
        }
    }
    PictureButton {
        objectName: "enlarge"
        anchors.left: parent.left
        width: 72
        height: 72
        visible: root.status === AttachmentListModel.Ready
        text: qsTr("Show picture %1 large").arg(root.name)
        onClicked: root.opened()
    }
    AbstractButton {
        id: remove

        objectName: "removeAttachment"
        anchors.right: parent.right
        y: root.failed ? (parent.height - height) / 2 : -Theme.space3
        width: Theme.target
        height: Theme.target
        text: qsTr("Remove picture %1").arg(root.name)
        focusPolicy: Qt.StrongFocus
        hoverEnabled: true
        Accessible.role: Accessible.Button
        Accessible.name: text
        Keys.onReturnPressed: remove.clicked()
        onClicked: root.removed()

        background: Item {
            Rectangle {
                anchors.centerIn: parent
                width: 24
                height: 24
                radius: 12
                color: remove.hovered || remove.visualFocus ? Theme.danger : Theme.raised
                border.color: remove.visualFocus ? Theme.text : Theme.outline
            }
        }
        contentItem: Item {
            Icon {
                anchors.centerIn: parent
                name: "close"
                size: 14
                color: remove.hovered || remove.visualFocus ? Theme.background : Theme.text
            }
        }
        Tip {
            text: qsTr("Remove")
            visible: remove.hovered
        }
    }
}
