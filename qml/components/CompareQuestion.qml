// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The picture and the prompt that all columns are sent, and how.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Galago
import Galago.Ui

Rectangle {
    id: root

    required property AppViewModel app
    readonly property CompareViewModel compare: app.compare
    readonly property bool narrow: width < 560

    function focusPrompt() {
        prompt.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    function submit() {
        compare.ask(prompt.text)
    }

    component Option: Row {
        id: option

        property alias name: toggle.name
        property alias checked: toggle.checked
        property alias toggleName: toggle.objectName

        signal chosen(bool on)

        spacing: Theme.space2

        Toggle {
            id: toggle

            name: ""
            onToggled: option.chosen(checked)
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, (option.parent ? option.parent.width : 0) - toggle.width - option.spacing)
            text: toggle.name
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontLabel
            Accessible.ignored: true
        }
    }

    implicitHeight: grid.implicitHeight + Theme.space3 * 2
    radius: Theme.radiusCard
    color: Theme.surface
    border.color: Theme.border

    FileDialog {
        id: pictureDialog

        title: qsTr("Choose a picture")
        nameFilters: [qsTr("Pictures (%1)").arg("*.png *.jpg *.jpeg *.webp *.bmp *.gif"), qsTr("All files (%1)").arg("*")]
        onAccepted: root.compare.picture = selectedFile
    }
    GridLayout {
        id: grid

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.space3
        columns: root.narrow ? 1 : 2
        columnSpacing: Theme.space4
        rowSpacing: Theme.space3

        AbstractButton {
            id: picture

            objectName: "comparePicture"
            Layout.preferredWidth: 168
            Layout.preferredHeight: 126
            Layout.alignment: Qt.AlignTop
            text: root.compare.hasPicture ? qsTr("Choose another picture") : qsTr("Choose a picture")
            focusPolicy: Qt.StrongFocus
            hoverEnabled: true
            Accessible.role: Accessible.Button
            Accessible.name: text
            Keys.onReturnPressed: picture.clicked()
            Keys.onEnterPressed: picture.clicked()
            onClicked: pictureDialog.open()

            background: Rectangle {
                radius: Theme.radiusControl
                color: picture.hovered || drop.containsDrag ? Theme.raised : Theme.background
                border.color: drop.containsDrag ? Theme.accent : Theme.outline

                FocusRing {
                    shown: picture.visualFocus
                }
            }
            contentItem: Item {
                Image {
                    anchors.fill: parent
                    anchors.margins: Theme.space1
                    source: root.compare.picture
                    sourceSize.width: 336
                    sourceSize.height: 336
                    fillMode: Image.PreserveAspectFit
                    autoTransform: true
                    asynchronous: true
                    Accessible.ignored: true
                }
                Column {
                    anchors.centerIn: parent
                    width: parent.width - Theme.space4
                    visible: !root.compare.hasPicture
                    spacing: Theme.space1

                    Icon {
                        anchors.horizontalCenter: parent.horizontalCenter
                        name: "picture-add"
                        size: 24
                        color: Theme.muted
                    }
                    Label {
                        width: parent.width
                        horizontalAlignment: Text.AlignHCenter
                        wrapMode: Text.Wrap
                        text: qsTr("Choose a picture, or drop one here")
                        color: Theme.muted
                        font.pixelSize: Theme.fontSmall
                        Accessible.ignored: true
                    }
                }
            }
            DropArea {
                id: drop

                anchors.fill: parent
                onDropped: drop => {
                    if (drop.hasUrls)
                        root.compare.picture = drop.urls[0]
                }
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.space2

            TextField {
                id: prompt

                objectName: "comparePrompt"
                Layout.fillWidth: true
                implicitHeight: Theme.target
                leftPadding: Theme.space3
                rightPadding: Theme.space3
                color: Theme.text
                font.pixelSize: Theme.fontBody
                placeholderText: qsTr("One question for all…")
                placeholderTextColor: Theme.muted
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                maximumLength: 4000
                Accessible.role: Accessible.EditableText
                Accessible.name: qsTr("Question for all models")
                onAccepted: root.submit()
                background: Rectangle {
                    radius: Theme.radiusControl
                    color: Theme.background
                    border.width: prompt.activeFocus ? 2 : 1
                    border.color: prompt.activeFocus ? Theme.accent : Theme.outline
                }
            }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.space4

                Option {
                    toggleName: "compareBlind"
                    enabled: !root.compare.running
                    name: qsTr("Blind: vote before the names are shown")
                    checked: root.compare.blind
                    onChosen: on => root.compare.blind = on
                }
                Option {
                    toggleName: "compareAtOnce"
                    enabled: !root.compare.running
                    name: qsTr("All at once: times are then not comparable")
                    checked: root.compare.atOnce
                    onChosen: on => root.compare.atOnce = on
                }
            }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.space2

                TextButton {
                    objectName: "compareAsk"
                    enabled: root.compare.running ? !root.compare.stopping : prompt.text.trim() !== ""
                    kind: TextButton.Primary
                    iconName: root.compare.running ? "stop" : "compare"
                    text: root.compare.stopping ? qsTr("Stopping…") : root.compare.running ? qsTr("Stop") : qsTr("Compare")
                    onClicked: root.compare.running ? root.compare.stop() : root.submit()
                }
                TextButton {
                    objectName: "compareAdd"
                    visible: root.compare.columns.count < 4
                    enabled: !root.compare.running && !root.compare.hidden
                    iconName: "plus"
                    text: qsTr("Add a column")
                    onClicked: root.compare.columns.add()
                }
                TextButton {
                    objectName: "compareTie"
                    visible: root.compare.canVote
                    text: qsTr("None is better")
                    onClicked: root.compare.vote(-1)
                }
                TextButton {
                    objectName: "compareForget"
                    visible: root.compare.hasPicture
                    enabled: !root.compare.running
                    kind: TextButton.Quiet
                    iconName: "close"
                    text: qsTr("Without the picture")
                    onClicked: root.compare.picture = ""
                }
            }
        }
    }
}
