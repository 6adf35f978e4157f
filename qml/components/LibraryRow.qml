// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A model of the page of models: what it is, whether it fits, what is being done, and what can be.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

ColumnLayout {
    id: root

    required property LibraryViewModel library
    required property ExportViewModel exports
    required property string modelId
    required property string name
    required property string quantisation
    required property string licence
    required property string licenceText
    required property string licenceUrl
    required property string source
    required property string note
    required property string folder
    required property string path
    required property real bytes
    required property real memoryBytes
    required property real rate
    required property string rateDevice
    required property int rateThreads
    required property int fit
    required property string typeThatFits
    required property int origin
    required property bool isBuiltIn
    required property bool isRemovable
    required property bool canGet
    required property bool isOwn
    required property int check
    required property real checkProgress
    required property string checkDetail
    required property int transfer
    required property real transferProgress
    required property real bytesDone
    required property real bytesTotal
    required property real bytesPerSecond
    required property real secondsLeft
    required property string errorTitle
    required property string errorHint
    required property string errorDetail
    property bool inUse: false
    property bool detailsShown: false
    readonly property bool isInstalled: path !== ""
    readonly property bool isMoving: transfer === LibraryListModel.Preparing || transfer === LibraryListModel.Receiving || transfer === LibraryListModel.Retrying

    signal use
    /// To be read; `before` a download, to be agreed to.
    signal licenceWanted(bool before)
    signal exportWanted

    function fitText(): string {
        switch (fit) {
        case LibraryListModel.Fits:
            return qsTr("fits into the memory (needs %1)").arg(Format.bytes(memoryBytes))
        case LibraryListModel.Tight:
            return qsTr("tight in the memory (needs %1)").arg(Format.bytes(memoryBytes))
        case LibraryListModel.WontFit:
            return typeThatFits === "" ? qsTr("won't fit into the memory (needs %1)").arg(Format.bytes(memoryBytes)) : qsTr("won't fit into the memory (needs %1): try %2").arg(Format.bytes(memoryBytes)).arg(typeThatFits)
        }
        return memoryBytes > 0 ? qsTr("needs %1 of memory").arg(Format.bytes(memoryBytes)) : ""
    }

    function transferText(): string {
        switch (transfer) {
        case LibraryListModel.Preparing:
            return qsTr("Connecting…")
        case LibraryListModel.Finishing:
            return qsTr("Moving into place…")
        case LibraryListModel.Retrying:
            return qsTr("The connection was lost. Trying again…")
        }
        const done = bytesTotal > 0 ? qsTr("%1 of %2").arg(Format.bytes(bytesDone)).arg(Format.bytes(bytesTotal)) : Format.bytes(bytesDone)
        if (transfer === LibraryListModel.Paused)
            return qsTr("Paused, %1").arg(done)
        if (bytesPerSecond <= 0)
            return done
        const rate = qsTr("%1, %2 a second").arg(done).arg(Format.bytes(bytesPerSecond))
        return secondsLeft < 0 ? rate : qsTr("%1, %2").arg(rate).arg(Format.secondsLeft(secondsLeft))
    }

    function detailsText(): string {
        let text = licence !== "" ? qsTr("Licence: %1").arg(licence) : ""
        text = joined(text, source !== "" ? qsTr("From: %1").arg(source) : "", "\n")
        text = joined(text, folder !== "" ? qsTr("Folder: %1").arg(folder) : "", "\n")
        text = joined(text, rate > 0 ? qsTr("Measured here: %1 in the latest answer (%2, %n thread(s)).", "", rateThreads).arg(Format.rate(rate)).arg(rateDevice === "cpu" ? qsTr("CPU") : rateDevice) : "", "\n")
        return joined(text, note, "\n")
    }
    function joined(first: string, second: string, separator: string): string {
        return first === "" ? second : second === "" ? first : first + separator + second
    }
    function summaryText(): string {
        const size = bytes > 0 ? Format.bytes(bytes) : qsTr("size not known")
        const fits = joined(joined(quantisation, size, " · "), fitText(), " · ")
        return rate > 0 ? joined(fits, qsTr("%1 here").arg(Format.rate(rate)), " · ") : fits
    }

    Layout.fillWidth: true
    spacing: Theme.space1
    Accessible.role: Accessible.Grouping
    Accessible.name: name
    Accessible.description: summary.text

    Rectangle {
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.space2
        implicitHeight: 1
        color: Theme.border
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space2

        Label {
            objectName: "modelName"
            Layout.fillWidth: !badge.visible && !root.inUse
            text: root.name
            elide: Text.ElideRight
            font.pixelSize: Theme.fontBody
            font.weight: Font.DemiBold
        }
        Badge {
            id: badge

            objectName: "modelBadge"
            visible: text !== ""
            text: root.isBuiltIn ? qsTr("Demonstration") : root.origin === LibraryListModel.OtherProgram ? qsTr("Of another program") : ""
        }
        Badge {
            objectName: "inUseBadge"
            visible: root.inUse
            text: qsTr("In use")
        }
        Item {
            visible: badge.visible || root.inUse
            Layout.fillWidth: true
        }
    }
    Label {
        id: summary

        objectName: "modelSummary"
        Layout.fillWidth: true
        text: root.summaryText()
        color: root.fit === LibraryListModel.WontFit ? Theme.danger : Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    ProgressTrack {
        objectName: "transferTrack"
        Layout.fillWidth: true
        Layout.topMargin: Theme.space1
        visible: root.transfer !== LibraryListModel.NoTransfer && root.transfer !== LibraryListModel.Failed
        value: root.transferProgress
        label: qsTr("Downloading %1").arg(root.name)
    }
    Label {
        objectName: "transferText"
        Layout.fillWidth: true
        visible: root.transfer !== LibraryListModel.NoTransfer && root.transfer !== LibraryListModel.Failed
        text: root.transferText()
        color: Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    Banner {
        objectName: "transferError"
        Layout.fillWidth: true
        visible: root.transfer === LibraryListModel.Failed
        title: root.errorTitle
        hint: root.errorHint
        detail: root.errorDetail
    }
    ProgressTrack {
        Layout.fillWidth: true
        Layout.topMargin: Theme.space1
        visible: root.check === LibraryListModel.Checking
        value: root.checkProgress
        label: qsTr("Checking %1").arg(root.name)
    }
    RowLayout {
        visible: root.check !== LibraryListModel.NotChecked && !root.isMoving
        spacing: Theme.space2

        Icon {
            visible: root.check !== LibraryListModel.Checking
            name: root.check === LibraryListModel.Whole ? "check" : "warning"
            color: root.check === LibraryListModel.Whole ? Theme.ok : Theme.danger
            size: 16
        }
        Label {
            objectName: "checkText"
            Layout.fillWidth: true
            text: root.check === LibraryListModel.Checking ? qsTr("Reading every byte…") : root.check === LibraryListModel.Whole ? qsTr("All files are whole.") : root.canGet ? qsTr("Damaged: %1").arg(root.checkDetail) : qsTr("Damaged: %1. Where it came from is not known: get it again and replace it.").arg(root.checkDetail)
            color: root.check === LibraryListModel.Damaged ? Theme.danger : Theme.muted
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontSmall
        }
    }
    Label {
        objectName: "modelDetails"
        Layout.fillWidth: true
        visible: root.detailsShown
        text: root.detailsText()
        textFormat: Text.PlainText
        color: Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.space2

        TextButton {
            objectName: "useModel"
            visible: root.isInstalled && !root.inUse
            iconName: "chat"
            text: qsTr("Use")
            Accessible.name: qsTr("Use %1").arg(root.name)
            onClicked: root.use()
        }
        TextButton {
            objectName: "repairModel"
            visible: root.isInstalled && root.canGet && root.check === LibraryListModel.Damaged && root.transfer === LibraryListModel.NoTransfer
            kind: TextButton.Primary
            iconName: "download"
            text: qsTr("Repair")
            Accessible.name: qsTr("Repair %1").arg(root.name)
            onClicked: root.library.get(root.modelId)
        }
        TextButton {
            objectName: "getModel"
            visible: root.canGet && (!root.isInstalled && root.transfer === LibraryListModel.NoTransfer || root.transfer === LibraryListModel.Paused || root.transfer === LibraryListModel.Failed)
            iconName: "download"
            text: root.transfer === LibraryListModel.NoTransfer ? qsTr("Download") : qsTr("Go on")
            Accessible.name: root.transfer === LibraryListModel.NoTransfer ? qsTr("Download %1").arg(root.name) : qsTr("Go on downloading %1").arg(root.name)
            // What was begun was agreed to.
            onClicked: root.transfer === LibraryListModel.NoTransfer ? root.licenceWanted(true) : root.library.get(root.modelId)
        }
        TextButton {
            objectName: "pauseTransfer"
            visible: root.isMoving
            iconName: "pause"
            text: qsTr("Pause")
            Accessible.name: qsTr("Pause downloading %1").arg(root.name)
            onClicked: root.library.pause(root.modelId)
        }
        TextButton {
            objectName: "cancelTransfer"
            visible: root.isMoving || root.transfer === LibraryListModel.Paused || root.transfer === LibraryListModel.Failed
            kind: TextButton.Quiet
            iconName: "close"
            text: qsTr("Discard")
            Accessible.name: qsTr("Discard what has come of %1").arg(root.name)
            onClicked: root.library.cancel(root.modelId)
        }
        TextButton {
            objectName: "checkModel"
            visible: root.isInstalled && root.check !== LibraryListModel.Checking && !root.isMoving
            kind: TextButton.Quiet
            iconName: "check"
            text: qsTr("Check files")
            Accessible.name: qsTr("Check the files of %1").arg(root.name)
            onClicked: root.library.verify(root.modelId)
        }
        TextButton {
            objectName: "stopCheck"
            visible: root.check === LibraryListModel.Checking
            kind: TextButton.Quiet
            iconName: "stop"
            text: qsTr("Stop")
            Accessible.name: qsTr("Stop checking")
            onClicked: root.library.stopVerifying()
        }
        TextButton {
            objectName: "openFolder"
            visible: root.isInstalled
            kind: TextButton.Quiet
            iconName: "folder"
            text: qsTr("Open folder")
            Accessible.name: qsTr("Open the folder of %1").arg(root.name)
            onClicked: Qt.openUrlExternally(root.library.folderUrl(root.modelId))
        }
        TextButton {
            objectName: "readLicence"
            visible: root.isInstalled && !root.isMoving || root.licenceText !== "" || root.licenceUrl !== ""
            kind: TextButton.Quiet
            iconName: "info"
            text: qsTr("Licence")
            Accessible.name: qsTr("Licence of %1").arg(root.name)
            onClicked: root.licenceWanted(false)
        }
        TextButton {
            objectName: "exportModel"
            visible: root.isInstalled && root.exports.offered && !root.isMoving
            enabled: root.exports.share < 0
            kind: TextButton.Quiet
            iconName: "export"
            text: qsTr("Export…")
            Accessible.name: qsTr("Export %1 as one file").arg(root.name)
            onClicked: root.exportWanted()
        }
        TextButton {
            objectName: "modelDetailsButton"
            visible: root.detailsText() !== ""
            kind: TextButton.Quiet
            iconName: "info"
            text: root.detailsShown ? qsTr("Hide details") : qsTr("Details")
            Accessible.name: root.detailsShown ? qsTr("Hide details of %1").arg(root.name) : qsTr("Details of %1").arg(root.name)
            onClicked: root.detailsShown = !root.detailsShown
        }
        TextButton {
            objectName: "forgetModel"
            visible: root.isOwn && !root.isInstalled && root.transfer === LibraryListModel.NoTransfer
            kind: TextButton.Quiet
            iconName: "remove"
            text: qsTr("Forget")
            Accessible.name: qsTr("Take %1 off this list").arg(root.name)
            onClicked: root.library.forget(root.modelId)
        }
        TextButton {
            objectName: "removeModel"
            visible: root.isRemovable && !root.isMoving
            kind: TextButton.Quiet
            iconName: "remove"
            text: qsTr("Remove")
            Accessible.name: qsTr("Remove %1").arg(root.name)
            onClicked: root.library.remove(root.modelId)
        }
    }
}
