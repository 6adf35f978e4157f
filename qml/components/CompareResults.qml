// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a batch found: a chart of the rates, a table of all figures, and the answers.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

ColumnLayout {
    id: root

    required property CompareViewModel compare
    readonly property var rows: compare.summary
    readonly property real fastest: Math.max(0.001, ...rows.map(row => row.decodeRate))
    readonly property real longestWait: Math.max(0.001, ...rows.map(row => row.firstTokenMs))

    function figures(row: var): string {
        const parts = []
        if (row.encodeMs > 0)
            parts.push(qsTr("picture %1").arg(Format.duration(row.encodeMs)))
        if (row.prefillRate > 0)
            parts.push(qsTr("prompt %1").arg(Format.rate(row.prefillRate)))
        if (row.memoryBytes > 0)
            parts.push(qsTr("memory %1").arg(Format.bytes(row.memoryBytes)))
        parts.push(qsTr("%n token(s)", "", row.tokens))
        if (row.compared > 0) {
            parts.push(qsTr("same text in %1 of %2").arg(Format.integer(row.sameText)).arg(Format.integer(row.compared)))
            parts.push(qsTr("words shared %1").arg(Format.percent(row.wordOverlap)))
        }
        if (row.meanKl >= 0)
            parts.push(qsTr("mean KL %1 nats").arg(Format.number(row.meanKl, 4)))
        if (row.failed > 0)
            parts.push(qsTr("%n not as expected", "", row.failed))
        return parts.join(" · ")
    }

    spacing: Theme.space3

    Banner {
        objectName: "compareStopped"
        Layout.fillWidth: true
        visible: root.compare.reportStopped
        kind: Banner.Notice
        title: qsTr("Stopped before the end: these are the answers so far.")
    }
    Banner {
        objectName: "compareFailures"
        Layout.fillWidth: true
        visible: root.compare.failureCount > 0
        title: qsTr("%n answer(s) are not as expected.", "", root.compare.failureCount)
    }
    Repeater {
        model: root.rows

        ColumnLayout {
            id: entry

            required property int index
            required property var modelData

            objectName: `compareSummary${index}`
            Layout.fillWidth: true
            spacing: Theme.space1

            Label {
                Layout.fillWidth: true
                text: entry.modelData.name
                elide: Text.ElideRight
                font.pixelSize: Theme.fontLabel
                font.weight: Font.DemiBold
            }
            Label {
                Layout.fillWidth: true
                visible: text !== ""
                text: entry.modelData.error
                color: Theme.danger
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSmall
            }
            PhaseFigure {
                Layout.fillWidth: true
                name: qsTr("Answer written at")
                figure: Format.rate(entry.modelData.decodeRate)
                share: entry.modelData.decodeRate / root.fastest
                tint: Theme.phaseAnswer
            }
            PhaseFigure {
                Layout.fillWidth: true
                name: qsTr("First token after")
                figure: Format.duration(entry.modelData.firstTokenMs)
                share: entry.modelData.firstTokenMs / root.longestWait
                tint: Theme.phasePrompt
            }
            Label {
                Layout.fillWidth: true
                text: root.figures(entry.modelData)
                color: Theme.muted
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSmall
            }
        }
    }
    Label {
        Layout.fillWidth: true
        text: qsTr("Times and rates are medians over the questions; agreement is with the first model.")
        color: Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    ListView {
        id: list

        objectName: "compareCases"
        Layout.fillWidth: true
        implicitHeight: Math.min(contentHeight, 420)
        activeFocusOnTab: true
        clip: true
        spacing: Theme.space2
        model: root.compare.cases
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Questions and answers")
        ScrollBar.vertical: ScrollBar {
        }
        delegate: ColumnLayout {
            id: item

            required property string name
            required property string prompt
            required property var columns
            required property var answers
            required property string failures

            width: ListView.view.width - Theme.space3
            spacing: 2

            Label {
                Layout.fillWidth: true
                text: qsTr("%1: %2").arg(item.name).arg(item.prompt)
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSmall
                font.weight: Font.DemiBold
            }
            Repeater {
                model: item.answers

                Label {
                    required property int index
                    required property string modelData

                    Layout.fillWidth: true
                    Layout.leftMargin: Theme.space3
                    text: qsTr("%1: %2").arg(item.columns[index]).arg(modelData)
                    textFormat: Text.PlainText
                    color: modelData === item.answers[0] ? Theme.text : Theme.info
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.fontSmall
                }
            }
            Label {
                Layout.fillWidth: true
                Layout.leftMargin: Theme.space3
                visible: text !== ""
                text: item.failures
                textFormat: Text.PlainText
                color: Theme.danger
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSmall
            }
        }
    }
}
