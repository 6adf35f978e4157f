// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The models to choose from, under the button that names the one in use.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Popup {
    id: root

    required property AppViewModel app

    signal openFile
    signal showModels

    function focusFirst() {
        list.currentIndex = Math.min(0, list.count - 1)
        if (list.count > 0)
            list.forceActiveFocus(Qt.PopupFocusReason)
        else
            open.forceActiveFocus(Qt.PopupFocusReason)
    }

    width: Math.min(420, parent ? parent.Window.width - Theme.space4 * 2 : 420)
    padding: Theme.space2
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    onAboutToShow: app.models.refresh()
    onOpened: focusFirst()

    // Rows that a search has replaced took the focus with them.
    Connections {
        target: root.app.models

        function onModelReset() {
            if (root.visible)
                root.focusFirst()
        }
    }

    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.surface
        border.color: Theme.border
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.space1

        Label {
            Layout.margins: Theme.space2
            text: root.app.models.searching && list.count === 0 ? qsTr("Looking for models…") : list.count === 0 ? qsTr("No models are installed") : qsTr("Models")
            color: Theme.muted
            font.pixelSize: Theme.fontSmall
        }
        ListView {
            id: list

            objectName: "modelList"
            Layout.fillWidth: true
            // With room for what is around it in the smallest window.
            implicitHeight: Math.min(contentHeight, 300, Math.max(Theme.target * 2, (root.parent ? root.parent.Window.height : 820) - 350))
            clip: true
            keyNavigationEnabled: true
            model: root.app.models
            // Found while the chooser is open.
            onCountChanged: if (root.opened && open.activeFocus)
                root.focusFirst()
            delegate: ModelRow {
                id: entry

                width: list.width
                current: root.app.model.state === ModelViewModel.Ready && root.app.model.path === entry.path
                focus: ListView.isCurrentItem
                onClicked: {
                    root.close()
                    root.app.model.load(entry.path)
                }
            }
            ScrollBar.vertical: ScrollBar {
            }
            Keys.onTabPressed: open.forceActiveFocus(Qt.TabFocusReason)
        }
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: 1
            color: Theme.border
        }
        Label {
            objectName: "howToGetOne"
            Layout.fillWidth: true
            Layout.margins: Theme.space2
            text: qsTr("For photographs, download a MobileVLM model, put one (two GGUF files) into %1, or open it here.").arg(root.app.models.userFolder)
            color: Theme.muted
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontSmall
        }
        TextButton {
            objectName: "stopLoading"
            Layout.fillWidth: true
            visible: root.app.model.state === ModelViewModel.Loading
            kind: TextButton.Quiet
            iconName: "stop"
            text: qsTr("Stop loading %1").arg(root.app.model.name)
            onClicked: {
                root.close()
                root.app.model.cancel()
            }
        }
        TextButton {
            objectName: "moreModels"
            Layout.fillWidth: true
            kind: TextButton.Quiet
            iconName: "download"
            text: qsTr("Download and manage models…")
            onClicked: {
                root.close()
                root.showModels()
            }
        }
        TextButton {
            id: open

            objectName: "openModelFile"

            Layout.fillWidth: true
            kind: TextButton.Quiet
            iconName: "folder"
            text: qsTr("Open a GGUF file…")
            onClicked: {
                root.close()
                root.openFile()
            }
        }
    }
}
