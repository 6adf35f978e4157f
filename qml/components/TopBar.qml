// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The chat's title, the model in use, and the inspector's switch.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Item {
    id: root

    required property AppViewModel app
    property string title
    property bool inspectorShown: false
    property bool inspectorOffered: true
    property bool historyShown: false
    property bool historyOffered: false

    signal inspectorToggled
    signal historyToggled
    signal openModel
    signal showModels

    function chooseModel() {
        chooser.open()
    }

    implicitHeight: 56

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: root.historyOffered ? Theme.space2 : Theme.space4
        anchors.rightMargin: Theme.space2
        spacing: Theme.space2

        IconButton {
            objectName: "historyButton"
            visible: root.historyOffered
            iconName: "history"
            checked: root.historyShown
            text: root.historyShown ? qsTr("Hide the chats (F8)") : qsTr("Show the chats (F8)")
            onClicked: root.historyToggled()
        }
        Label {
            Layout.fillWidth: true
            text: root.title
            elide: Text.ElideRight
            font.pixelSize: Theme.fontBody
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        AbstractButton {
            id: modelButton

            readonly property ModelViewModel model: root.app.model

            objectName: "modelButton"
            Layout.maximumWidth: root.width * 0.55
            implicitHeight: Theme.target
            implicitWidth: implicitContentWidth + Theme.space3 * 2
            text: {
                switch (model.state) {
                case ModelViewModel.None:
                    return qsTr("Choose a model")
                case ModelViewModel.Loading:
                    return qsTr("Loading %1…").arg(model.name)
                }
                return model.name
            }
            focusPolicy: Qt.StrongFocus
            hoverEnabled: true
            Accessible.role: Accessible.ButtonMenu
            Accessible.name: model.isBuiltIn ? qsTr("Model: %1, demonstration model").arg(text) : qsTr("Model: %1").arg(text)
            Keys.onReturnPressed: modelButton.clicked()
            Keys.onEnterPressed: modelButton.clicked()
            onClicked: chooser.open()

            background: Rectangle {
                radius: Theme.radiusControl
                color: modelButton.down || chooser.opened ? Theme.pressed : modelButton.hovered ? Theme.hover : "transparent"
                border.width: 1
                border.color: Theme.border

                FocusRing {
                    shown: modelButton.visualFocus
                }
            }
            contentItem: RowLayout {
                spacing: Theme.space2

                Icon {
                    name: modelButton.model.state === ModelViewModel.Broken ? "warning" : "model"
                    color: modelButton.model.state === ModelViewModel.Broken ? Theme.danger : Theme.muted
                    Layout.leftMargin: Theme.space2
                }
                Label {
                    Layout.fillWidth: true
                    text: modelButton.text
                    elide: Text.ElideRight
                    font.pixelSize: Theme.fontLabel
                    Accessible.ignored: true
                }
                Badge {
                    objectName: "demonstrationBadge"
                    visible: modelButton.model.isBuiltIn && modelButton.model.state === ModelViewModel.Ready && root.width > 560
                    text: qsTr("Demonstration")
                    Accessible.ignored: true
                }
                Label {
                    visible: text !== "" && root.width > 560
                    text: modelButton.model.state === ModelViewModel.Ready ? modelButton.model.quantisation : ""
                    color: Theme.muted
                    font.pixelSize: Theme.fontSmall
                    Accessible.ignored: true
                }
                Icon {
                    name: "chevron-down"
                    color: Theme.muted
                    size: 16
                    Layout.rightMargin: Theme.space2
                }
            }

            ModelChooser {
                id: chooser

                app: root.app
                x: root.LayoutMirroring.enabled ? 0 : modelButton.width - width
                y: modelButton.height + Theme.space1
                onOpenFile: root.openModel()
                onShowModels: root.showModels()
            }
        }
        IconButton {
            objectName: "inspectorButton"
            visible: root.inspectorOffered
            iconName: "panel"
            checked: root.inspectorShown
            text: (root.inspectorShown ? qsTr("Hide picture and figures (%1)") : qsTr("Show picture and figures (%1)")).arg(KeyMap.shown("inspector"))
            onClicked: root.inspectorToggled()
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
    }
}
