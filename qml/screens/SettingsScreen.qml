// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What can be chosen. Everything takes effect at once, except what the model was loaded with: then
// a button loads it again.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Galago
import Galago.Ui

Flickable {
    id: root

    required property AppViewModel app
    readonly property SettingsStore settings: app.settings
    readonly property var themes: ["system", "light", "dark"]
    readonly property var languages: ["", "en", "zh_CN"]

    signal showKeys

    contentHeight: column.implicitHeight + Theme.space5 * 2
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Settings")
    ScrollBar.vertical: ScrollBar {
    }

    // Not before it is seen: drivers take their time, and memory.
    onVisibleChanged: if (visible)
        root.app.devices.find()

    ColumnLayout {
        id: column

        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.space5
        width: Math.min(root.width - Theme.space4 * 2, 680)
        spacing: Theme.space4

        Card {
            title: qsTr("Look")

            SettingRow {
                name: qsTr("Theme")

                Segments {
                    objectName: "themeChoice"
                    Layout.fillWidth: true
                    name: qsTr("Theme")
                    options: [qsTr("System"), qsTr("Light"), qsTr("Dark")]
                    current: Math.max(0, root.themes.indexOf(root.settings.theme))
                    onChosen: index => root.settings.theme = root.themes[index]
                }
            }
            SettingRow {
                name: qsTr("High contrast")
                note: qsTr("Black and white, strong colours and thick focus rings.")

                Toggle {
                    objectName: "highContrast"
                    name: qsTr("High contrast")
                    checked: root.settings.highContrast
                    onToggled: root.settings.highContrast = checked
                }
            }
            SettingRow {
                name: qsTr("Size of words")
                note: qsTr("%1 and %2 do the same.").arg(KeyMap.shown("textLarger")).arg(KeyMap.shown("textSmaller"))

                ValueSlider {
                    objectName: "textSize"
                    name: qsTr("Size of words")
                    from: 90
                    to: 160
                    stepSize: 10
                    value: root.settings.textSize
                    figure: Format.percent(value / 100)
                    onMoved: value => root.settings.textSize = value
                }
            }
            SettingRow {
                name: qsTr("Language")

                Segments {
                    objectName: "languageChoice"
                    Layout.fillWidth: true
                    name: qsTr("Language")
                    // Each language by its own name, so that it is found by who reads no other.
                    options: [qsTr("System"), "English", "简体中文"]
                    current: Math.max(0, root.languages.indexOf(root.settings.language))
                    onChosen: index => root.settings.language = root.languages[index]
                }
            }
            SettingRow {
                name: qsTr("Reduce motion")
                note: qsTr("Nothing slides or fades.")

                Toggle {
                    objectName: "reducedMotion"
                    name: qsTr("Reduce motion")
                    checked: root.settings.reducedMotion
                    onToggled: root.settings.reducedMotion = checked
                }
            }
            SettingRow {
                name: qsTr("Keyboard")
                note: qsTr("Everything can be done by keys. %1 shows them, wherever you are.").arg(KeyMap.shown("keys"))

                TextButton {
                    objectName: "showKeys"
                    text: qsTr("Show keys")
                    onClicked: root.showKeys()
                }
            }
        }
        Card {
            title: qsTr("Model")

            Banner {
                objectName: "reloadBanner"
                Layout.fillWidth: true
                visible: root.app.model.isOutdated
                kind: Banner.Notice
                title: qsTr("Not in use yet")
                hint: qsTr("Device, threads and context take effect when the model is loaded again.")

                TextButton {
                    objectName: "reloadModel"
                    kind: TextButton.Primary
                    iconName: "again"
                    text: qsTr("Load again")
                    onClicked: root.app.model.reload()
                }
            }
            SettingRow {
                name: qsTr("Device")
                note: root.app.model.deviceKind === "" ? qsTr("Automatic measures once, in two seconds, where a model answers first.") : qsTr("In use: %1 (%2). Automatic measures once, in two seconds, where a model answers first.").arg(root.app.model.deviceName).arg(root.app.model.deviceReason)

                ChoiceBox {
                    objectName: "deviceChoice"
                    Layout.fillWidth: true
                    implicitWidth: 240
                    name: qsTr("Device")
                    model: root.app.devices.labels
                    currentIndex: root.app.devices.current
                    onActivated: index => root.settings.device = root.app.devices.devices[index]
                }
                TextButton {
                    objectName: "measureAgain"
                    visible: root.app.model.isMeasured
                    enabled: !root.app.chat.busy
                    text: qsTr("Measure again")
                    onClicked: root.app.model.measureAgain()
                }
            }
            SettingRow {
                name: qsTr("Threads")
                note: qsTr("This machine has %n processor(s). Automatic uses one per core.", "", root.settings.processorCount)

                NumberBox {
                    objectName: "threadsBox"
                    name: qsTr("Threads")
                    zeroText: qsTr("automatic")
                    from: 0
                    to: 256
                    value: root.settings.threads
                    onValueModified: root.settings.threads = value
                }
            }
            SettingRow {
                name: qsTr("Context length")
                note: root.app.model.trainedContextSize > 0 ? qsTr("In tokens. This model was made for %1; a longer context takes more memory and may answer worse.").arg(Format.integer(root.app.model.trainedContextSize)) : qsTr("In tokens. A longer context takes more memory.")

                NumberBox {
                    objectName: "contextBox"
                    name: qsTr("Context length")
                    zeroText: qsTr("the model's own")
                    from: 0
                    to: 131072
                    stepSize: 1024
                    value: root.settings.contextSize
                    onValueModified: {
                        root.settings.contextSize = value
                        value = Qt.binding(() => root.settings.contextSize)
                    }
                }
            }
        }
        Card {
            title: qsTr("Models")

            FolderRow {
                folder: root.app.libraryFolder
                busy: root.app.library.transferring || root.app.imports.busy || root.app.exports.share >= 0
            }
        }
        PresetCard {
            presets: root.app.presets
        }
        Card {
            title: qsTr("Chats")
            visible: root.app.history.offered

            SettingRow {
                name: qsTr("Keep chats")
                note: qsTr("Questions, answers and pictures stay on this machine, and are there again after a restart. Switched off, nothing more is written; what is kept stays until you delete it.")

                Toggle {
                    objectName: "keepChats"
                    name: qsTr("Keep chats")
                    checked: root.settings.keepChats
                    onToggled: root.settings.keepChats = checked
                }
            }
            SettingRow {
                name: qsTr("Delete all chats")
                note: qsTr("With their pictures. Until Galago is closed you can have them back.")

                TextButton {
                    objectName: "deleteAllChats"
                    enabled: root.app.history.chats.count > 0
                    iconName: "remove"
                    text: qsTr("Delete all")
                    onClicked: root.app.history.removeAll()
                }
            }
            RemovedNews {
                Layout.fillWidth: true
                history: root.app.history
            }
        }
        Card {
            title: qsTr("Answers")

            SettingRow {
                name: qsTr("Temperature")
                note: qsTr("0 always takes the likeliest word; higher is more varied and less reliable.")

                ValueSlider {
                    name: qsTr("Temperature")
                    to: 2
                    value: root.settings.temperature
                    onMoved: value => root.settings.temperature = value
                }
            }
            SettingRow {
                name: qsTr("Top-p")
                note: qsTr("Leaves out the unlikely words beyond this share; 1 leaves out none.")

                ValueSlider {
                    name: qsTr("Top-p")
                    from: 0.05
                    value: root.settings.topP
                    onMoved: value => root.settings.topP = value
                }
            }
            SettingRow {
                name: qsTr("Longest answer")
                note: qsTr("In tokens; a word is about one and a half.")

                NumberBox {
                    objectName: "maxTokensBox"
                    name: qsTr("Longest answer")
                    from: 1
                    to: 8192
                    stepSize: 64
                    value: root.settings.maxTokens
                    onValueModified: root.settings.maxTokens = value
                }
            }
            SettingRow {
                name: qsTr("Repeatable answers")
                note: qsTr("The same question about the same picture gets the same answer.")

                Toggle {
                    objectName: "fixedSeed"
                    name: qsTr("Repeatable answers")
                    checked: root.settings.fixedSeed
                    onToggled: root.settings.fixedSeed = checked
                }
            }
            SettingRow {
                name: qsTr("Remember pictures")
                note: qsTr("A picture seen before needs no second look, also after a restart. Kept on this machine, 256 MB at most; switching it off deletes them.")

                Toggle {
                    objectName: "keepPictures"
                    name: qsTr("Remember pictures")
                    checked: root.settings.keepPictures
                    onToggled: root.settings.keepPictures = checked
                }
            }
            SettingRow {
                name: qsTr("Instructions")
                note: qsTr("Told to the model before every chat; empty uses its own.")
            }
            TextArea {
                id: instructions

                objectName: "systemPrompt"
                Layout.fillWidth: true
                implicitHeight: Math.max(88, contentHeight + topPadding + bottomPadding)
                text: root.settings.systemPrompt
                placeholderText: qsTr("For example: Answer in one sentence. Say so when you are not sure.")
                placeholderTextColor: Theme.muted
                wrapMode: TextEdit.Wrap
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                font.pixelSize: Theme.fontLabel
                padding: Theme.space3
                KeyNavigation.priority: KeyNavigation.BeforeItem
                KeyNavigation.tab: defaults
                Accessible.name: qsTr("Instructions")
                onEditingFinished: root.settings.systemPrompt = text
                background: Rectangle {
                    radius: Theme.radiusControl
                    color: Theme.background
                    border.width: instructions.activeFocus ? 2 : 1
                    border.color: instructions.activeFocus ? Theme.accent : Theme.outline
                }
            }
        }
        RowLayout {
            Layout.fillWidth: true

            Label {
                Layout.fillWidth: true
                text: qsTr("Galago %1. Nothing you show or ask leaves this machine. Answers can be wrong.").arg(root.app.version)
                color: Theme.muted
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSmall
            }
            TextButton {
                id: defaults

                objectName: "restoreDefaults"
                text: qsTr("Restore defaults")
                onClicked: root.settings.restoreDefaults()
            }
        }
    }
}
