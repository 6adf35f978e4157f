// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A value within a range, with its number beside it.
import QtQuick
import QtQuick.Controls.Basic
import Galago

Row {
    id: root

    required property string name
    property real from: 0
    property real to: 1
    property real stepSize: 0.05
    property real value: 0
    property string figure: Format.number(slider.value, 2)

    signal moved(real value)

    spacing: Theme.space2

    Slider {
        id: slider

        objectName: "slider"
        width: 150
        height: Theme.target
        from: root.from
        to: root.to
        stepSize: root.stepSize
        snapMode: Slider.SnapAlways
        value: root.value
        onMoved: root.moved(value)
        Accessible.role: Accessible.Slider
        Accessible.name: qsTr("%1: %2").arg(root.name).arg(root.figure)

        background: Rectangle {
            x: slider.leftPadding
            y: (slider.height - height) / 2
            width: slider.availableWidth
            height: 4
            radius: 2
            color: Theme.border

            Rectangle {
                anchors.left: parent.left
                width: slider.position * parent.width
                height: parent.height
                radius: 2
                color: Theme.accent
            }
        }
        handle: Rectangle {
            x: slider.leftPadding + slider.visualPosition * (slider.availableWidth - width)
            y: (slider.height - height) / 2
            width: 22
            height: 22
            radius: 11
            color: Theme.accent
            border.width: 3
            border.color: Theme.surface

            FocusRing {
                shown: slider.visualFocus
                radius: 14
            }
        }
    }
    Label {
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(36, implicitWidth)
        horizontalAlignment: Text.AlignRight
        text: root.figure
        font.pixelSize: Theme.fontLabel
    }
}
