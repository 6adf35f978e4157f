// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A picture as large as the window, whole or as the model sees it, to be zoomed and moved.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago

Popup {
    id: root

    /// Of a side, as the model takes pictures; 0: it takes none.
    property int modelSize: 0
    property string pictureId
    /// As the model sees it.
    property bool seen: false
    /// 1: as large as the window.
    property real zoom: 1
    /// Of the picture's centre from the window's, in pixels.
    property point pan: Qt.point(0, 0)
    readonly property real fitted: image.implicitWidth > 0 ? Math.min(stage.width / image.implicitWidth, stage.height / image.implicitHeight) : 1
    /// Pixels of the window for one of the picture.
    readonly property real magnification: fitted * zoom
    readonly property real mostZoom: Math.max(8, 8 / fitted)

    function show(id: string, asSeen: bool) {
        pictureId = id
        showSeen(asSeen)
        open()
    }

    function fit() {
        zoom = 1
        pan = Qt.point(0, 0)
    }

    /// What lies at `at`, counted from the centre, stays there.
    function zoomTo(value: real, at: point) {
        const next = Math.min(mostZoom, Math.max(1, value))
        const ratio = next / zoom
        zoom = next
        moveTo(at.x - (at.x - pan.x) * ratio, at.y - (at.y - pan.y) * ratio)
    }

    /// As far as there is more of the picture to see.
    function moveTo(x: real, y: real) {
        const spareX = Math.max(0, (image.implicitWidth * magnification - stage.width) / 2)
        const spareY = Math.max(0, (image.implicitHeight * magnification - stage.height) / 2)
        pan = Qt.point(Math.min(spareX, Math.max(-spareX, x)), Math.min(spareY, Math.max(-spareY, y)))
    }

    function moveBy(x: real, y: real) {
        moveTo(pan.x + x, pan.y + y)
    }

    /// What a key of KeyMap.picture does.
    function run(action: string) {
        switch (action) {
        case "larger":
            return zoomTo(zoom * 1.25, Qt.point(0, 0))
        case "smaller":
            return zoomTo(zoom / 1.25, Qt.point(0, 0))
        case "fit":
            return fit()
        case "left":
            return moveBy(stage.width / 8, 0)
        case "right":
            return moveBy(-stage.width / 8, 0)
        case "up":
            return moveBy(0, stage.height / 8)
        case "down":
            return moveBy(0, -stage.height / 8)
        case "seen":
            return showSeen(!seen)
        }
    }

    function showSeen(asSeen: bool) {
        seen = asSeen && modelSize > 0
        fit()
    }

    function fromCentre(position: point): point {
        return Qt.point(position.x - stage.width / 2, position.y - stage.height / 2)
    }

    width: parent ? parent.width : 0
    height: parent ? parent.height : 0
    padding: 0
    modal: true
    focus: true
    closePolicy: Popup.CloseOnEscape
    onOpened: closeButton.forceActiveFocus(Qt.PopupFocusReason)
    onWidthChanged: moveBy(0, 0)
    onHeightChanged: moveBy(0, 0)

    background: Rectangle {
        color: Theme.background
    }
    contentItem: Item { // qmllint disable deferred-property-id
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("The picture, large")

        Instantiator {
            model: Object.keys(KeyMap.picture)

            Shortcut {
                required property string modelData

                sequences: KeyMap.picture[modelData]
                // A popup's shortcuts would be heard while it is closed.
                enabled: root.opened
                onActivated: root.run(modelData)
            }
        }

        ColumnLayout {
            anchors.fill: parent
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                Layout.margins: Theme.space2
                spacing: Theme.space2

                Item {
                    Layout.fillWidth: true
                    visible: !choice.visible
                }
                Segments {
                    id: choice

                    objectName: "viewerChoice"
                    Layout.fillWidth: true
                    Layout.maximumWidth: 420
                    visible: root.modelSize > 0
                    options: [qsTr("Whole"), qsTr("As the model sees it")]
                    name: qsTr("How the picture is shown")
                    current: root.seen ? 1 : 0
                    onChosen: index => root.showSeen(index === 1)
                }
                Item {
                    Layout.fillWidth: true
                    visible: choice.visible
                }
                IconButton {
                    id: closeButton

                    objectName: "viewerClose"
                    iconName: "close"
                    text: qsTr("Close")
                    onClicked: root.close()
                }
            }
            Item {
                id: stage

                objectName: "viewerStage"
                Layout.fillWidth: true
                Layout.fillHeight: true
                clip: true

                Image {
                    id: image

                    objectName: "viewerPicture"
                    x: (stage.width - width) / 2 + root.pan.x
                    y: (stage.height - height) / 2 + root.pan.y
                    width: implicitWidth * root.magnification
                    height: implicitHeight * root.magnification
                    source: !root.visible || root.pictureId === "" ? "" : `image://pictures/${root.pictureId}${root.seen ? `/seen/${root.modelSize}` : ""}`
                    // More is neither seen nor held by every graphics card.
                    sourceSize.width: 4096
                    sourceSize.height: 4096
                    asynchronous: true
                    mipmap: true
                    // Enlarged, each pixel of it is to be seen.
                    smooth: root.magnification < 2
                    Accessible.role: Accessible.Graphic
                    Accessible.name: root.seen ? qsTr("The picture as the model sees it") : qsTr("The picture")
                }
                BusyIndicator {
                    anchors.centerIn: parent
                    running: image.status === Image.Loading
                    visible: running
                }
                Label {
                    anchors.centerIn: parent
                    width: parent.width - Theme.space5
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.Wrap
                    visible: image.status === Image.Error
                    text: qsTr("This picture cannot be shown.")
                    color: Theme.muted
                    font.pixelSize: Theme.fontBody
                }
                WheelHandler {
                    acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
                    onWheel: event => root.zoomTo(root.zoom * Math.pow(1.0015, event.angleDelta.y), root.fromCentre(Qt.point(event.x, event.y)))
                }
                PinchHandler {
                    id: pinch

                    property real zoomBefore: 1

                    target: null
                    onActiveChanged: zoomBefore = root.zoom
                    onActiveScaleChanged: if (active)
                        root.zoomTo(zoomBefore * activeScale, root.fromCentre(centroid.position))
                }
                DragHandler {
                    property point panBefore: Qt.point(0, 0)

                    target: null
                    onActiveChanged: panBefore = root.pan
                    onActiveTranslationChanged: if (active)
                        root.moveTo(panBefore.x + activeTranslation.x, panBefore.y + activeTranslation.y)
                }
                MouseArea {
                    anchors.fill: parent
                    cursorShape: root.zoom > 1 ? Qt.OpenHandCursor : Qt.ArrowCursor
                    // The whole, and its pixels one by one, or twice as large where it has fewer than the window.
                    onDoubleClicked: mouse => root.zoom > 1 ? root.fit() : root.zoomTo(Math.max(2, 1 / root.fitted), root.fromCentre(Qt.point(mouse.x, mouse.y)))
                }
            }
            Label {
                objectName: "viewerNote"
                Layout.fillWidth: true
                Layout.leftMargin: Theme.space4
                Layout.rightMargin: Theme.space4
                visible: root.seen
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("%1 × %1 pixels, padded to a square: small print is lost on the model.").arg(root.modelSize)
                color: Theme.muted
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSmall
            }
            RowLayout {
                Layout.alignment: Qt.AlignHCenter
                Layout.margins: Theme.space2
                spacing: Theme.space1

                IconButton {
                    objectName: "viewerSmaller"
                    iconName: "minus"
                    text: qsTr("Smaller")
                    enabled: root.zoom > 1
                    onClicked: root.run("smaller")
                }
                TextButton {
                    objectName: "viewerFit"
                    // Wide enough for any number, so that its neighbours stay where they are.
                    Layout.preferredWidth: 112
                    kind: TextButton.Quiet
                    text: Format.percent(root.magnification)
                    Accessible.name: qsTr("%1: show the whole picture").arg(text)
                    onClicked: root.fit()
                }
                IconButton {
                    objectName: "viewerLarger"
                    iconName: "plus"
                    text: qsTr("Larger")
                    enabled: root.zoom < root.mostZoom
                    onClicked: root.run("larger")
                }
            }
        }
    }
}
