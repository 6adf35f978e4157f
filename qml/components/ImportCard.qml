// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What was given to be imported; not there while that is nothing.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Card {
    id: root

    required property AppViewModel app
    readonly property ImportViewModel imports: app.imports
    /// Of the checkpoint whose part a folder is asked for.
    property int entryOfFolder: 0

    signal used

    /// What was just given is decided about next.
    function focusFirst() {
        for (let i = 0; i < entries.count; ++i) {
            const row = entries.itemAt(i) as ImportRow
            if (row && (row.isReady || row.step === ImportListModel.Refused))
                return row.focusFirst()
        }
    }

    visible: imports.looking || imports.entries.count > 0
    title: qsTr("Import")

    Connections {
        target: root.imports

        function onLookingChanged() {
            if (!root.imports.looking)
                root.focusFirst()
        }
    }
    FolderChooser {
        id: folderDialog

        title: qsTr("Choose the folder")
        onAccepted: root.imports.choosePart(root.entryOfFolder, chosen)
    }
    Label {
        objectName: "importLooking"
        Layout.fillWidth: true
        visible: root.imports.looking
        text: qsTr("Looking into it…")
        color: Theme.muted
        font.pixelSize: Theme.fontSmall
    }
    Repeater {
        id: entries

        objectName: "importEntries"
        model: root.imports.entries
        delegate: ImportRow {
            id: entry

            imports: root.imports
            onUse: {
                root.app.model.load(entry.usePath)
                root.used()
            }
            onFolderWanted: {
                root.entryOfFolder = entry.entryId
                folderDialog.open()
            }
        }
    }
    TextButton {
        objectName: "importAll"
        visible: root.imports.readyCount > 1
        kind: TextButton.Primary
        iconName: "plus"
        text: qsTr("Import all %1").arg(Format.integer(root.imports.readyCount))
        onClicked: root.imports.startAll()
    }
}
