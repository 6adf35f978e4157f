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

    width: Math.min(420, parent ? parent.Window.width - Theme.space4 * 2 : 420)
    padding: Theme.space2
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    onAboutToShow: app.models.refresh()
    onOpened: list.count > 0 ? list.forceActiveFocus(Qt.PopupFocusReason) : open.forceActiveFocus(Qt.PopupFocusReason)

    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.surface
        border.color: Theme.border
    }
    contentItem: ColumnLayout {
        spacing: Theme.space1

        Label {
            Layout.margins: Theme.space2
            text: root.app.models.searching && list.count === 0 ? qsTr("Looking for models…") : list.count === 0 ? qsTr("No models are installed") : qsTr("Installed models")
            color: Theme.muted
            font.pixelSize: Theme.fontSmall
        }
        ListView {
            id: list

            objectName: "modelList"
            Layout.fillWidth: true
            implicitHeight: Math.min(contentHeight, 300)
            clip: true
            keyNavigationEnabled: true
            model: root.app.models
            delegate: ModelRow {
                width: list.width
                current: root.app.model.state === ModelViewModel.Ready && root.app.model.path === path
                focus: ListView.isCurrentItem
                onClicked: {
                    root.close()
                    root.app.model.load(path)
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
        TextButton {
            id: open

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
