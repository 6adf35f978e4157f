// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// On or off.
import QtQuick
import QtQuick.Controls.Basic
import Galago

AbstractButton {
    id: root

    required property string name

    function flip() {
        toggle()
        toggled()
    }

    implicitWidth: 56
    implicitHeight: Theme.target
    checkable: true
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.CheckBox
    Accessible.name: name
    Accessible.checkable: true
    Accessible.checked: checked
    Keys.onReturnPressed: root.flip()
    Keys.onEnterPressed: root.flip()

    background: Item {
        Rectangle {
            anchors.centerIn: parent
            width: 48
            height: 28
            radius: 14
            color: root.checked ? Theme.accent : Theme.raised
            border.color: root.checked ? Theme.accent : Theme.outline

            Rectangle {
                x: root.checked !== root.mirrored ? parent.width - width - 4 : 4
                anchors.verticalCenter: parent.verticalCenter
                width: 20
                height: 20
                radius: 10
                color: root.checked ? Theme.accentText : Theme.muted

                Behavior on x {
                    NumberAnimation {
                        duration: Theme.motion
                        easing.type: Easing.OutCubic
                    }
                }
            }
            FocusRing {
                shown: root.visualFocus
                inset: -4
                radius: 18
            }
        }
    }
}
