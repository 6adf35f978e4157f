// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The speed of an answer while it comes, and the board's figures from a tree like its kernel's.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "Speed"

    function board(): string {
        const sysfs = harness.newFolder()
        const ina = `${sysfs}/bus/i2c/devices/1-0040`
        harness.writeTo(`${ina}/name`, "ina3221\n")
        harness.writeTo(`${ina}/hwmon/hwmon3/in1_label`, "VDD_IN\n")
        harness.writeTo(`${ina}/hwmon/hwmon3/in1_input`, "5000\n")
        harness.writeTo(`${ina}/hwmon/hwmon3/curr1_input`, "2000\n")
        harness.writeTo(`${sysfs}/class/thermal/thermal_zone0/type`, "cpu-thermal\n")
        harness.writeTo(`${sysfs}/class/thermal/thermal_zone0/temp`, "61000\n")
        harness.writeTo(`${sysfs}/class/thermal/cooling_device0/type`, "thermal-cpufreq-0\n")
        harness.writeTo(`${sysfs}/class/thermal/cooling_device0/cur_state`, "1\n")
        return sysfs
    }

    function test_figures_of_an_answer() {
        openReady({
            sysfs: board()
        })
        window.width = 1280
        app.settings.maxTokens = 60
        attach(["model/small.png"])
        ask("What is it?")
        tryCompare(chat, "busy", false, patience)
        verify(app.speed.chart.length > 1)
        verify(app.speed.chart.length <= 48)
        const mean = app.speed.chart.reduce((sum, rate) => sum + rate, 0) / app.speed.chart.length
        verify(Math.abs(mean - chat.decodeRate) < chat.decodeRate * 0.05, `${mean} is not ${chat.decodeRate}`)
        verify(app.speed.highestRate >= mean)
        verify(find("answerPhases").visible)
        tryVerify(() => app.speed.memoryBytes > 1e6, patience)
        compare(app.speed.powerWatts, 10)
        compare(app.speed.temperature, 61)
        verify(app.speed.throttled)
        tryVerify(() => find("speedPower").visible && find("speedThrottled").visible)
        compare(find("speedPower").value, "10.0 W")
        compare(find("speedTemperature").value, "61 °C")
    }

    /// Names of the phases that an answer shows, by its row.
    function phasesOf(answer) {
        const bar = find("answerPhases", row(find("messages"), answer))
        verify(bar.visible)
        return bar.parent.phases.map(phase => phase.name)
    }

    function test_each_answer_keeps_its_phases() {
        openReady()
        app.settings.maxTokens = 8
        attach(["model/small.png"])
        ask("What is it?")
        tryCompare(chat, "busy", false, patience)
        compare(phasesOf(1), ["Load", "Picture", "Prompt", "Answer"])
        ask("And now?")
        tryCompare(chat, "busy", false, patience)
        compare(phasesOf(1), ["Load", "Picture", "Prompt", "Answer"])
        compare(phasesOf(3), ["Prompt", "Answer"])
        // The model is loaded again: the next answer has waited for that.
        app.model.reload()
        ask("And then?")
        tryCompare(chat, "busy", false, patience)
        compare(phasesOf(5)[0], "Load")
        compare(phasesOf(3)[0], "Prompt")
    }

    function test_energy() {
        openReady({
            sysfs: board(),
            model: harness.slowModel()
        })
        app.settings.maxTokens = 400
        ask("What is it?")
        tryVerify(() => app.speed.tokensPerJoule > 0, patience)
        // Ten watts.
        verify(app.speed.tokensPerJoule < chat.decodeRate / 10 * 3, `${app.speed.tokensPerJoule}, ${chat.decodeRate}`)
        chat.stop()
        tryCompare(chat, "busy", false, patience)
    }

    function test_what_is_not_there_is_not_shown() {
        openReady({
            sysfs: harness.newFolder()
        })
        window.width = 1280
        app.settings.maxTokens = 4
        ask("Hello")
        tryCompare(chat, "busy", false, patience)
        tryVerify(() => app.speed.memoryBytes > 0, patience)
        compare(app.speed.powerWatts, -1)
        compare(app.speed.tokensPerJoule, -1)
        for (const name of ["speedPower", "speedTemperature", "speedThrottled"])
            verify(!find(name).visible, name)
    }

    function test_stage() {
        openReady()
        app.settings.maxTokens = 30
        attach(["model/large.png"])
        ask("What is it?")
        keyClick(Qt.Key_F11)
        verify(find("stage").visible)
        tryCompare(chat, "busy", false, patience)
        compare(find("stageAnswer").text, message(1).text)
        verify(find("stageRate").text !== "–")
        verify(find("stageRate").font.pixelSize >= 96)
        verify(find("stagePicture").visible)
        keyClick(Qt.Key_Escape)
        verify(!find("stage").visible)
    }
}
