// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The window: places at the side, the chat, models side by side, the models or the settings, the status line; and what is offered
// everywhere: dropping pictures, and keys.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Galago
import Galago.Ui

ApplicationWindow {
    id: root

    required property AppViewModel app
    readonly property ChatViewModel chat: app.chat
    readonly property bool narrow: width < Theme.bottomBarBelow
    readonly property bool hasSide: width >= Theme.sheetBelow
    readonly property bool historyFits: hasSide && width - 72 - Theme.historyWidth - (app.settings.inspectorOpen ? Theme.inspectorWidth : 0) >= Theme.conversationWidth
    property int place: 0
    /// For languages that are read from right to left.
    property bool mirrored: Qt.locale().textDirection === Qt.RightToLeft

    function showChat() {
        place = 0
        chatScreen.focusPrompt()
    }

    function showSettings() {
        place = 1
        app.libraryFolder.refresh()
        settings.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    function showModels() {
        place = 2
        app.library.refresh()
        models.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    function showCompare() {
        place = 3
        compare.focusPrompt()
    }

    function showStage() {
        place = 4
        stage.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    function newChat() {
        chat.newChat()
        showChat()
    }

    /// Beside the chat where both have room, else as a sheet over it.
    function toggleHistory() {
        if (historyFits)
            app.settings.historyOpen = !app.settings.historyOpen
        else
            historySheet.opened ? historySheet.close() : historySheet.open()
    }

    function searchChats() {
        showChat()
        if (historyFits) {
            app.settings.historyOpen = true
            chatScreen.focusHistory()
        } else {
            historySheet.open()
        }
    }

    function exportChat(chatId: string, title: string) {
        historySheet.close()
        showChat()
        exportSheet.show(chatId, title)
    }

    /// What a key of KeyMap.everywhere does. Those of places lead back to the chat as well.
    function run(action: string) {
        switch (action) {
        case "newChat":
            return newChat()
        case "openPictures":
            return pictureDialog.open()
        case "paste":
            // With the prompt in focus it takes the paste itself, text included.
            return chat.pastePictures() ? showChat() : undefined
        case "leave":
            return place !== 0 ? showChat() : chat.busy ? chat.stop() : chat.cancelEdit()
        case "camera":
            return app.camera.supported ? cameraSheet.open() : undefined
        case "chooseModel":
            return topBar.chooseModel()
        case "models":
            return place === 2 ? showChat() : showModels()
        case "compare":
            return place === 3 ? showChat() : showCompare()
        case "stage":
            return place === 4 ? showChat() : showStage()
        case "settings":
            return place === 1 ? showChat() : showSettings()
        case "history":
            return toggleHistory()
        case "search":
            return searchChats()
        case "exportChat":
            return exportChat(app.history.current, chat.title)
        case "inspector":
            return toggleInspector()
        case "textLarger":
            return app.settings.textSize += 10
        case "textSmaller":
            return app.settings.textSize -= 10
        case "textUsual":
            return app.settings.textSize = 100
        case "keys":
            return keySheet.open()
        case "quit":
            return close()
        }
    }

    /// Whether a key of KeyMap.everywhere is listened to now.
    function listens(action: string): bool {
        switch (action) {
        case "leave":
            return chat.busy || chat.editing || place !== 0
        case "history":
            return app.history.offered && place === 0
        case "search":
            return app.history.offered
        case "exportChat":
            return chat.messages.count > 0
        }
        return true
    }

    /// Of an answer, for people who do not see it. A failed one has a banner, which is read out by itself.
    function outcome(state: int): string {
        switch (state) {
        case MessageListModel.Failed:
            return ""
        case MessageListModel.Stopped:
            return qsTr("The answer was stopped.")
        }
        return qsTr("Galago answered: %1").arg(app.speed.answer)
    }

    function toggleInspector() {
        if (hasSide)
            app.settings.inspectorOpen = !app.settings.inspectorOpen
        else
            sheet.opened ? sheet.close() : sheet.open()
    }

    width: 1280
    height: 820
    minimumWidth: 360
    minimumHeight: 480
    visible: true
    title: chat.title === "" ? "Galago" : qsTr("%1 – Galago").arg(chat.title)
    color: Theme.background
    font.pixelSize: Theme.fontBody
    LayoutMirroring.enabled: mirrored
    LayoutMirroring.childrenInherit: true
    palette.window: Theme.background
    palette.windowText: Theme.text
    palette.base: Theme.surface
    palette.text: Theme.text
    palette.button: Theme.raised
    palette.buttonText: Theme.text
    palette.highlight: Theme.accent
    palette.highlightedText: Theme.accentText
    palette.mid: Theme.border
    palette.dark: Theme.muted

    Component.onCompleted: chatScreen.focusPrompt()

    SystemPalette {
        id: system
    }
    Binding {
        target: Theme
        property: "dark"
        value: root.app.settings.theme === "dark" || (root.app.settings.theme === "system" && system.window.hslLightness < 0.5)
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: root.app.settings.reducedMotion
    }
    Binding {
        target: Theme
        property: "highContrast"
        value: root.app.settings.highContrast
    }
    Binding {
        target: Theme
        property: "textScale"
        value: root.app.settings.textSize / 100
    }

    Instantiator {
        model: Object.keys(KeyMap.everywhere)

        Shortcut {
            required property string modelData

            sequences: KeyMap.everywhere[modelData]
            enabled: root.listens(modelData)
            onActivated: root.run(modelData)
        }
    }

    FileDialog {
        id: pictureDialog

        title: qsTr("Add pictures")
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Pictures (%1)").arg("*.png *.jpg *.jpeg *.webp *.bmp *.gif"), qsTr("All files (%1)").arg("*")]
        onAccepted: {
            root.chat.attachUrls(selectedFiles)
            root.showChat()
        }
    }
    FileDialog {
        id: modelDialog

        title: qsTr("Open a model")
        nameFilters: [qsTr("GGUF models (%1)").arg("*.gguf"), qsTr("All files (%1)").arg("*")]
        onAccepted: {
            root.app.model.loadUrl(selectedFile)
            root.showChat()
        }
    }

    PictureDropArea {
        id: dropArea

        objectName: "dropArea"
        anchors.fill: parent
        chat: root.chat
        imports: root.app.imports
        prefersModels: root.place === 2
        onDropped: {
            root.requestActivate()
            root.showChat()
        }
        onModelsDropped: {
            root.requestActivate()
            root.showModels()
            models.contentY = 0
        }

        GridLayout {
            anchors.fill: parent
            columns: root.narrow ? 1 : 2
            rowSpacing: 0
            columnSpacing: 0

            Navigation {
                objectName: "navigation"
                Layout.row: root.narrow ? 2 : 0
                Layout.column: 0
                Layout.fillHeight: !root.narrow
                Layout.fillWidth: root.narrow
                horizontal: root.narrow
                current: root.place
                onNewChat: root.newChat()
                onChosen: place => place === 0 ? root.showChat() : place === 1 ? root.showSettings() : place === 2 ? root.showModels() : place === 3 ? root.showCompare() : root.showStage()
            }
            ColumnLayout {
                Layout.row: 0
                Layout.column: root.narrow ? 0 : 1
                spacing: 0

                TopBar {
                    id: topBar

                    Layout.fillWidth: true
                    app: root.app
                    title: root.place === 1 ? qsTr("Settings") : root.place === 2 ? qsTr("Models") : root.place === 3 ? qsTr("Compare") : root.place === 4 ? qsTr("Stage") : root.chat.title === "" ? qsTr("New chat") : root.chat.title
                    inspectorOffered: root.place === 0
                    historyOffered: root.place === 0 && root.app.history.offered
                    historyShown: root.historyFits ? root.app.settings.historyOpen : historySheet.opened
                    onHistoryToggled: root.toggleHistory()
                    inspectorShown: root.hasSide ? root.app.settings.inspectorOpen : sheet.opened
                    onInspectorToggled: root.toggleInspector()
                    onOpenModel: modelDialog.open()
                    onShowModels: root.showModels()
                }
                StackLayout {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    currentIndex: root.place

                    ChatScreen {
                        id: chatScreen

                        app: root.app
                        narrow: root.narrow
                        inspectorBeside: root.hasSide && root.app.settings.inspectorOpen
                        historyBeside: root.app.history.offered && root.historyFits && root.app.settings.historyOpen
                        onNewChat: root.newChat()
                        onExportAsked: (chatId, title) => root.exportChat(chatId, title)
                        onOpenPicture: pictureDialog.open()
                        onOpenCamera: cameraSheet.open()
                        onOpenModel: modelDialog.open()
                        onChooseModel: topBar.chooseModel()
                        onOpenSettings: root.showSettings()
                        onShowPicture: (id, asSeen) => viewer.show(id, asSeen)
                    }
                    SettingsScreen {
                        id: settings

                        objectName: "settings"
                        app: root.app
                        onShowKeys: keySheet.open()
                    }
                    ModelsScreen {
                        id: models

                        objectName: "models"
                        app: root.app
                        onUsed: root.showChat()
                    }
                    CompareScreen {
                        id: compare

                        objectName: "compare"
                        app: root.app
                    }
                    StageScreen {
                        id: stage

                        objectName: "stage"
                        app: root.app
                    }
                }
            }
            StatusLine {
                objectName: "statusLine"
                Layout.row: 1
                Layout.column: 0
                Layout.columnSpan: root.narrow ? 1 : 2
                Layout.fillWidth: true
                chat: root.chat
                model: root.app.model
                compact: root.narrow
            }
        }
        DropOverlay {
            objectName: "dropOverlay"
            anchors.fill: parent
            shown: dropArea.hovered
            forModel: dropArea.hoversModel
        }
    }

    Drawer {
        id: sheet

        edge: Qt.RightEdge
        width: Math.min(root.width - Theme.target, Theme.inspectorWidth + Theme.space6)
        height: root.height
        interactive: !root.hasSide
        background: Rectangle {
            color: Theme.surface
        }

        Inspector {
            id: sheetInspector

            objectName: "sheetInspector"
            anchors.fill: parent
            app: root.app
            onShowPicture: id => viewer.show(id, sheetInspector.asSeen)
        }
    }
    Drawer {
        id: historySheet

        edge: Qt.LeftEdge
        width: Math.min(root.width - Theme.target, Theme.historyWidth + Theme.space6)
        height: root.height
        interactive: !root.historyFits && root.place === 0 && root.app.history.offered
        onOpened: sheetHistory.focusSearch()
        background: Rectangle {
            color: Theme.surface
        }

        HistoryPanel {
            id: sheetHistory

            objectName: "sheetHistory"
            anchors.fill: parent
            app: root.app
            onChosen: {
                historySheet.close()
                root.showChat()
            }
            onNewChat: {
                historySheet.close()
                root.newChat()
            }
            onOpenSettings: {
                historySheet.close()
                root.showSettings()
            }
            onExportAsked: (chatId, title) => root.exportChat(chatId, title)
        }
    }
    ChatExportSheet {
        id: exportSheet

        objectName: "exportSheet"
        cover: root.contentItem
        exports: root.app.chatExport
    }
    PictureViewer {
        id: viewer

        objectName: "viewer"
        modelSize: root.app.model.hasVision ? root.app.model.pictureSize : 0
    }
    Announcer {
        id: announcer

        objectName: "announcer"
    }
    Connections {
        id: listener

        property bool wasBusy: false

        target: root.chat

        function onPhaseChanged() {
            const hasEnded = listener.wasBusy && !root.chat.busy
            listener.wasBusy = root.chat.busy
            if (hasEnded)
                announcer.say(root.outcome(root.chat.messages.lastState()))
        }
    }
    CameraSheet {
        id: cameraSheet

        objectName: "cameraSheet"
        camera: root.app.camera
        presets: root.app.presets
        canSee: root.app.model.hasVision
        onTaken: root.showChat()
    }
    KeySheet {
        id: keySheet

        objectName: "keySheet"
    }
    Connections {
        target: root

        function onHistoryFitsChanged() {
            if (root.historyFits)
                historySheet.close()
        }
        function onHasSideChanged() {
            if (root.hasSide)
                sheet.close()
        }
    }
}
