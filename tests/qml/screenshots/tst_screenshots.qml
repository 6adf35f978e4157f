// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Not a test but a camera: every state of the window as a picture in GALAGO_SCREENSHOTS, in the
// theme and language of GALAGO_THEME and GALAGO_LANGUAGE. docs/screenshots/make.sh runs it.
import QtQuick
import QtTest
import Galago
import Galago.Ui
import ".."

WindowTest {
    id: test

    readonly property string suffix: harness.variable("GALAGO_SUFFIX")

    name: "Screenshots"

    function look(options) {
        open(Object.assign({
            settings: {
                "look/theme": harness.variable("GALAGO_THEME") || "dark",
                "look/language": harness.variable("GALAGO_LANGUAGE") || "en",
                "look/reducedMotion": true
            }
        }, options ?? {}))
        window.width = Number(harness.variable("GALAGO_WIDTH") || 1280)
        window.height = Number(harness.variable("GALAGO_HEIGHT") || 820)
        wait(100)
        mouseMove(find("welcome"), 1, 1)
        wait(100)
    }

    /// As it is started for the first time. Without the model that comes with it, the small one
    /// takes its place.
    function firstStart(options) {
        look(Object.assign({
            own: harness.hasBuiltInModel() ? "all" : "model"
        }, options ?? {}))
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        tryVerify(() => !app.models.searching, patience)
    }

    function ready(options) {
        look(Object.assign({
            model: smallModel
        }, options ?? {}))
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
    }

    function shoot(name) {
        wait(400)
        grab(name)
    }

    function grab(name) {
        verify(harness.grab(window, name + suffix))
    }

    /// What the first card of the gallery asks.
    function askSample() {
        const card = find("sample6")
        verify(chat.askAbout(card.picture, card.prompt))
    }

    function test_no_model() {
        look({
            own: "none"
        })
        tryVerify(() => app.models.hasSearched, patience)
        shoot("no-model")
    }

    function test_loading() {
        look({})
        app.model.load(harness.variable("GALAGO_SLOW_MODEL") || harness.slowModel())
        tryVerify(() => chat.progress > 0.1 || chat.phase !== ChatViewModel.LoadingModel, patience)
        grab("loading")
    }

    function test_ready() {
        firstStart()
        shoot("ready")
        click("modelButton")
        wait(300)
        shoot("models")
        keyClick(Qt.Key_Escape)
        click("settingsPlace")
        shoot("settings")
    }

    function test_drop() {
        ready()
        verify(harness.dragEnter(window, {
            urls: [harness.url(harness.data("model/large.png"))]
        }))
        shoot("drop")
        verify(harness.drop(window))
        tryCompare(chat.attachments, "readyCount", 1, patience)
        shoot("picture")
        chat.attachUrls([harness.url(harness.write("holiday.heic", "\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1heic")), harness.url(harness.write("notes.png", "no picture"))])
        tryCompare(chat.attachments, "loadingCount", 0, patience)
        shoot("picture-unreadable")
    }

    function test_answer() {
        ready({
            model: harness.slowModel()
        })
        askSample()
        tryCompare(chat, "phase", ChatViewModel.Encoding, patience)
        tryVerify(() => chat.progress > 0.3 || chat.phase !== ChatViewModel.Encoding, patience)
        grab("encoding")
        tryVerify(() => chat.phase === ChatViewModel.Answering && chat.answerTokens > 20, patience)
        shoot("answering")
        keyClick(Qt.Key_Escape)
        tryCompare(chat, "busy", false, patience)
        shoot("stopped")
    }

    function test_finished() {
        firstStart()
        app.settings.maxTokens = 60
        app.settings.temperature = 0
        askSample()
        tryCompare(chat, "busy", false, patience)
        ask(app.settings.language === "zh_CN" ? "正方形是什么颜色？" : "What color is the square?")
        tryCompare(chat, "busy", false, patience)
        shoot("finished")
    }

    /// Some kept chats, one with two answers; one deleted; the sheet of exports.
    function test_history() {
        firstStart({
            chats: true
        })
        app.settings.maxTokens = 60
        app.settings.temperature = 0
        const isChinese = app.settings.language === "zh_CN"
        const ids = []
        for (const number of [1, 3, 5, 6]) {
            window.newChat()
            const card = find(`sample${number}`)
            verify(chat.askAbout(card.picture, card.prompt))
            tryCompare(chat, "busy", false, patience)
            ids.push(app.history.current)
        }
        ask(isChinese ? "正方形是什么颜色？" : "What color is the square?")
        tryCompare(chat, "busy", false, patience)
        chat.regenerate()
        tryCompare(chat, "busy", false, patience)
        tryCompare(app.history.chats, "count", 4, patience)
        app.history.setPinned(ids[1], true)
        app.history.remove(ids[0])
        tryCompare(app.history.chats, "count", 3, patience)
        if (window.width < 1200)
            keyClick(Qt.Key_F8)
        shoot("history")
        app.history.search = isChinese ? "什么" : "what"
        app.history.dismissRemoved()
        shoot("history-search")
        app.history.search = ""
        window.exportChat(app.history.current, chat.title)
        shoot("export-chat")
        keyClick(Qt.Key_Escape)
        chat.editQuestion(0)
        shoot("editing")
    }

    function test_history_not_kept() {
        firstStart({
            chats: harness.write("no-folder", "a file")
        })
        tryVerify(() => app.history.errorTitle !== "", patience)
        shoot("history-problem")
    }

    function test_compare() {
        firstStart()
        click("comparePlace")
        shoot("compare-empty")
        app.compare.columns.add()
        app.compare.columns.setQuantise(2, "q2_K")
        const isChinese = app.settings.language === "zh_CN"
        app.compare.picture = find("sample6").picture
        find("comparePrompt").text = isChinese ? "正方形里面是什么？" : "What is inside the square?"
        click("compareAsk")
        tryCompare(app.compare, "running", false, patience)
        shoot("compare")
        app.compare.openBatch(harness.url(harness.data("../../resources/compare/quantisations.json")))
        tryVerify(() => app.compare.batchCases > 0, patience)
        app.compare.runBatch()
        tryCompare(app.compare, "running", false, patience)
        wait(200)
        const page = find("compare")
        page.contentY = page.contentHeight - page.height
        shoot("compare-results")
    }

    function test_camera() {
        look({
            own: harness.hasBuiltInModel() ? "all" : "model",
            cameras: ["Integrated camera", "USB camera"]
        })
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        click("openCamera")
        tryVerify(() => harness.find(window, "takePicture") !== null)
        harness.showFrame(harness.data("../../resources/samples/08-vehicle.png"))
        app.camera.startLive(app.settings.language === "zh_CN" ? "这是什么？" : "What is this?")
        tryVerify(() => app.camera.rounds > 0, patience)
        shoot("camera")
    }

    function test_question_size() {
        ready({
            settings: {
                "model/contextSize": 512,
                "look/theme": harness.variable("GALAGO_THEME") || "dark",
                "look/language": harness.variable("GALAGO_LANGUAGE") || "en",
                "look/reducedMotion": true
            }
        })
        const pictures = [2, 3, 4, 5].map(number => find(`sample${number}`).picture)
        chat.attachUrls(pictures.slice(0, 2))
        find("promptInput").text = app.settings.language === "zh_CN" ? "这两张图片有什么不同？" : "How do these two differ?"
        tryVerify(() => find("questionSize").visible, patience)
        shoot("question-large")
        chat.attachUrls(pictures.slice(2))
        tryVerify(() => find("questionTooLong").visible, patience)
        shoot("question-too-long")
    }

    /// For people who see little: every word larger, black and white.
    function test_contrast() {
        firstStart()
        app.settings.maxTokens = 60
        app.settings.temperature = 0
        app.settings.highContrast = true
        app.settings.textSize = 160
        askSample()
        tryCompare(chat, "busy", false, patience)
        shoot("contrast")
        click("settingsPlace")
        shoot("settings-contrast")
    }

    function test_mirrored() {
        firstStart()
        app.settings.maxTokens = 60
        app.settings.temperature = 0
        window.mirrored = true
        askSample()
        tryCompare(chat, "busy", false, patience)
        shoot("mirrored")
        click("settingsPlace")
        shoot("settings-mirrored")
    }

    function test_viewer() {
        firstStart()
        chat.attachUrl(find("sample8").picture)
        tryCompare(chat.attachments, "readyCount", 1, patience)
        row(find("attachments"), 0)
        find("enlarge").clicked()
        tryVerify(() => harness.find(window, "viewerChoice") !== null)
        find("viewerChoice").chosen(1)
        shoot("viewer")
        keyClick(Qt.Key_Escape)
        keyClick(Qt.Key_F1)
        shoot("keys")
    }

    function test_stage() {
        firstStart()
        app.settings.maxTokens = 60
        app.settings.temperature = 0
        askSample()
        tryCompare(chat, "busy", false, patience)
        keyClick(Qt.Key_F11)
        shoot("stage")
    }

    function test_full() {
        ready()
        app.settings.maxTokens = 60
        askSample()
        tryCompare(chat, "busy", false, patience)
        app.settings.maxTokens = 512
        ask("And what is in them?")
        tryCompare(chat, "busy", false, patience)
        shoot("context-full")
        app.settings.maxTokens = 60
        ask("And which of them is the largest?")
        tryCompare(chat, "busy", false, patience)
        shoot("turns-dropped")
    }

    function test_library() {
        const server = harness.serve(harness.data("model"))
        server.bytesPerSecond = 40000
        const folder = harness.newFolder()
        for (const name of ["MobileVLM-Small", "Removed-Model"])
            for (const file of ["ggml-model-f16.gguf", "mmproj-model-f16.gguf"])
                harness.copyTo(`model/${file}`, `${folder}/ada/${name}/${file}`)
        const entry = (id, name, files) => ({
                    id: id,
                    kind: "gguf",
                    name: name,
                    publisher: "ada",
                    model: id,
                    licence: "Apache-2.0",
                    quantisation: "f16",
                    files: files
                })
        const file = (name, role) => ({
                    name: name,
                    role: role,
                    size: harness.sizeOf(harness.data(`model/${name}`)),
                    url: `${server.url}/${name}`
                })
        const pair = [file("ggml-model-f16.gguf", "language_model"), file("mmproj-model-f16.gguf", "mmproj")]
        look({
            own: "model",
            model: `${folder}/ada/MobileVLM-Small`,
            installed: folder,
            catalogue: JSON.stringify({
                format: 1,
                models: [entry("MobileVLM-Other", "MobileVLM Other", pair), entry("MobileVLM-Third", "MobileVLM Third", pair)]
            })
        })
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        const library = app.library
        window.showModels()
        tryVerify(() => library.hasScanned && !library.scanning && library.installed.count === 3, patience)
        library.remove("ada/Removed-Model")
        tryCompare(library, "removedCount", 1, patience)
        library.verify("ada/MobileVLM-Small")
        library.get("ada/MobileVLM-Other")
        wait(4000)
        shoot("library")
    }

    /// An empty page of models, on which a pair, half a model and a checkpoint were dropped.
    function test_import() {
        look({
            home: true,
            own: "model",
            installed: harness.newFolder()
        })
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        const stick = harness.newFolder()
        for (const file of ["ggml-model-f16.gguf", "mmproj-model-f16.gguf"])
            harness.copyTo(`model/${file}`, `${stick}/MobileVLM-Small/${file}`)
        harness.copyTo("model/ggml-model-f16.gguf", `${stick}/half/ggml-model-q4_k.gguf`)
        verify(harness.dragEnter(window, {
            urls: [harness.url(`${stick}/MobileVLM-Small`), harness.url(`${stick}/half/ggml-model-q4_k.gguf`), harness.url(harness.checkpoint())]
        }))
        shoot("drop-model")
        verify(harness.drop(window))
        tryVerify(() => !app.imports.looking && app.imports.entries.count === 3, patience)
        shoot("import")
        app.imports.startAll()
        tryVerify(() => !app.imports.busy, patience)
        const library = app.library
        tryVerify(() => !library.scanning && library.installed.count === 3, patience)
        shoot("imported")
        app.exports.exportModel("local/MobileVLM-Small", harness.url(`${stick}/MobileVLM-Small`))
        tryVerify(() => app.exports.share < 0, patience)
        for (let i = app.imports.entries.count; i > 0; --i)
            app.imports.dismiss(i)
        shoot("exported")
        find("openBundle").clicked()
        find("openAddresses").clicked()
        find("models").contentY = 1e6
        find("models").returnToBounds()
        shoot("bundle")
    }

    function test_licence() {
        look({
            own: "all"
        })
        window.showModels()
        tryVerify(() => app.library.hasScanned && app.library.available.count > 0, patience)
        const row = find("availableModels").itemAt(0)
        find("getModel", row).clicked()
        shoot("licence")
    }

    function test_folder() {
        look({
            home: true,
            own: "model"
        })
        for (const file of ["ggml-model-f16.gguf", "mmproj-model-f16.gguf"])
            harness.copyTo(`model/${file}`, `${harness.home()}/galago/models/me/small/${file}`)
        window.showSettings()
        tryVerify(() => !app.libraryFolder.checking, patience)
        app.libraryFolder.choose(harness.newFolder())
        tryVerify(() => !app.libraryFolder.checking && app.libraryFolder.candidate !== "", patience)
        find("settings").contentY = find("folderQuestion").mapToItem(find("settings").contentItem, 0, -160).y
        shoot("folder")
    }

    function test_broken() {
        look({
            model: harness.copy("model/ggml-model-f16.gguf", "mobilevlm.gguf", 100000)
        })
        tryCompare(chat, "phase", ChatViewModel.ModelBroken, patience)
        shoot("model-broken")
    }

    function test_answer_refused() {
        ready({
            model: harness.data("model/rope4/ggml-model-f16.gguf")
        })
        askSample()
        tryCompare(chat, "busy", false, patience)
        shoot("answer-failed")
    }
}
