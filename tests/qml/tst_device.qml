// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The choice of the device in the settings, with a Vulkan driver that computes on the processor
// where the machine has one (the environment lets it be chosen).
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "Device"

    function gpu() {
        app.devices.find()
        tryVerify(() => app.devices.isComplete, patience)
        const found = app.devices.devices.filter(device => device.startsWith("vulkan:"))
        if (found.length === 0)
            skip("this machine has no Vulkan driver")
        return found[0]
    }

    function choose(device) {
        const box = find("deviceChoice")
        const index = app.devices.devices.indexOf(device)
        verify(index >= 0)
        box.forceActiveFocus()
        while (box.currentIndex !== index)
            keyClick(box.currentIndex < index ? Qt.Key_Down : Qt.Key_Up)
        compare(app.settings.device, device)
    }

    function test_the_processor_by_choice() {
        openReady()
        click("settingsPlace")
        tryVerify(() => app.devices.isComplete, patience)
        compare(find("deviceChoice").currentIndex, 0)
        compare(find("deviceChoice").currentText, "Automatic")
        choose("cpu")
        verify(app.model.isOutdated)
        click("reloadModel")
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(!app.model.isOutdated)
        compare(app.model.deviceReason, "as asked for")
        verify(!find("measureAgain").visible)
        // It is kept.
        openReady({
            keep: true
        })
        compare(app.settings.device, "cpu")
        compare(app.model.deviceReason, "as asked for")
    }

    function test_automatic_measures_and_says_what() {
        openReady()
        const device = gpu()
        tryVerify(() => app.model.isMeasured, patience)
        const name = device.substring(7)
        const figures = /^(CPU|Vulkan: .+) [\d.,]+ tokens\/s, picture [\d.,]+ m?s; (CPU|Vulkan: .+) [\d.,]+ tokens\/s, picture [\d.,]+ m?s$/
        verify(figures.test(app.model.deviceReason), app.model.deviceReason)
        verify(app.model.deviceReason.includes(name))
        verify(find("statusDevice").text.includes(app.model.deviceReason))
        app.settings.language = "zh_CN"
        verify(app.model.deviceReason.includes("词元/秒"), app.model.deviceReason)
        app.settings.language = "en"
        click("settingsPlace")
        const before = app.model.deviceReason
        click("measureAgain")
        tryCompare(app.model, "state", ModelViewModel.Loading)
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        verify(figures.test(app.model.deviceReason), app.model.deviceReason)
        verify(app.model.deviceReason !== before)
    }

    function test_a_gpu_by_its_name() {
        openReady()
        const device = gpu()
        click("settingsPlace")
        choose(device)
        click("reloadModel")
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        compare(app.model.deviceKind, "vulkan")
        compare(app.model.deviceName, device.substring(7))
        compare(app.model.deviceReason, "as asked for")
        app.settings.maxTokens = 2
        ask("Hello")
        tryVerify(() => chat.answerTokens > 0, patience)
        compare(app.model.deviceKind, "vulkan")
    }

    function test_a_gpu_that_is_gone() {
        openReady({
            settings: {
                "model/device": "vulkan:A card that was sold"
            }
        })
        compare(app.model.deviceKind, "cpu")
        verify(app.model.deviceReason.includes("A card that was sold"), app.model.deviceReason)
        click("settingsPlace")
        tryVerify(() => app.devices.isComplete, patience)
        compare(find("deviceChoice").currentText, "Vulkan: A card that was sold (not found)")
    }

    function test_nonsense_in_the_settings_is_automatic() {
        openReady({
            settings: {
                "model/device": "abacus"
            }
        })
        compare(app.settings.device, "auto")
    }
}
