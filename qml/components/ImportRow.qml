// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Something to be imported: what it is, what has to be decided, how far it is, and what went wrong.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

ColumnLayout {
    id: root

    required property ImportViewModel imports
    required property int entryId
    required property string name
    required property int kind
    required property int step
    required property string folder
    required property var models
    required property real bytes
    required property real share
    required property var sizeNames
    required property var sizeBytes
    required property int size
    required property int missing
    required property string missingName
    required property bool hasSettings
    required property bool hasSamples
    required property bool takesSettings
    required property bool takesSamples
    required property bool isInstalled
    required property string usePath
    required property string errorTitle
    required property string errorHint
    required property string errorDetail
    readonly property bool isReady: step === ImportListModel.Ready
    readonly property bool needsFolder: missing !== ImportListModel.Nothing && (isReady || step === ImportListModel.Failed)

    signal use
    signal folderWanted

    function kindText(): string {
        switch (kind) {
        case ImportListModel.Pair:
            return qsTr("Pair of GGUF files")
        case ImportListModel.Checkpoint:
            return qsTr("Original checkpoint")
        case ImportListModel.Adapter:
            return qsTr("LoRA adapter")
        case ImportListModel.Pack:
            return qsTr("Pack")
        case ImportListModel.Bundle:
            return qsTr("Bundle")
        }
        return ""
    }

    function summaryText(): string {
        const kind = kindText()
        const taken = bytes > 0 ? qsTr("takes %1").arg(Format.bytes(bytes)) : ""
        const what = kind === "" || taken === "" ? kind + taken : kind + " · " + taken
        return what === "" || folder === "" ? what + folder : what + " · " + folder
    }

    function stateText(): string {
        switch (step) {
        case ImportListModel.Waiting:
            return qsTr("Waits for its turn…")
        case ImportListModel.Working:
            return kind === ImportListModel.Checkpoint || kind === ImportListModel.Adapter ? qsTr("Converting, %1").arg(Format.percent(share)) : qsTr("Copying and checking, %1").arg(Format.percent(share))
        case ImportListModel.Done:
            return qsTr("Imported as %1.").arg(models.join(", "))
        }
        return ""
    }

    function focusFirst() {
        for (const button of [importButton, folderButton, leaveButton])
            if (button.visible)
                return button.forceActiveFocus(Qt.OtherFocusReason)
    }

    Layout.fillWidth: true
    spacing: Theme.space1
    Accessible.role: Accessible.Grouping
    Accessible.name: name
    Accessible.description: summary.text

    Label {
        objectName: "importName"
        Layout.fillWidth: true
        text: root.name
        elide: Text.ElideMiddle
        font.pixelSize: Theme.fontBody
        font.weight: Font.DemiBold
    }
    Label {
        id: summary

        objectName: "importSummary"
        Layout.fillWidth: true
        text: root.summaryText()
        color: Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    Label {
        objectName: "importContent"
        Layout.fillWidth: true
        visible: root.kind === ImportListModel.Bundle && root.isReady
        text: qsTr("Holds %1.").arg(root.models.join(", "))
        color: Theme.muted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSmall
    }
    Label {
        objectName: "importReplaces"
        Layout.fillWidth: true
        visible: root.isInstalled && root.isReady
        text: root.models.length === 1 ? qsTr("%1 is installed already: importing this replaces it.").arg(root.models[0]) : qsTr("Models of these names are installed already: importing this replaces them.")
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontLabel
    }
    Banner {
        objectName: "importError"
        Layout.fillWidth: true
        Layout.topMargin: Theme.space1
        visible: root.errorTitle !== ""
        title: root.errorTitle
        hint: root.errorHint
        detail: root.errorDetail
    }
    Label {
        objectName: "importMissing"
        Layout.fillWidth: true
        visible: root.needsFolder
        text: root.missing === ImportListModel.Base ? qsTr("This adapter changes another model, “%1”. Choose the folder of that model.").arg(root.missingName) : qsTr("This model sees through “%1”, which is not beside it. Choose the folder of that vision tower.").arg(root.missingName)
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontLabel
    }
    SettingRow {
        visible: root.isReady && root.sizeNames.length > 0
        narrow: true
        name: qsTr("Precision")
        note: qsTr("Smaller is faster and needs less memory; larger is closer to the original. q4_K_M suits most.")

        ChoiceBox {
            objectName: "importSize"
            Layout.fillWidth: true
            Layout.maximumWidth: 320
            name: qsTr("Precision")
            model: root.sizeNames.map((name, index) => qsTr("%1, %2").arg(name).arg(Format.bytes(root.sizeBytes[index])))
            currentIndex: root.size
            onActivated: index => root.imports.chooseSize(root.entryId, index)
        }
    }
    SettingRow {
        visible: root.isReady && root.hasSettings
        narrow: false
        name: qsTr("Take its settings")
        note: qsTr("In place of those of this machine. What belongs to the processor stays.")

        Toggle {
            objectName: "importSettings"
            name: qsTr("Take its settings")
            checked: root.takesSettings
            onToggled: root.imports.takeSettings(root.entryId, checked)
        }
    }
    SettingRow {
        visible: root.isReady && root.hasSamples
        narrow: false
        name: qsTr("Take its sample pictures")

        Toggle {
            objectName: "importSamples"
            name: qsTr("Take its sample pictures")
            checked: root.takesSamples
            onToggled: root.imports.takeSamples(root.entryId, checked)
        }
    }
    ProgressTrack {
        objectName: "importTrack"
        Layout.fillWidth: true
        Layout.topMargin: Theme.space1
        visible: root.step === ImportListModel.Working
        value: root.share
        label: qsTr("Importing %1").arg(root.name)
    }
    RowLayout {
        visible: stateLabel.text !== ""
        spacing: Theme.space2

        Icon {
            visible: root.step === ImportListModel.Done
            name: "check"
            color: Theme.ok
            size: 16
        }
        Label {
            id: stateLabel

            objectName: "importState"
            Layout.fillWidth: true
            text: root.stateText()
            color: Theme.muted
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontSmall
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.space2

        TextButton {
            id: importButton

            objectName: "startImport"
            visible: root.isReady && !root.needsFolder
            kind: TextButton.Primary
            iconName: "plus"
            text: root.isInstalled ? qsTr("Replace") : qsTr("Import")
            Accessible.name: root.isInstalled ? qsTr("Replace with %1").arg(root.name) : qsTr("Import %1").arg(root.name)
            onClicked: root.imports.start(root.entryId)
        }
        TextButton {
            id: folderButton

            objectName: "chooseImportFolder"
            visible: root.needsFolder
            kind: TextButton.Primary
            iconName: "folder"
            text: qsTr("Choose folder…")
            Accessible.name: qsTr("Choose the folder of %1").arg(root.missingName)
            onClicked: root.folderWanted()
        }
        TextButton {
            objectName: "retryImport"
            visible: root.step === ImportListModel.Failed && !root.needsFolder
            iconName: "again"
            text: qsTr("Try again")
            Accessible.name: qsTr("Try again to import %1").arg(root.name)
            onClicked: root.imports.start(root.entryId)
        }
        TextButton {
            objectName: "useImport"
            visible: root.usePath !== ""
            kind: root.step === ImportListModel.Done ? TextButton.Primary : TextButton.Plain
            iconName: "chat"
            text: root.step === ImportListModel.Done ? qsTr("Use") : qsTr("Use without importing")
            Accessible.name: root.step === ImportListModel.Done ? qsTr("Use %1").arg(root.name) : qsTr("Use %1 from where it is").arg(root.name)
            onClicked: root.use()
        }
        TextButton {
            objectName: "stopImport"
            visible: root.step === ImportListModel.Working || root.step === ImportListModel.Waiting
            iconName: "stop"
            text: qsTr("Stop")
            Accessible.name: qsTr("Stop importing %1").arg(root.name)
            onClicked: root.imports.stop(root.entryId)
        }
        TextButton {
            id: leaveButton

            objectName: "dismissImport"
            visible: root.step !== ImportListModel.Working && root.step !== ImportListModel.Waiting
            kind: TextButton.Quiet
            iconName: "close"
            text: root.step === ImportListModel.Done ? qsTr("Close") : qsTr("Leave out")
            Accessible.name: root.step === ImportListModel.Done ? qsTr("Close the news of %1").arg(root.name) : qsTr("Leave out %1").arg(root.name)
            onClicked: root.imports.dismiss(root.entryId)
        }
    }
}
