// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The page of models: what is listed, checking, removing and putting back, using, and downloads from
// a server on this machine.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "Library"

    readonly property var library: app ? app.library : null
    property string installedFolder

    /// The page, with a library of its own that holds a copy of the small model.
    function openPage(options) {
        const folder = harness.newFolder()
        for (const file of ["ggml-model-f16.gguf", "mmproj-model-f16.gguf"])
            harness.copyTo(`model/${file}`, `${folder}/me/small/${file}`)
        openEmptyPage(Object.assign({
            installed: folder
        }, options ?? {}))
        tryCompare(library.installed, "count", 1, patience)
        installedFolder = folder
        return folder
    }

    function openEmptyPage(options) {
        open(options)
        click("modelsPlace")
        tryVerify(() => library.hasScanned && !library.scanning, patience)
    }

    /// The row of a model, below the list of that name.
    function entry(list, index) {
        const rows = harness.find(window, list)
        tryVerify(() => rows.itemAt(index ?? 0) !== null, patience)
        return rows.itemAt(index ?? 0)
    }

    /// To the licence that is shown before a download.
    function agree(name) {
        const button = find("agreeAndDownload", window)
        tryVerify(() => button.visible && button.activeFocus, patience)
        compare(find("licenceTitle").text, `Download ${name}?`)
        keyClick(Qt.Key_Return)
        tryVerify(() => !button.visible, patience)
    }

    function press(name, row) {
        const item = find(name, row)
        verify(item.visible && item.enabled, `${name} cannot be pressed`)
        item.forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Return)
    }

    function test_empty() {
        openEmptyPage({
            own: "none",
            installed: harness.newFolder()
        })
        verify(find("nothingInstalled").visible)
        verify(!find("removedBanner").visible)
        verify(find("diskUse").text.includes("0.0 MB"))
    }

    function test_lists_what_is_installed() {
        openPage()
        const row = entry("installedModels")
        compare(row.modelId, "me/small")
        compare(find("modelName", row).text, "small")
        verify(find("modelSummary", row).text.startsWith("f16 · 0.6 MB · fits into the memory"))
        verify(!find("nothingInstalled").visible)
        verify(!find("modelDetails", row).visible)
        press("modelDetailsButton", row)
        verify(find("modelDetails", row).text.includes("me/small"))
    }

    function test_built_in_model_stays() {
        openEmptyPage({
            own: "model"
        })
        const row = entry("installedModels")
        compare(find("modelBadge", row).text, "Demonstration")
        verify(!find("removeModel", row).visible)
    }

    function test_use() {
        openPage({
            model: harness.data("model/rope4/ggml-model-f16.gguf")
        })
        const row = entry("installedModels")
        verify(!row.inUse)
        press("useModel", row)
        compare(window.place, 0)
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(app.model.path.endsWith("me/small/ggml-model-f16.gguf"))
        click("modelsPlace")
        tryVerify(() => entry("installedModels").inUse, patience)
        verify(find("inUseBadge", entry("installedModels")).visible)
    }

    function test_remove_and_put_back() {
        openPage()
        press("removeModel", entry("installedModels"))
        tryCompare(library.installed, "count", 0, patience)
        tryCompare(app.models, "count", 0, patience)
        const banner = find("removedBanner")
        verify(banner.visible)
        compare(banner.title, "small was removed.")
        press("putBack", banner)
        tryCompare(library.installed, "count", 1, patience)
        tryCompare(app.models, "count", 1, patience)
        tryVerify(() => !banner.visible, patience)

        press("removeModel", entry("installedModels"))
        tryCompare(library.installed, "count", 0, patience)
        press("deleteForGood", banner)
        tryVerify(() => !banner.visible, patience)
        compare(library.installed.count, 0)
    }

    function test_check() {
        const folder = openPage()
        const row = entry("installedModels")
        press("checkModel", row)
        tryVerify(() => row.check === LibraryListModel.Whole, patience)
        compare(find("checkText", row).text, "All files are whole.")
        // A manifest that says otherwise.
        harness.writeTo(`${folder}/me/small/galago-model.json`, manifest("0".repeat(64)))
        library.refresh()
        tryVerify(() => !library.scanning, patience)
        press("checkModel", row)
        tryVerify(() => row.check === LibraryListModel.Damaged, patience)
        verify(find("checkText", row).text.startsWith("Damaged: ggml-model-f16.gguf"))
        verify(!find("repairModel", row).visible)
    }

    function test_problems_are_told() {
        const folder = harness.newFolder()
        harness.copyTo("model/mmproj-model-f16.gguf", `${folder}/me/half/mmproj-model-f16.gguf`)
        openEmptyPage({
            own: "none",
            installed: folder
        })
        const banner = find("problemsBanner")
        verify(banner.visible)
        compare(banner.title, "1 file cannot be used as a model.")
        verify(banner.detail.includes("half"))
    }

    function manifest(sha256, base) {
        const file = (name, role, hash) => ({
                    name: name,
                    role: role,
                    size: harness.sizeOf(harness.data(`model/${name}`)),
                    sha256: hash,
                    url: base ? `${base}/${name}` : undefined
                })
        return JSON.stringify({
            format: 1,
            id: "small",
            kind: "gguf",
            name: "Small One",
            publisher: "me",
            model: "small",
            licence: "Apache-2.0",
            quantisation: "f16",
            files: [file("ggml-model-f16.gguf", "language_model", sha256), file("mmproj-model-f16.gguf", "mmproj", null)]
        })
    }

    function catalogue(base) {
        return `{"format": 1, "models": [${manifest(null, base)}]}`
    }

    function test_download_with_pause() {
        const server = harness.serve(harness.data("model"))
        server.bytesPerSecond = 600000
        const folder = harness.newFolder()
        openEmptyPage({
            own: "none",
            installed: folder,
            catalogue: catalogue(server.url)
        })
        compare(library.available.count, 1)
        let row = entry("availableModels")
        compare(find("modelName", row).text, "Small One")
        press("getModel", row)
        agree("Small One")
        tryVerify(() => row.transfer === LibraryListModel.Receiving && row.bytesDone > 50000, patience)
        verify(find("transferTrack", row).visible)
        press("pauseTransfer", row)
        tryVerify(() => row.transfer === LibraryListModel.Paused, patience)
        verify(find("transferText", row).text.startsWith("Paused, 0."))
        compare(library.installed.count, 0)

        // Another start of the program finds what has come.
        open({
            own: "none",
            keep: true,
            installed: folder
        })
        click("modelsPlace")
        tryVerify(() => library.hasScanned, patience)
        row = entry("availableModels")
        tryVerify(() => row.transfer === LibraryListModel.Paused && row.bytesDone > 50000, patience)
        server.bytesPerSecond = 0
        press("getModel", row)
        tryCompare(library.installed, "count", 1, patience)
        compare(library.available.count, 0)
        compare(entry("installedModels").name, "Small One")
        tryCompare(app.models, "count", 1, patience)
    }

    function test_download_that_fails_and_is_discarded() {
        const server = harness.serve(harness.newFolder())
        openEmptyPage({
            own: "none",
            installed: harness.newFolder(),
            catalogue: catalogue(server.url)
        })
        const row = entry("availableModels")
        press("getModel", row)
        agree("Small One")
        tryVerify(() => row.transfer === LibraryListModel.Failed, patience)
        const banner = find("transferError", row)
        verify(banner.visible)
        compare(banner.title, "The connection failed.")
        verify(banner.detail.includes("404"))
        press("cancelTransfer", row)
        tryVerify(() => row.transfer === LibraryListModel.NoTransfer, patience)
        verify(find("getModel", row).visible)
    }

    function test_another_quantisation_is_offered() {
        const server = harness.serve(harness.data("model"))
        const folder = harness.newFolder()
        harness.copyTo("model/ggml-model-f16.gguf", `${folder}/me/small/ggml-model-q8_0.gguf`)
        harness.copyTo("model/mmproj-model-f16.gguf", `${folder}/me/small/mmproj-model-f16.gguf`)
        openEmptyPage({
            own: "none",
            installed: folder,
            catalogue: catalogue(server.url)
        })
        compare(library.installed.count, 1)
        compare(library.available.count, 1)
        const row = entry("availableModels")
        // Its projector lies there, but nobody has begun to fetch it.
        compare(row.transfer, LibraryListModel.NoTransfer)
        press("getModel", row)
        agree("Small One")
        tryCompare(library.installed, "count", 2, patience)
        compare(library.available.count, 0)
        verify(harness.exists(`${folder}/me/small/ggml-model-q8_0.gguf`))
        verify(harness.exists(`${folder}/me/small/ggml-model-f16.gguf`))
    }

    function test_licence() {
        const server = harness.serve(harness.data("model"))
        openEmptyPage({
            own: "none",
            installed: harness.newFolder(),
            catalogue: catalogue(server.url)
        })
        const row = entry("availableModels")
        press("getModel", row)
        tryVerify(() => find("agreeAndDownload").activeFocus, patience)
        compare(find("licenceTitle").text, "Download Small One?")
        verify(find("licenceSummary").text.includes("MB come over the network."), find("licenceSummary").text)
        verify(find("licenceSummary").text.includes("Apache-2.0"), find("licenceSummary").text)
        verify(find("licenceText").text.includes("Apache License"), "the text of the licence")
        // Said no to, nothing is fetched.
        keyClick(Qt.Key_Escape)
        tryVerify(() => harness.find(window, "licenceTitle") === null, patience)
        compare(row.transfer, LibraryListModel.NoTransfer)
        press("readLicence", row)
        tryVerify(() => find("closeLicence").activeFocus, patience)
        compare(find("licenceTitle").text, "Licence of Small One")
        verify(!find("agreeAndDownload").visible)
        keyClick(Qt.Key_Return)
        tryVerify(() => harness.find(window, "licenceTitle") === null, patience)
    }

    function test_licence_that_nobody_stated() {
        openPage()
        press("readLicence", entry("installedModels"))
        tryVerify(() => find("closeLicence").activeFocus, patience)
        verify(find("licenceSummary").text.includes("is not known"), find("licenceSummary").text)
        verify(!find("licenceScroller").visible)
    }

    function test_added_by_addresses() {
        const server = harness.serve(harness.data("model"))
        openEmptyPage({
            home: true,
            own: "none",
            installed: harness.newFolder()
        })
        press("openAddresses", find("models"))
        verify(find("languageModelAddress").activeFocus)
        verify(!find("addAddresses").enabled)
        find("languageModelAddress").text = `${server.url}/mmproj-model-f16.gguf`
        keyClick(Qt.Key_Return)
        verify(find("projectorAddress").activeFocus)
        find("projectorAddress").text = `${server.url}/mmproj-model-f16.gguf`
        keyClick(Qt.Key_Return)
        tryVerify(() => library.errorTitle !== "", patience)

        press("openAddresses", find("models"))
        find("languageModelAddress").text = `${server.url}/mmproj-model-f16.gguf`
        find("projectorAddress").text = ` ${server.url}/ggml-model-f16.gguf `
        press("addAddresses", find("models"))
        tryCompare(library.available, "count", 1, patience)
        compare(library.errorTitle, "")
        const row = entry("availableModels")
        press("getModel", row)
        tryVerify(() => find("agreeAndDownload").activeFocus, patience)
        verify(find("licenceSummary").text.includes("is not known"), find("licenceSummary").text)
        keyClick(Qt.Key_Return)
        tryCompare(library.installed, "count", 1, patience)

        // What is of one's own can be forgotten.
        press("removeModel", entry("installedModels"))
        tryCompare(library.available, "count", 1, patience)
        press("forgetModel", entry("availableModels"))
        tryCompare(library.available, "count", 0, patience)
    }

    function test_speed_that_was_measured() {
        openPage({
            home: true,
            model: "small"
        })
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        const row = () => entry("installedModels")
        compare(row().rate, 0)
        app.settings.maxTokens = 24
        app.settings.temperature = 2
        for (let i = 0; i < 20 && chat.answerTokens < 20; ++i) {
            ask("Hello")
            tryCompare(chat, "busy", false, patience)
        }
        verify(chat.answerTokens >= 20, "no answer was long enough")
        tryVerify(() => row().rate > 0, patience)
        verify(find("modelSummary", row()).text.endsWith("tokens/s here"), find("modelSummary", row()).text)
        press("modelDetailsButton", row())
        verify(find("modelDetails", row()).text.includes("Measured here: "), find("modelDetails", row()).text)
        verify(find("modelDetails", row()).text.includes("CPU"), find("modelDetails", row()).text)

        // The next start knows it.
        const before = row().rate
        openEmptyPage({
            home: true,
            keep: true,
            installed: installedFolder
        })
        tryVerify(() => row().rate === before, patience)
    }

    function test_repair() {
        const server = harness.serve(harness.data("model"))
        const folder = openPage()
        harness.writeTo(`${folder}/me/small/galago-model.json`, manifest(harness.sha256Of(harness.data("model/ggml-model-f16.gguf")), server.url))
        harness.damage(`${folder}/me/small/ggml-model-f16.gguf`)
        library.refresh()
        tryVerify(() => !library.scanning && entry("installedModels").canGet, patience)
        const row = entry("installedModels")
        press("checkModel", row)
        tryVerify(() => row.check === LibraryListModel.Damaged, patience)
        press("repairModel", row)
        tryVerify(() => row.check === LibraryListModel.Whole, patience)
        press("checkModel", row)
        tryVerify(() => row.check === LibraryListModel.Whole, patience)
    }

    function test_narrow() {
        openPage()
        window.width = window.minimumWidth
        window.height = window.minimumHeight
        const row = entry("installedModels")
        tryVerify(() => row.width <= window.width, patience)
        walk(row, item => verify(item.mapToItem(row, item.width, 0).x <= row.width + 1, `${item.objectName} sticks out`))
        keyClick(Qt.Key_Escape)
        compare(window.place, 0)
        keyClick(Qt.Key_M, Qt.ControlModifier | Qt.ShiftModifier)
        compare(window.place, 2)
    }
}
