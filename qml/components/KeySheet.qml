// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// All keys of the window, over it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

Popup {
    id: root

    readonly property bool wide: width >= 720

    anchors.centerIn: parent
    width: Math.min(920, (parent ? parent.width : 920) - Theme.space3 * 2)
    height: Math.min(heading.implicitHeight + keys.implicitHeight + Theme.space4 * 3, (parent ? parent.height : 640) - Theme.space3 * 2)
    padding: Theme.space4
    modal: true
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    onOpened: closeButton.forceActiveFocus(Qt.PopupFocusReason)

    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.surface
        border.color: Theme.border
    }
    contentItem: ColumnLayout { // qmllint disable deferred-property-id
        spacing: Theme.space4
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Keyboard")

        RowLayout {
            id: heading

            Label {
                Layout.fillWidth: true
                text: qsTr("Keyboard")
                font.pixelSize: Theme.fontTitle
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            IconButton {
                id: closeButton

                objectName: "closeKeys"
                iconName: "close"
                text: qsTr("Close")
                onClicked: root.close()
                Keys.onUpPressed: scroller.scrollBy(-60)
                Keys.onDownPressed: scroller.scrollBy(60)
            }
        }
        Flickable {
            id: scroller

            function scrollBy(pixels: real) {
                contentY = Math.max(0, Math.min(contentHeight - height, contentY + pixels))
            }

            objectName: "keyList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            contentHeight: keys.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            ScrollBar.vertical: ScrollBar {
            }

            GridLayout {
                id: keys

                width: scroller.width - Theme.space3
                columns: root.wide ? 2 : 1
                columnSpacing: Theme.space6
                rowSpacing: Theme.space5

                Repeater {
                    // Those of everywhere are about as many as all others.
                    model: [KeyMap.groups.slice(0, 1), KeyMap.groups.slice(1)]

                    ColumnLayout {
                        id: column

                        required property var modelData

                        Layout.fillWidth: true
                        Layout.preferredWidth: 1
                        Layout.alignment: Qt.AlignTop
                        spacing: Theme.space5

                        Repeater {
                            model: column.modelData

                            KeyGroup {
                                required property var modelData

                                Layout.fillWidth: true
                                title: modelData.title
                                rows: modelData.rows
                            }
                        }
                    }
                }
            }
        }
    }
}
