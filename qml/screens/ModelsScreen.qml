// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The models of this machine and those that can be had: use, check, repair, remove, download.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Galago
import Galago.Ui

Flickable {
    id: root

    required property AppViewModel app
    readonly property LibraryViewModel library: app.library

    /// A model is being loaded because it was chosen here.
    signal used

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
            contentY = Math.min(bottom, contentHeight) - height
    }

    contentHeight: column.implicitHeight + Theme.space5 * 2
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Models")
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

    FileDialog {
        id: exportDialog

        property string modelId

        function ask(id: string) {
            modelId = id
            // A name to begin with, in the folder chosen last.
            selectedFile = `${currentFolder}/${id.replace(/.*\//, "")}.galago`
            open()
        }

        title: qsTr("Export a model")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "galago"
        nameFilters: [qsTr("Packs (%1)").arg("*.galago")]
        onAccepted: root.app.exports.exportModel(modelId, selectedFile)
    }
    LicenceSheet {
        id: licenceSheet

        cover: root.Window.contentItem
        onAgreed: root.library.get(modelId)
    }
    ColumnLayout {
        id: column

        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.space5
        width: Math.min(root.width - Theme.space4 * 2, Theme.columnWidth)
        spacing: Theme.space4

        Banner {
            objectName: "libraryError"
            Layout.fillWidth: true
            visible: root.library.errorTitle !== ""
            title: root.library.errorTitle
            detail: root.library.errorDetail
        }
        ImportCard {
            objectName: "importCard"
            app: root.app
            onUsed: root.used()
        }
        ExportNews {
            objectName: "exportNews"
            Layout.fillWidth: true
            exports: root.app.exports
        }
        Banner {
            objectName: "removedBanner"
            Layout.fillWidth: true
            visible: root.library.removedCount > 0
            kind: Banner.Notice
            title: root.library.removedCount === 1 ? qsTr("%1 was removed.").arg(root.library.removedName) : qsTr("%1 and others were removed.").arg(root.library.removedName)
            hint: qsTr("Still takes %1 on the disk; deleted for good a week after it was removed.").arg(Format.bytes(root.library.removedBytes))

            TextButton {
                objectName: "putBack"
                iconName: "again"
                text: qsTr("Put back %1").arg(root.library.removedName)
                onClicked: root.library.putBack()
            }
            TextButton {
                objectName: "deleteForGood"
                kind: TextButton.Quiet
                iconName: "remove"
                text: qsTr("Delete for good now")
                onClicked: root.library.deleteForGood()
            }
        }
        Banner {
            objectName: "problemsBanner"
            Layout.fillWidth: true
            visible: root.library.problemCount > 0
            kind: Banner.Notice
            title: qsTr("%n file(s) cannot be used as a model.", "", root.library.problemCount)
            detail: root.library.problems
        }
        Card {
            title: qsTr("On this machine")

            Label {
                objectName: "diskUse"
                Layout.fillWidth: true
                visible: root.library.hasScanned
                text: {
                    const disk = root.library.freeDiskBytes < 0 ? qsTr("Downloaded models take %1 on the disk.").arg(Format.bytes(root.library.diskBytes)) : qsTr("Downloaded models take %1 on the disk, %2 are free.").arg(Format.bytes(root.library.diskBytes)).arg(Format.bytes(root.library.freeDiskBytes))
                    return root.library.freeMemoryBytes < 0 ? disk : qsTr("%1 Free memory: %2.").arg(disk).arg(Format.bytes(root.library.freeMemoryBytes))
                }
                color: Theme.muted
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSmall
            }
            Label {
                objectName: "nothingInstalled"
                Layout.fillWidth: true
                visible: installed.count === 0
                text: root.library.hasScanned ? qsTr("No models are installed. Download one below, drop one here, or put a folder with both GGUF files into %1.").arg(root.library.folder) : qsTr("Looking for models…")
                color: Theme.muted
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontLabel
            }
            Repeater {
                id: installed

                objectName: "installedModels"
                model: root.library.installed
                delegate: LibraryRow {
                    id: entry

                    library: root.library
                    exports: root.app.exports
                    inUse: root.app.model.state === ModelViewModel.Ready && root.app.model.path === entry.path
                    onUse: {
                        root.app.model.load(entry.path)
                        root.used()
                    }
                    onLicenceWanted: before => licenceSheet.show(entry, before)
                    onExportWanted: exportDialog.ask(entry.modelId)
                }
            }
        }
        Card {
            title: qsTr("Available to download")

            Label {
                Layout.fillWidth: true
                text: available.count === 0 && root.library.hasScanned ? qsTr("Everything that Galago knows of is installed.") : qsTr("Published by their makers, over the network. What has come is kept when you pause or the connection breaks, and a model appears only when all of it is whole.")
                color: Theme.muted
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSmall
            }
            Repeater {
                id: available

                objectName: "availableModels"
                model: root.library.available
                delegate: LibraryRow {
                    id: offer

                    library: root.library
                    exports: root.app.exports
                    onLicenceWanted: before => licenceSheet.show(offer, before)
                }
            }
            AddressBox {
                library: root.library
            }
        }
        AddCard {
            imports: root.app.imports
        }
        BundleCard {
            objectName: "bundleCard"
            library: root.library
            exports: root.app.exports
        }
    }
}
