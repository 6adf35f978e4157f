// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The licence of a model, to be read; before a download, with the choice to go on.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

Popup {
    id: root

    /// What it lies over.
    required property Item cover
    property string modelId
    property string modelName
    property string licence
    property string licenceText
    property string licenceUrl
    property real bytes: 0
    /// Whether it is asked if the model is to be downloaded.
    property bool asks: false

    signal agreed

    function show(row: LibraryRow, before: bool) {
        modelId = row.modelId
        modelName = row.name
        licence = row.licence
        licenceText = row.licenceText
        licenceUrl = row.licenceUrl
        bytes = row.bytes
        asks = before
        open()
    }

    parent: cover
    anchors.centerIn: parent
    width: Math.min(640, (parent ? parent.width : 640) - Theme.space4 * 2)
    height: Math.min(column.implicitHeight + padding * 2, (parent ? parent.height : 640) - Theme.space4 * 2)
    padding: Theme.space4
    modal: true
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    onOpened: (asks ? go : closeButton).forceActiveFocus(Qt.PopupFocusReason)

    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.surface
        border.color: Theme.border
    }
    ColumnLayout {
        id: column

        anchors.fill: parent
        spacing: Theme.space3

        Label {
            objectName: "licenceTitle"
            Layout.fillWidth: true
            text: root.asks ? qsTr("Download %1?").arg(root.modelName) : qsTr("Licence of %1").arg(root.modelName)
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontTitle
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Label {
            objectName: "licenceSummary"
            Layout.fillWidth: true
            text: {
                const size = root.asks && root.bytes > 0 ? qsTr("%1 come over the network.").arg(Format.bytes(root.bytes)) : ""
                const terms = root.licence !== "" ? qsTr("Its publisher states this licence: %1.").arg(root.licence) : root.licenceText !== "" ? qsTr("Its publisher states these terms:") : qsTr("Under which licence it is published is not known. Ask its publisher before you use it for more than trying it out.")
                return size === "" ? terms : size + " " + terms
            }
            color: Theme.muted
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontLabel
        }
        ScrollView {
            id: scroller

            objectName: "licenceScroller"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: 320
            visible: root.licenceText !== ""
            clip: true
            contentWidth: availableWidth

            TextArea {
                objectName: "licenceText"
                width: scroller.availableWidth
                text: root.licenceText
                textFormat: TextEdit.PlainText
                readOnly: true
                selectByMouse: true
                wrapMode: TextEdit.Wrap
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                font.pixelSize: Theme.fontSmall
                KeyNavigation.priority: KeyNavigation.BeforeItem
                KeyNavigation.tab: root.asks ? go : closeButton
                Accessible.name: qsTr("Text of the licence")
                background: Rectangle {
                    radius: Theme.radiusControl
                    color: Theme.background
                    border.color: Theme.border
                }
            }
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.space2

            TextButton {
                id: go

                objectName: "agreeAndDownload"
                visible: root.asks
                kind: TextButton.Primary
                iconName: "download"
                text: qsTr("Download")
                onClicked: {
                    root.close()
                    root.agreed()
                }
            }
            TextButton {
                objectName: "licencePage"
                visible: root.licenceUrl !== ""
                iconName: "info"
                text: qsTr("Its page on the web")
                onClicked: Qt.openUrlExternally(root.licenceUrl)
            }
            TextButton {
                id: closeButton

                objectName: "closeLicence"
                kind: TextButton.Quiet
                iconName: "close"
                text: root.asks ? qsTr("Not now") : qsTr("Close")
                onClicked: root.close()
            }
        }
    }
}
