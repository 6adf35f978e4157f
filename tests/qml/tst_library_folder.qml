// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The folder of models as a setting: another one, moving what is in the old one, and back.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "LibraryFolder"

    readonly property var folder: app ? app.libraryFolder : null
    readonly property var library: app ? app.library : null
    property string usual

    function openSettings(options) {
        open(Object.assign({
            home: true,
            own: "none"
        }, options ?? {}))
        usual = `${harness.home()}/galago/models`
        click("settingsPlace")
        tryVerify(() => !folder.checking && folder.path !== "", patience)
    }

    function place(path) {
        for (const file of ["ggml-model-f16.gguf", "mmproj-model-f16.gguf"])
            harness.copyTo(`model/${file}`, `${path}/${file}`)
    }

    function typeFolder(path) {
        const line = find("modelsFolder")
        line.forceActiveFocus(Qt.TabFocusReason)
        line.text = path
        keyClick(Qt.Key_Return)
        tryVerify(() => !folder.checking, patience)
    }

    function press(name) {
        const item = find(name)
        verify(item.visible && item.enabled, `${name} cannot be pressed`)
        item.forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Return)
        tryVerify(() => !folder.checking, patience)
    }

    function test_empty_library_needs_no_question() {
        openSettings()
        compare(folder.path, usual)
        verify(folder.usual)
        verify(!find("resetFolder").visible)
        verify(find("folderNote").text.includes("are free"))
        const other = harness.newFolder() + "/models"
        typeFolder(other)
        compare(folder.path, other)
        compare(find("modelsFolder").text, other)
        verify(!find("folderQuestion").visible)
        // For every program of Galago, and the next start.
        open({
            keep: true,
            own: "none"
        })
        click("settingsPlace")
        tryCompare(folder, "path", other, patience)
        press("resetFolder")
        compare(folder.path, usual)
        verify(folder.usual)
    }

    function test_models_move_and_stay_in_use() {
        openSettings()
        place(`${usual}/me/small`)
        app.model.load(`${usual}/me/small/ggml-model-f16.gguf`)
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        const other = harness.newFolder() + "/models"
        typeFolder(other)
        compare(folder.path, usual)
        const question = find("folderQuestion")
        verify(question.visible)
        compare(question.title, "1 model is in the old folder. Move them?")
        press("keepOldFolder")
        verify(!question.visible)
        compare(folder.path, usual)
        typeFolder(other)
        press("moveModels")
        tryCompare(folder, "path", other, patience)
        verify(harness.exists(`${other}/me/small/mmproj-model-f16.gguf`))
        verify(!harness.exists(`${usual}/me/small`))
        tryVerify(() => chat.phase === ChatViewModel.Idle && app.model.path.startsWith(other), patience)
        tryVerify(() => library.installed.count === 1, patience)
        verify(harness.exists(app.model.path))
    }

    function test_models_that_stay_are_used_too() {
        openSettings()
        const first = harness.newFolder() + "/first"
        typeFolder(first)
        place(`${first}/me/small`)
        typeFolder(harness.newFolder() + "/second")
        press("leaveModels")
        verify(folder.path.endsWith("/second"))
        click("modelsPlace")
        tryVerify(() => library.hasScanned && !library.scanning && library.installed.count === 1, patience)
    }

    function test_folders_that_will_not_do() {
        openSettings()
        place(`${usual}/me/small`)
        for (const path of ["relative", harness.write("a-file", "text"), `${usual}/inner`, "/proc/models"]) {
            typeFolder(path)
            verify(find("folderError").visible, path)
            compare(folder.path, usual)
        }
        find("modelsFolder").forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Escape)
        compare(find("modelsFolder").text, usual)
        compare(window.place, 1)
    }

    function test_named_by_the_environment() {
        openSettings({
            installed: harness.newFolder()
        })
        verify(folder.fixed)
        verify(!find("modelsFolder").enabled)
        verify(find("folderNote").text.includes("GALAGO_MODELS"))
    }
}
