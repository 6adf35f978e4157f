// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One model of the compare page: what it is set to, its answer, its figures, how it agrees with the
// first column.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Rectangle {
    id: root

    required property AppViewModel app
    required property int index
    required property string letter
    required property string name
    required property string modelPath
    required property string quantise
    required property string device
    required property real temperature
    required property int columnState
    required property real progress
    required property string text
    required property int tokens
    required property real encodeMs
    required property real firstTokenMs
    required property real prefillRate
    required property real decodeRate
    required property real memoryBytes
    required property bool hasAgreement
    required property bool sameText
    required property real wordOverlap
    required property int firstDifference
    required property real meanKl
    required property string errorTitle
    required property string errorHint
    required property string errorDetail
    readonly property CompareViewModel compare: app.compare
    readonly property bool settled: columnState === CompareColumnModel.Done || columnState === CompareColumnModel.Stopped

    readonly property string stateText: {
        switch (columnState) {
        case CompareColumnModel.Converting:
            return qsTr("converting, %1").arg(Format.percent(progress))
        case CompareColumnModel.Loading:
            return qsTr("loading, %1").arg(Format.percent(progress))
        case CompareColumnModel.Waiting:
            return qsTr("waiting for its turn")
        case CompareColumnModel.Encoding:
            return progress < 0 ? qsTr("looking at the picture") : qsTr("looking at the picture, %1").arg(Format.percent(progress))
        case CompareColumnModel.Reading:
            return qsTr("reading the question")
        case CompareColumnModel.Answering:
            return qsTr("answering")
        case CompareColumnModel.Stopped:
            return qsTr("stopped")
        }
        return ""
    }
    readonly property string agreementText: {
        if (!hasAgreement)
            return ""
        if (sameText)
            return qsTr("Same text as A")
        const words = qsTr("%1 of the words as A").arg(Format.percent(wordOverlap))
        return firstDifference < 0 ? words : qsTr("%1, differs from token %2").arg(words).arg(Format.integer(firstDifference + 1))
    }

    implicitHeight: column.implicitHeight + Theme.space3 * 2
    radius: Theme.radiusCard
    color: Theme.surface
    border.color: Theme.border
    Accessible.role: Accessible.Grouping
    Accessible.name: compare.hidden ? qsTr("Column %1").arg(letter) : qsTr("Column %1, %2").arg(letter).arg(name)

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.space3
        spacing: Theme.space2

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space2

            Label {
                text: root.letter
                color: Theme.accent
                font.pixelSize: Theme.fontTitle
                font.weight: Font.DemiBold
            }
            Label {
                objectName: `compareName${root.index}`
                Layout.fillWidth: true
                text: root.compare.hidden ? qsTr("hidden until you have voted") : root.name
                elide: Text.ElideRight
                color: Theme.muted
                font.pixelSize: Theme.fontSmall
            }
            IconButton {
                objectName: `compareRemove${root.index}`
                visible: root.compare.columns.count > 2
                enabled: !root.compare.running
                iconName: "close"
                text: qsTr("Remove column %1").arg(root.letter)
                onClicked: root.compare.columns.remove(root.index)
            }
        }
        CompareSetup {
            Layout.fillWidth: true
            visible: !root.compare.hidden
            enabled: !root.compare.running
            app: root.app
            row: root.index
            letter: root.letter
            modelPath: root.modelPath
            quantise: root.quantise
            device: root.device
            temperature: root.temperature
        }
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: 1
            color: Theme.border
        }
        Label {
            objectName: `compareState${root.index}`
            Layout.fillWidth: true
            visible: text !== ""
            // Which model is loading would tell which it is.
            text: root.compare.hidden && root.columnState <= CompareColumnModel.Loading ? qsTr("waiting for its turn") : root.stateText
            color: Theme.muted
            elide: Text.ElideRight
            font.pixelSize: Theme.fontSmall
        }
        Banner {
            objectName: `compareFailed${root.index}`
            Layout.fillWidth: true
            visible: root.columnState === CompareColumnModel.Failed
            title: root.errorTitle
            hint: root.errorHint
            detail: root.errorDetail
        }
        TextEdit {
            objectName: `compareAnswer${root.index}`
            Layout.fillWidth: true
            Layout.minimumHeight: Theme.space7
            text: root.text
            textFormat: TextEdit.PlainText
            readOnly: true
            selectByMouse: true
            wrapMode: TextEdit.Wrap
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentText
            font.pixelSize: Theme.fontBody
            Accessible.role: Accessible.StaticText
            Accessible.name: root.text === "" ? qsTr("No answer of column %1 yet").arg(root.letter) : qsTr("Column %1 answered: %2").arg(root.letter).arg(root.text)
        }
        TextButton {
            objectName: `compareVote${root.index}`
            Layout.fillWidth: true
            visible: root.compare.canVote
            kind: TextButton.Primary
            iconName: "check"
            text: qsTr("%1 is the best").arg(root.letter)
            onClicked: root.compare.vote(root.index)
        }
        ColumnLayout {
            Layout.fillWidth: true
            visible: root.tokens > 0 && !root.compare.hidden
            spacing: Theme.space1

            Figure {
                visible: root.encodeMs > 0
                name: qsTr("Picture encoded in")
                value: Format.duration(root.encodeMs)
            }
            Figure {
                objectName: `compareFirstToken${root.index}`
                name: qsTr("First token after")
                value: Format.duration(root.firstTokenMs)
            }
            Figure {
                visible: root.prefillRate > 0
                name: qsTr("Prompt read at")
                value: Format.rate(root.prefillRate)
            }
            Figure {
                visible: root.decodeRate > 0
                name: qsTr("Answer written at")
                value: Format.rate(root.decodeRate)
            }
            Figure {
                name: qsTr("Tokens answered")
                value: Format.integer(root.tokens)
            }
            Figure {
                visible: root.memoryBytes > 0
                name: qsTr("Memory at most")
                value: Format.bytes(root.memoryBytes)
            }
            Figure {
                visible: root.meanKl >= 0
                name: qsTr("Mean KL divergence from A")
                value: qsTr("%1 nats").arg(Format.number(root.meanKl, 4))
            }
            Label {
                objectName: `compareAgreement${root.index}`
                Layout.fillWidth: true
                visible: text !== ""
                text: root.agreementText
                color: root.sameText ? Theme.ok : Theme.info
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSmall
                font.weight: Font.DemiBold
            }
        }
    }
}
