// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A whole number, to type or to step. Zero can stand for "as it is": then its word is shown.
import QtQuick
import QtQuick.Controls.Basic
import Galago

SpinBox {
    id: root

    required property string name
    property string zeroText

    implicitWidth: 220
    implicitHeight: Theme.target
    leftPadding: Theme.target
    rightPadding: Theme.target
    editable: true
    font.pixelSize: Theme.fontLabel
    Accessible.role: Accessible.SpinBox
    Accessible.name: name
    textFromValue: (value, locale) => value === 0 && zeroText !== "" ? zeroText : Format.integer(value)
    valueFromText: (text, locale) => {
        const digits = text.replace(/[^0-9]/g, "")
        return digits === "" ? 0 : Number(digits)
    }
    validator: RegularExpressionValidator {
        regularExpression: /.*/
    }

    contentItem: TextInput {
        objectName: "numberInput"
        text: root.displayText
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        font: root.font
        horizontalAlignment: Qt.AlignHCenter
        verticalAlignment: Qt.AlignVCenter
        readOnly: !root.editable
        validator: root.validator
        inputMethodHints: Qt.ImhDigitsOnly
        selectByMouse: true
        clip: true
        Accessible.name: root.name
    }
    up.indicator: Item {
        x: root.mirrored ? 0 : root.width - width
        width: Theme.target
        height: root.height

        Icon {
            anchors.centerIn: parent
            name: "plus"
            size: 16
            color: root.up.hovered ? Theme.text : Theme.muted
        }
    }
    down.indicator: Item {
        x: root.mirrored ? root.width - width : 0
        width: Theme.target
        height: root.height

        Icon {
            anchors.centerIn: parent
            name: "minus"
            size: 16
            color: root.down.hovered ? Theme.text : Theme.muted
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.background
        border.width: root.activeFocus ? 2 : 1
        border.color: root.activeFocus ? Theme.accent : Theme.outline
    }
}
