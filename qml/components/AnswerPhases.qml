// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Where the time of an answer went: one bar of loading, picture, prompt and answer, each as long as
// it took, with its time below.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

ColumnLayout {
    id: root

    /// Of the phases, ms; 0: there was none.
    property real loadMs: 0
    property real encodeMs: 0
    property real prefillMs: 0
    property real decodeMs: 0
    readonly property var phases: present([
        {
            name: qsTr("Load"),
            ms: loadMs,
            tint: Theme.phaseLoad
        },
        {
            name: qsTr("Picture"),
            ms: encodeMs,
            tint: Theme.phaseEncode
        },
        {
            name: qsTr("Prompt"),
            ms: prefillMs,
            tint: Theme.phasePrompt
        },
        {
            name: qsTr("Answer"),
            ms: decodeMs,
            tint: Theme.phaseAnswer
        }
    ])
    readonly property real total: Math.max(1, phases.reduce((sum, phase) => sum + phase.ms, 0))

    function present(all: var): var {
        return all.filter(phase => phase.ms > 0)
    }

    /// The time before a phase, ms.
    function before(index: int): real {
        return phases.slice(0, index).reduce((sum, phase) => sum + phase.ms, 0)
    }

    spacing: Theme.space1
    visible: phases.length > 0
    Accessible.role: Accessible.StaticText
    Accessible.name: phases.map(phase => qsTr("%1: %2").arg(phase.name).arg(Format.duration(phase.ms))).join(", ")

    // Not a Row: it would be as wide as what is in it, which is as wide as it.
    Item {
        id: bar

        readonly property real gap: 2
        readonly property real usable: width - gap * (root.phases.length - 1)

        objectName: "answerPhases"
        Layout.fillWidth: true
        Layout.preferredHeight: 6

        Repeater {
            model: root.phases

            Rectangle {
                required property int index
                required property var modelData
                readonly property real start: bar.usable * root.before(index) / root.total + bar.gap * index

                x: bar.LayoutMirroring.enabled ? bar.width - start - width : start
                width: Math.max(2, bar.usable * modelData.ms / root.total)
                height: 6
                radius: 3
                color: modelData.tint
            }
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.space3

        Repeater {
            model: root.phases

            Row {
                id: entry

                required property var modelData

                spacing: Theme.space1

                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    width: 8
                    height: 8
                    radius: 4
                    color: entry.modelData.tint
                }
                Label {
                    text: qsTr("%1 %2").arg(entry.modelData.name).arg(Format.duration(entry.modelData.ms))
                    color: Theme.muted
                    font.pixelSize: Theme.fontSmall
                    Accessible.ignored: true
                }
            }
        }
    }
}
