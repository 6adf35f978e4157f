// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The rate over an answer's time, as bars: the highest fills the height.
pragma ComponentBehavior: Bound

import QtQuick
import Galago

Item {
    id: root

    required property var rates
    property real highest: 1

    implicitHeight: 48
    Accessible.role: Accessible.Chart
    Accessible.name: qsTr("Tokens per second over the answer, at most %1").arg(Format.rate(highest))

    Row {
        id: bars

        anchors.fill: parent
        spacing: 1

        Repeater {
            model: root.rates.length

            Item {
                id: bar

                required property int index

                width: (bars.width - (root.rates.length - 1) * bars.spacing) / root.rates.length
                height: bars.height

                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: Math.max(1, parent.height * (root.rates[bar.index] ?? 0) / Math.max(root.highest, 0.001))
                    color: Theme.phaseAnswer
                }
            }
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
    }
}
