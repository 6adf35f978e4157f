// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Models that come in by drops and dialogs, with real files: pairs, packs, bundles, checkpoints,
// adapters, and what is none of these; and models that go out as packs and bundles.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "Import"

    readonly property var library: app ? app.library : null
    readonly property var imports: app ? app.imports : null
    readonly property var files: ["ggml-model-f16.gguf", "mmproj-model-f16.gguf"]
    property string folder

    /// A window with an empty library.
    function openEmpty(options) {
        folder = harness.newFolder()
        open(Object.assign({
            home: true,
            own: "none",
            installed: folder
        }, options ?? {}))
        tryVerify(() => app.models.hasSearched, patience)
    }

    function pairIn(name) {
        const place = `${harness.newFolder()}/${name}`
        for (const file of files)
            harness.copyTo(`model/${file}`, `${place}/${file}`)
        return place
    }

    /// As a person drops them.
    function drop(paths) {
        verify(harness.dragEnter(window, {
            urls: paths.map(path => harness.url(path))
        }))
        verify(find("dropOverlay").shown)
        verify(harness.drop(window))
        tryVerify(() => imports.looking, patience)
        tryVerify(() => !imports.looking, patience)
    }

    function row(index) {
        const rows = find("importEntries")
        tryVerify(() => rows.itemAt(index ?? 0) !== null, patience)
        return rows.itemAt(index ?? 0)
    }

    function press(name, inside) {
        const item = find(name, inside)
        verify(item.visible && item.enabled, `${name} cannot be pressed`)
        item.forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Return)
    }

    function importFirst() {
        press("startImport", row())
        tryVerify(() => row().step === ImportListModel.Done || row().step === ImportListModel.Failed, patience)
        compare(row().step, ImportListModel.Done, row().errorDetail)
    }

    function test_pair_dropped_on_the_chat() {
        openEmpty()
        compare(window.place, 0)
        const place = pairIn("from-a-stick")
        verify(harness.dragEnter(window, {
            urls: [harness.url(`${place}/${files[0]}`)]
        }))
        verify(find("dropOverlay").forModel)
        harness.dragLeave(window)
        drop([`${place}/${files[0]}`])
        compare(window.place, 2)
        compare(chat.attachments.count, 0)
        compare(row().name, "from-a-stick")
        compare(row().kind, ImportListModel.Pair)
        verify(find("importSummary", row()).text.startsWith("Pair of GGUF files · takes 0.6 MB · "), find("importSummary", row()).text)
        // What is to be decided has the focus.
        tryVerify(() => find("startImport", row()).activeFocus, patience)
        keyClick(Qt.Key_Return)
        tryCompare(row(), "step", ImportListModel.Done, patience)
        compare(find("importState", row()).text, "Imported as local/from-a-stick.")
        tryCompare(library.installed, "count", 1, patience)
        verify(harness.exists(`${folder}/local/from-a-stick/galago-model.json`))
        verify(harness.exists(`${place}/${files[0]}`))

        // Once more: it would take the place of the one before.
        drop([place])
        verify(row().isInstalled)
        verify(find("importReplaces", row()).visible)
        importFirst()
        press("useImport", row())
        compare(window.place, 0)
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(app.model.path.startsWith(folder))
    }

    function test_pair_is_used_where_it_lies() {
        openEmpty()
        const place = pairIn("here")
        drop([place])
        press("useImport", row())
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        compare(app.model.path, `${place}/${files[0]}`)
        verify(app.model.hasVision)
    }

    function test_picture_and_model_at_once() {
        openEmpty()
        drop([harness.data("model/small.png"), pairIn("both")])
        compare(imports.entries.count, 1)
        tryCompare(chat.attachments, "readyCount", 1, patience)
        compare(window.place, 2)
    }

    function test_several_are_imported_in_turn() {
        openEmpty()
        drop([pairIn("one"), pairIn("two"), harness.write("notes.txt", "no model")])
        compare(imports.entries.count, 2)
        drop([pairIn("three")])
        compare(imports.entries.count, 3)
        press("importAll", find("importCard"))
        for (let i = 0; i < 3; ++i)
            tryVerify(() => row(i).step === ImportListModel.Done, patience)
        tryCompare(library.installed, "count", 3, patience)
        press("dismissImport", row(2))
        compare(imports.entries.count, 2)
    }

    function test_what_is_no_model_data() {
        return [
            {
                tag: "half",
                copy: ["model/ggml-model-f16.gguf"],
                title: "This is half a model: the language model without its eyes."
            },
            {
                tag: "eyes",
                copy: ["model/mmproj-model-f16.gguf"],
                title: "This is half a model: the eyes (mmproj) without the language model."
            },
            {
                tag: "mismatch",
                copy: ["model/rope4/ggml-model-f16.gguf", "model/mmproj-model-f16.gguf"],
                title: "These two files do not belong together, or are not MobileVLM."
            },
            {
                tag: "nothing",
                copy: ["model/small.png"],
                title: "There is no model here."
            }
        ]
    }

    function test_what_is_no_model(data) {
        openEmpty()
        const place = harness.newFolder()
        for (const file of data.copy)
            harness.copyTo(file, `${place}/${file.replace(/.*\//, "")}`)
        drop([place])
        compare(row().step, ImportListModel.Refused)
        const banner = find("importError", row())
        verify(banner.visible)
        compare(banner.title, data.title)
        verify(banner.hint !== "")
        verify(!find("startImport", row()).visible)
        press("dismissImport", row())
        compare(imports.entries.count, 0)
        verify(!find("importCard").visible)
    }

    function test_other_files_on_the_models_page() {
        openEmpty()
        click("modelsPlace")
        drop([harness.write("notes.txt", "Dear diary")])
        compare(find("importError", row()).title, "There is no model here.")
        compare(window.place, 2)
    }

    function test_checkpoint() {
        openEmpty()
        drop([`${harness.checkpoint()}/config.json`])
        compare(row().kind, ImportListModel.Checkpoint)
        compare(row().sizeNames[row().size], "q4_K_M")
        const size = find("importSize", row())
        verify(size.displayText.startsWith("q4_K_M, "), size.displayText)
        size.forceActiveFocus(Qt.TabFocusReason)
        for (let i = 0; i < 10; ++i)
            keyClick(Qt.Key_Up)
        compare(row().sizeNames[row().size], "f16")
        importFirst()
        verify(harness.exists(`${folder}/local/model/ggml-model-f16.gguf`))
        tryCompare(library.installed, "count", 1, patience)
    }

    function test_checkpoint_without_its_tower() {
        openEmpty()
        const tower = harness.newFolder() + "/clip-elsewhere"
        drop([harness.checkpoint(tower)])
        compare(row().missing, ImportListModel.Tower)
        verify(find("importMissing", row()).text.includes("sees through"))
        verify(!find("startImport", row()).visible)
        tryVerify(() => find("chooseImportFolder", row()).activeFocus, patience)
        imports.choosePart(row().entryId, harness.url(harness.newFolder()))
        tryVerify(() => row().step === ImportListModel.Failed, patience)
        compare(row().missing, ImportListModel.Tower)
        imports.choosePart(row().entryId, harness.url(tower))
        tryVerify(() => row().missing === ImportListModel.Nothing && row().step === ImportListModel.Ready, patience)
        importFirst()
        tryCompare(library.installed, "count", 1, patience)
    }

    function test_adapter_with_its_base() {
        if (harness.reference("tiny-lora") === "")
            skip("no reference data")
        openEmpty()
        drop([harness.reference("tiny-lora")])
        compare(row().kind, ImportListModel.Adapter)
        importFirst()
        compare(row().models[0], "local/tiny-lora")
        tryCompare(library.installed, "count", 1, patience)
    }

    function test_stopped() {
        openEmpty()
        const place = harness.newFolder() + "/slow"
        for (const file of files)
            harness.copyTo(`model/${file}`, `${place}/${file}`)
        drop([place, harness.checkpoint()])
        imports.start(row().entryId)
        imports.start(row(1).entryId)
        imports.stop(row(1).entryId)
        tryVerify(() => row().step === ImportListModel.Done && row(1).step === ImportListModel.Ready, patience)
        compare(row(1).errorTitle, "")
        tryCompare(library.installed, "count", 1, patience)
        verify(!harness.exists(`${folder}/.incoming`))
    }

    function exported(path) {
        tryVerify(() => app.exports.share < 0, patience)
        compare(app.exports.errorTitle, "", app.exports.errorDetail)
        verify(app.exports.done)
        verify(find("exportNews").visible)
        verify(harness.exists(path), path)
    }

    function test_pack_goes_out_and_comes_in() {
        openEmpty()
        if (!app.exports.offered)
            skip("built without packs")
        drop([pairIn("carried")])
        importFirst()
        tryCompare(library.installed, "count", 1, patience)
        verify(find("exportModel", find("installedModels").itemAt(0)).visible)
        const stick = harness.newFolder()
        app.exports.exportModel("local/carried", harness.url(`${stick}/carried`))
        exported(`${stick}/carried.galago`)
        press("dismissExport", find("exportNews"))
        verify(!find("exportNews").visible)

        // The other machine.
        openEmpty()
        drop([`${stick}/carried.galago`])
        compare(row().kind, ImportListModel.Pack)
        importFirst()
        compare(row().models[0], "local/carried")
        tryCompare(library.installed, "count", 1, patience)

        // In the middle of a model's file.
        harness.damage(`${stick}/carried.galago`, 200000)
        drop([`${stick}/carried.galago`])
        press("startImport", row())
        tryVerify(() => row().step === ImportListModel.Failed, patience)
        compare(row().errorTitle, "These files are damaged or are not what they seem.")
        compare(library.installed.count, 1)
    }

    function test_bundle_goes_out_and_comes_in() {
        openEmpty({
            own: "samples",
            settings: {
                "look/theme": "light",
                "answer/maxTokens": 77,
                "model/threads": 1
            }
        })
        if (!app.exports.offered)
            skip("built without packs")
        drop([pairIn("one"), pairIn("two")])
        press("importAll", find("importCard"))
        tryCompare(library.installed, "count", 2, patience)
        press("openBundle", find("bundleCard"))
        verify(!find("writeBundle").enabled)
        const rows = find("bundleModels")
        tryVerify(() => rows.count === 2 && rows.itemAt(1) !== null, patience)
        for (let i = 0; i < 2; ++i)
            press("bundleModel", rows.itemAt(i))
        verify(find("writeBundle").enabled)
        compare(find("bundleCard").chosenIds.length, 2)
        const stick = `${harness.newFolder()}/all.galago`
        app.exports.exportBundle(find("bundleCard").chosenIds, true, true, harness.url(stick))
        exported(stick)

        // The other machine, which has no samples.
        openEmpty()
        compare(app.samples.count, 0)
        verify(app.settings.theme !== "light")
        drop([stick])
        compare(row().kind, ImportListModel.Bundle)
        verify(find("importContent", row()).text.includes("local/two"), find("importContent", row()).text)
        verify(find("importSamples", row()).checked)
        verify(!find("importSettings", row()).checked)
        press("importSettings", row())
        importFirst()
        tryCompare(library.installed, "count", 2, patience)
        compare(app.settings.theme, "light")
        compare(app.settings.maxTokens, 77)
        compare(app.settings.threads, 0)
        tryVerify(() => app.samples.count > 0, patience)
    }

    function test_export_that_fails() {
        openEmpty()
        if (!app.exports.offered)
            skip("built without packs")
        drop([pairIn("stuck")])
        importFirst()
        click("modelsPlace")
        app.exports.exportModel("local/stuck", harness.url("/proc/nowhere/stuck.galago"))
        tryVerify(() => app.exports.share < 0, patience)
        compare(find("exportNews").title, "The file could not be written.")
        verify(!app.exports.done)
    }

    function test_narrow_and_by_name() {
        openEmpty()
        drop([harness.checkpoint(), pairIn("one"), pairIn("two")])
        press("openBundle", find("bundleCard"))
        press("openAddresses", find("models"))
        window.width = window.minimumWidth
        window.height = window.minimumHeight
        const page = find("models")
        tryVerify(() => find("importCard").width <= window.width, patience)
        const small = []
        walk(page, item => {
            if (item.mapToItem(page, item.width, 0).x > page.width + 1)
                small.push(`${item.objectName} sticks out`)
            if (item.activeFocusOnTab && (item.height < 44 || !item.Accessible.name))
                small.push(`${item.objectName} is ${item.height} high and called ${item.Accessible.name}`)
        })
        compare(small, [])
    }
}
