// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A share of something, as a bar. Moves smoothly, because figures arrive in steps.
import QtQuick
import Galago

Rectangle {
    id: root

    /// 0 to 1.
    property real value: 0
    property color fillColor: Theme.accent
    property string label

    implicitHeight: 4
    radius: height / 2
    color: Theme.border
    Accessible.role: Accessible.ProgressBar
    Accessible.name: label

    Rectangle {
        anchors.left: parent.left
        width: parent.width * Math.min(1, Math.max(0, root.value))
        height: parent.height
        radius: height / 2
        color: root.fillColor

        Behavior on width {
            NumberAnimation {
                duration: Theme.motion
                easing.type: Easing.OutCubic
            }
        }
    }
}
