// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Something to know, with what to do next, where it belongs. Slots for buttons; details fold out.
import QtQuick
import QtQuick.Controls.Basic
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
    readonly property int iconSize: 22
    property bool detailShown: false

    implicitHeight: column.implicitHeight + Theme.space3 * 2
    radius: Theme.radiusCard
    color: Theme.surface
    border.color: tint
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title
    Accessible.description: hint

    Icon {
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.margins: Theme.space3
        name: root.kind === Banner.Problem ? "warning" : "info"
        color: root.tint
        size: root.iconSize
    }
    // Not a layout: what is in it wraps, and its height follows from its width.
    Column {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.space3
        anchors.leftMargin: Theme.space3 * 2 + root.iconSize
        spacing: Theme.space1

        Label {
            width: parent.width
            text: root.title
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontBody
            font.weight: Font.DemiBold
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: root.hint
            color: Theme.muted
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontLabel
        }
        TextEdit {
            objectName: "bannerDetail"
            width: parent.width
            topPadding: Theme.space1
            visible: root.detailShown
            text: root.detail
            textFormat: TextEdit.PlainText
            readOnly: true
            selectByMouse: true
            wrapMode: TextEdit.WrapAnywhere
            color: Theme.muted
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentText
            font.pixelSize: Theme.fontSmall
            font.family: "monospace"
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Flow {
            id: buttons

            width: parent.width
            topPadding: Theme.space1
            spacing: Theme.space2
            visible: children.length > 1 || details.visible
        }
    }
    TextButton {
        id: details

        objectName: "bannerDetails"
        // Put there when the buttons before it are.
        parent: buttons
        visible: root.detail !== ""
        kind: TextButton.Quiet
        text: root.detailShown ? qsTr("Hide details") : qsTr("Details")
        onClicked: root.detailShown = !root.detailShown
    }
}
