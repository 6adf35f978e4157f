// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Chats were deleted: the offer to have them back.
import QtQuick
import Galago
import Galago.Ui

Banner {
    id: root

    required property HistoryViewModel history

    objectName: "removedBanner"
    visible: history.removedCount > 0
    kind: Banner.Notice
    title: history.removedTitle !== "" ? qsTr("“%1” is deleted").arg(history.removedTitle) : qsTr("%n chat(s) deleted", "", history.removedCount)
    hint: qsTr("For good when Galago is closed.")

    TextButton {
        objectName: "undoRemove"
        iconName: "again"
        text: qsTr("Undo")
        onClicked: root.history.undo()
    }
    TextButton {
        objectName: "dismissRemoved"
        kind: TextButton.Quiet
        iconName: "close"
        text: qsTr("Close")
        onClicked: root.history.dismissRemoved()
    }
}
