// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A choice between a few things, all in sight.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

Rectangle {
    id: root

    required property var options
    required property string name
    property int current: 0

    signal chosen(int index)

    implicitHeight: Theme.target
    implicitWidth: row.implicitWidth
    radius: Theme.radiusControl
    color: Theme.raised
    border.color: Theme.border
    opacity: enabled ? 1 : 0.5
    Accessible.role: Accessible.Grouping
    Accessible.name: name

    RowLayout {
        id: row

        anchors.fill: parent
        spacing: 0

        Repeater {
            model: root.options

            AbstractButton {
                id: segment

                required property int index
                required property string modelData

                objectName: `segment${index}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                implicitWidth: implicitContentWidth
                text: modelData
                focusPolicy: Qt.StrongFocus
                hoverEnabled: true
                Accessible.role: Accessible.RadioButton
                Accessible.name: text
                Accessible.checkable: true
                Accessible.checked: root.current === index
                Keys.onReturnPressed: segment.clicked()
                Keys.onEnterPressed: segment.clicked()
                onClicked: root.chosen(index)

                contentItem: Label {
                    leftPadding: Theme.space3
                    rightPadding: Theme.space3
                    text: segment.text
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    elide: Text.ElideRight
                    color: root.current === segment.index ? Theme.accentText : Theme.text
                    font.pixelSize: Theme.fontLabel
                    Accessible.ignored: true
                }
                background: Item {
                    Rectangle {
                        anchors.fill: parent
                        anchors.margins: 3
                        radius: Theme.radiusControl - 2
                        color: root.current === segment.index ? Theme.accent : segment.hovered ? Theme.hover : "transparent"
                    }
                    FocusRing {
                        shown: segment.visualFocus
                        inset: 0
                    }
                }
            }
        }
    }
}
