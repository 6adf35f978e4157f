// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The answer's speed over its time, and what it takes of the machine. What is not known is not shown.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

ColumnLayout {
    id: root

    required property AppViewModel app
    readonly property LiveSpeed speed: app.speed

    spacing: Theme.space2

    SectionLabel {
        text: qsTr("Speed")
    }
    RateChart {
        objectName: "rateChart"
        Layout.fillWidth: true
        visible: root.speed.chart.length > 1
        rates: root.speed.chart
        highest: root.speed.highestRate
    }
    Figure {
        visible: root.speed.rollingRate > 0
        name: qsTr("Answer, last 2 s")
        value: Format.rate(root.speed.rollingRate)
    }
    Figure {
        visible: root.app.chat.decodeRate > 0
        name: qsTr("Answer, on average")
        value: Format.rate(root.app.chat.decodeRate)
    }
    Figure {
        objectName: "speedMemory"
        visible: root.speed.memoryBytes >= 0
        name: qsTr("Memory of Galago")
        value: Format.bytes(root.speed.memoryBytes)
    }
    Figure {
        visible: root.speed.cpuLoad >= 0
        name: qsTr("Processor load")
        value: Format.percent(root.speed.cpuLoad)
    }
    Figure {
        visible: root.speed.gpuLoad >= 0
        name: qsTr("GPU load")
        value: Format.percent(root.speed.gpuLoad)
    }
    Figure {
        visible: root.speed.cpuMhz >= 0
        name: qsTr("Processor clock")
        value: qsTr("%1 MHz").arg(Format.integer(root.speed.cpuMhz))
    }
    Figure {
        visible: root.speed.gpuMhz >= 0
        name: qsTr("GPU clock")
        value: qsTr("%1 MHz").arg(Format.integer(root.speed.gpuMhz))
    }
    Figure {
        objectName: "speedPower"
        visible: root.speed.powerWatts >= 0
        name: qsTr("Power of the board")
        value: qsTr("%1 W").arg(Format.number(root.speed.powerWatts, 1))
    }
    Figure {
        visible: root.speed.tokensPerJoule >= 0
        name: qsTr("Answer for its energy")
        value: qsTr("%1 tokens/J").arg(Format.number(root.speed.tokensPerJoule, 2))
    }
    Figure {
        objectName: "speedTemperature"
        visible: root.speed.temperature > -99
        name: qsTr("Hottest place")
        value: qsTr("%1 °C").arg(Format.number(root.speed.temperature, 0))
    }
    Label {
        objectName: "speedThrottled"
        Layout.fillWidth: true
        visible: root.speed.throttled
        text: qsTr("Slowed down now, by heat or supply")
        color: Theme.danger
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
        font.weight: Font.DemiBold
    }
}
