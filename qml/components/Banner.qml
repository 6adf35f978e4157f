// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Something to know, with what to do next, where it belongs. Slots for buttons; details fold out.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

Rectangle {
    id: root

    enum Kind {
        Notice,
        Problem
    }

    property int kind: Banner.Problem
    required property string title
    property string hint
    property string detail
    default property alias actions: buttons.data
    readonly property color tint: kind === Banner.Problem ? Theme.danger : Theme.info
    property bool detailShown: false

    implicitHeight: layout.implicitHeight + Theme.space3 * 2
    radius: Theme.radiusCard
    color: Theme.surface
    border.color: tint
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title
    Accessible.description: hint

    RowLayout {
        id: layout

        anchors.fill: parent
        anchors.margins: Theme.space3
        spacing: Theme.space3

        Icon {
            Layout.alignment: Qt.AlignTop
            name: root.kind === Banner.Problem ? "warning" : "info"
            color: root.tint
            size: 22
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.space1

            Label {
                Layout.fillWidth: true
                text: root.title
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontBody
                font.weight: Font.DemiBold
            }
            Label {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.hint
                color: Theme.muted
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontLabel
            }
            TextEdit {
                Layout.fillWidth: true
                Layout.topMargin: Theme.space1
                visible: root.detailShown
                text: root.detail
                readOnly: true
                selectByMouse: true
                wrapMode: TextEdit.WrapAnywhere
                color: Theme.muted
                selectionColor: Theme.accent
                selectedTextColor: Theme.onAccent
                font.pixelSize: Theme.fontSmall
                font.family: "monospace"
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            Flow {
                id: buttons

                Layout.fillWidth: true
                Layout.topMargin: Theme.space1
                spacing: Theme.space2
                visible: children.length > 1 || details.visible

                TextButton {
                    id: details

                    visible: root.detail !== ""
                    kind: TextButton.Quiet
                    text: root.detailShown ? qsTr("Hide details") : qsTr("Details")
                    onClicked: root.detailShown = !root.detailShown
                }
            }
        }
    }
}
