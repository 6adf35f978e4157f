// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What one column is set to: model, type, device, temperature.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

ColumnLayout {
    id: root

    required property AppViewModel app
    required property int row
    required property string letter
    required property string modelPath
    required property string quantise
    required property string device
    required property real temperature
    readonly property CompareColumnModel columns: app.compare.columns
    readonly property var types: app.compare.quantisations
    readonly property var devices: app.compare.devices

    spacing: Theme.space2

    ChoiceBox {
        objectName: `compareModel${root.row}`
        Layout.fillWidth: true
        name: qsTr("Model of column %1").arg(root.letter)
        model: root.app.models
        textRole: "name"
        valueRole: "path"
        displayText: currentIndex < 0 ? qsTr("Galago Tiny") : currentText
        currentIndex: root.modelPath === "" ? -1 : Math.max(-1, indexOfValue(root.modelPath))
        onActivated: root.columns.setModel(root.row, currentValue, currentText)
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space2

        ChoiceBox {
            objectName: `compareType${root.row}`
            Layout.fillWidth: true
            implicitWidth: 100
            name: qsTr("Quantisation of column %1").arg(root.letter)
            model: [qsTr("as it is"), ...root.types]
            currentIndex: root.quantise === "" ? 0 : root.types.indexOf(root.quantise) + 1
            onActivated: index => root.columns.setQuantise(root.row, index === 0 ? "" : root.types[index - 1])
        }
        ChoiceBox {
            objectName: `compareDevice${root.row}`
            Layout.fillWidth: true
            implicitWidth: 100
            name: qsTr("Device of column %1").arg(root.letter)
            model: root.devices
            currentIndex: root.devices.indexOf(root.device)
            onActivated: root.columns.setDevice(root.row, currentText)
        }
    }
    RowLayout {
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            text: qsTr("Temperature")
            elide: Text.ElideRight
            color: Theme.muted
            font.pixelSize: Theme.fontSmall
        }
        ChoiceBox {
            readonly property var steps: [0, 0.2, 0.5, 0.7, 1, 1.5]

            objectName: `compareTemperature${root.row}`
            implicitWidth: 120
            name: qsTr("Temperature of column %1").arg(root.letter)
            model: steps.map(step => step === 0 ? qsTr("0, exact") : Format.number(step, 1))
            currentIndex: Math.max(0, steps.indexOf(root.temperature))
            onActivated: index => root.columns.setTemperature(root.row, steps[index])
        }
    }
}
