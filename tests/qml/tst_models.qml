// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Choosing a model: none yet, installed ones, files, broken ones, and the one used last.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "Models"

    function test_first_start_says_what_to_do() {
        open({})
        tryCompare(app.models, "searching", false, patience)
        compare(chat.phase, ChatViewModel.NoModel)
        compare(find("welcomeTitle").text, "Galago needs a model first")
        verify(find("openModel").visible)
        verify(find("modelFolder").text.endsWith("/galago/models"))
        verify(!find("gallery").visible)
        compare(find("statusPhase").text, "no model")
        // A question may be written, and waits.
        ask("Hello")
        compare(chat.phase, ChatViewModel.NoModel)
        verify(chat.busy)
        app.model.loadUrl(harness.url(harness.data("model/ggml-model-f16.gguf")))
        tryVerify(() => chat.answerTokens > 0, patience)
    }

    function test_status_names_the_device_and_why() {
        openReady()
        verify(find("statusDevice").text.startsWith("CPU, "))
        verify(find("statusDevice").text.includes("(there is no GPU to choose)"))
        openReady({
            device: "cpu",
            threads: 1
        })
        compare(find("statusDevice").text, "CPU, 1 thread (as asked for)")
    }

    function test_first_start_loads_the_built_in_model() {
        open({
            own: "model"
        })
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(app.model.isBuiltIn)
        verify(app.model.hasVision)
        verify(find("gallery").visible)
        verify(find("demonstrationBadge").visible)
        verify(find("footnote").text.includes("not photographs"))
        click("otherModels")
        const list = find("modelList")
        tryVerify(() => list.count === 1 && !app.models.searching && row(list, 0).current, patience)
        verify(row(list, 0).isBuiltIn)
        compare(row(list, 0).name, "Galago Tiny")
        compare(find("demonstrationLabel", row(list, 0)).text, "Demonstration model")
        verify(row(list, 0).Accessible.name.includes("demonstration model"))
        verify(find("howToGetOne").text.includes(app.models.userFolder))
    }

    function test_an_installed_model_comes_before_the_built_in_one() {
        open({
            own: "model"
        })
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(app.model.isBuiltIn)
        // It was not chosen: what is installed later is what is meant.
        open({
            own: "model",
            keep: true,
            installed: harness.data("model")
        })
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(!app.model.isBuiltIn)
        verify(app.model.hasVision)
    }

    function test_chooser_fits_the_smallest_window() {
        open({
            own: "model",
            installed: harness.data("model")
        })
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        window.width = window.minimumWidth
        window.height = window.minimumHeight
        click("modelButton")
        tryVerify(() => find("modelList").count > 1 && !app.models.searching, patience)
        const last = find("openModelFile")
        tryVerify(() => last.mapToItem(null, 0, 0).y + last.height <= window.height)
    }

    function test_the_model_chosen_last_wins() {
        openReady({
            own: "model"
        })
        verify(!app.model.isBuiltIn)
        verify(!find("demonstrationBadge").visible)
        open({
            own: "model",
            keep: true
        })
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(!app.model.isBuiltIn)
        verify(!find("otherModels").visible)

        // So does the built-in one, once it was chosen.
        tryVerify(() => app.models.hasSearched && app.models.count === 2, patience)
        click("modelButton")
        const list = find("modelList")
        tryVerify(() => list.count === 2 && !app.models.searching, patience)
        verify(row(list, 1).isBuiltIn)
        mouseClick(row(list, 1))
        tryVerify(() => app.model.isBuiltIn && chat.phase === ChatViewModel.Idle, patience)
        open({
            own: "model",
            keep: true
        })
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(app.model.isBuiltIn)
    }

    function test_chooser_lists_and_loads() {
        openReady()
        app.model.load(harness.data("model/rope4/ggml-model-f16.gguf"))
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        const path = app.model.path

        click("modelButton")
        const list = find("modelList")
        tryCompare(list, "count", 2, patience)
        tryVerify(() => !app.models.searching && row(list, 0).current, patience)
        verify(!row(list, 0).hasVision)
        verify(row(list, 1).hasVision)
        mouseClick(row(list, 1))
        compare(app.model.state, ModelViewModel.Loading)
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(app.model.path !== path)
        verify(app.model.hasVision)
    }

    function test_last_model_is_loaded_again() {
        openReady()
        const path = app.model.path
        open({
            keep: true
        })
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        compare(app.model.path, path)
    }

    function test_broken_data() {
        return [
            {
                tag: "cut off",
                file: harness.copy("model/ggml-model-f16.gguf", "cut/mobilevlm.gguf", 100000),
                title: "This file is damaged or is not a GGUF model."
            },
            {
                tag: "other file",
                file: harness.write("other/letter.gguf", "Dear diary"),
                title: "This file is damaged or is not a GGUF model."
            },
            {
                tag: "missing",
                file: harness.data("none.gguf")
            },
            {
                tag: "projector alone",
                file: harness.copy("model/mmproj-model-f16.gguf", "alone/mmproj.gguf"),
                title: "There is no such model."
            }
        ]
    }

    function test_broken(data) {
        open({
            model: data.file
        })
        tryCompare(chat, "phase", ChatViewModel.ModelBroken, patience)
        compare(find("statusPhase").text, "model not loaded")
        const banner = find("modelError")
        verify(banner.visible)
        verify(banner.title !== "")
        verify(banner.hint !== "")
        if (data.title)
            compare(banner.title, data.title)
        verify(!find("bannerDetail", banner).visible)
        mouseClick(find("bannerDetails", banner))
        tryVerify(() => find("bannerDetail", banner).visible)

        // A whole file makes good again.
        app.model.load(smallModel)
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(!banner.visible)
    }

    function test_too_large_for_the_memory() {
        const folder = harness.newFolder()
        const file = `${folder}/ggml-model-f16.gguf`
        harness.copyTo("model/ggml-model-f16.gguf", file)
        harness.copyTo("model/mmproj-model-f16.gguf", `${folder}/mmproj-model-f16.gguf`)
        harness.grow(file, 4e12)
        open({
            model: file
        })
        tryCompare(chat, "phase", ChatViewModel.ModelBroken, patience)
        const banner = find("modelError")
        compare(banner.title, "There is not enough memory for this model.")
        verify(banner.detail.includes("it would fit"), banner.detail)
        verify(app.model.isTooLarge)
        // It is the person's machine.
        mouseClick(find("loadAnyway", banner))
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(!app.model.isTooLarge)
        ask("Hello")
        tryVerify(() => chat.answerTokens > 0, patience)
    }

    function test_broken_model_does_not_lose_the_chat() {
        openReady()
        app.settings.maxTokens = 4
        ask("Hello")
        tryCompare(chat, "busy", false, patience)
        app.model.load(harness.write("other/letter.gguf", "Dear diary"))
        tryCompare(chat, "phase", ChatViewModel.ModelBroken, patience)
        verify(find("brokenBanner").visible)
        compare(chat.messages.count, 2)
        app.model.load(smallModel)
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        ask("And again")
        tryCompare(chat, "busy", false, patience)
        compare(chat.messages.count, 4)
        compare(message(3).tokens, 4)
    }

    function test_another_model_ends_the_answer() {
        // The small model would have filled its context before another one is asked for.
        openReady({
            model: harness.slowModel()
        })
        ask("Hello")
        tryVerify(() => chat.answerTokens > 0, patience)
        app.model.load(smallModel)
        compare(message(1).answerState, MessageListModel.Stopped)
        compare(chat.busy, false)
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
    }

    function test_loading_can_be_stopped() {
        open({})
        app.model.load(harness.slowModel())
        app.model.cancel()
        tryVerify(() => app.model.state !== ModelViewModel.Loading, patience)
        // Unless the machine was faster.
        if (app.model.state === ModelViewModel.Broken)
            compare(app.model.errorTitle, "Loading was stopped.")
    }

    function test_settings_of_the_model_wait_for_a_reload() {
        openReady()
        verify(!app.model.isOutdated)
        app.settings.contextSize = 256
        verify(app.model.isOutdated)
        click("settingsPlace")
        verify(find("reloadBanner").visible)
        click("reloadModel")
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        compare(app.model.contextSize, 256)
        verify(!find("reloadBanner").visible)
    }

    function test_fast_changes_end_with_the_last() {
        open({})
        for (let i = 0; i < 5; ++i) {
            app.model.load(harness.slowModel())
            app.model.load(smallModel)
        }
        app.model.load(harness.data("model/rope4/ggml-model-f16.gguf"))
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(app.model.path.endsWith("rope4/ggml-model-f16.gguf"))
    }
}
