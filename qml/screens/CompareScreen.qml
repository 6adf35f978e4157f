// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Models side by side: one picture and one question for all of them, their answers, how fast each
// is and how far they agree; or many questions from a script.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Flickable {
    id: root

    required property AppViewModel app
    readonly property CompareViewModel compare: app.compare

    function focusPrompt() {
        question.focusPrompt()
    }

    /// What the keyboard has reached is to be seen.
    function reveal(item: Item) {
        let above = item
        while (above && above !== contentItem)
            above = above.parent
        if (!above)
            return
        const top = item.mapToItem(contentItem, 0, 0).y - Theme.space4
        const bottom = top + item.height + Theme.space4 * 2
        if (top < contentY)
            contentY = Math.max(0, top)
        else if (bottom > contentY + height)
            contentY = Math.max(0, Math.min(bottom, contentHeight) - height)
    }

    contentHeight: column.implicitHeight + Theme.space4 * 2
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Compare models")
    ScrollBar.vertical: ScrollBar {
    }

    Connections {
        target: root.Window.window

        function onActiveFocusItemChanged() {
            const item = root.Window.activeFocusItem
            if (root.visible && item)
                root.reveal(item)
        }
    }
    ColumnLayout {
        id: column

        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.space4
        width: Math.min(root.width - Theme.space4 * 2, 1320)
        spacing: Theme.space3

        CompareQuestion {
            id: question

            Layout.fillWidth: true
            app: root.app
        }
        Banner {
            objectName: "compareError"
            Layout.fillWidth: true
            visible: root.compare.errorTitle !== ""
            title: root.compare.errorTitle
            detail: root.compare.errorDetail
        }
        GridLayout {
            Layout.fillWidth: true
            // As many beside each other as can be read.
            columns: Math.max(1, Math.min(root.compare.columns.count, Math.floor(column.width / 230)))
            columnSpacing: Theme.space3
            rowSpacing: Theme.space3

            Repeater {
                objectName: "compareColumns"
                model: root.compare.columns
                delegate: CompareColumn {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    Layout.alignment: Qt.AlignTop
                    app: root.app
                }
            }
        }
        Card {
            id: votes

            objectName: "compareTally"
            visible: tally.count > 0 && !root.compare.hidden
            title: qsTr("Votes without knowing the names")

            Repeater {
                id: tally

                model: root.compare.tally

                PhaseFigure {
                    required property var modelData

                    Layout.fillWidth: true
                    name: modelData.name
                    figure: qsTr("best in %1 of %2").arg(Format.integer(modelData.wins)).arg(Format.integer(modelData.shown))
                    share: modelData.wins / Math.max(1, modelData.shown)
                }
            }
            TextButton {
                objectName: "compareClearTally"
                kind: TextButton.Quiet
                iconName: "remove"
                text: qsTr("Forget all votes")
                onClicked: root.compare.clearTally()
            }
        }
        CompareBatch {
            app: root.app
        }
    }
}
