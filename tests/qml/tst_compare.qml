// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The compare page, with the model that comes with Galago and a conversion of it.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    readonly property string car: harness.data("../../resources/samples/03-colour.png")

    name: "Compare"

    function openPage(options) {
        verify(harness.hasBuiltInModel())
        open(Object.assign({
            own: "all",
            threads: 2
        }, options ?? {}))
        click("comparePlace")
        verify(find("compare").visible)
    }

    function askAboutTheCar() {
        page().picture = harness.url(car)
        tryVerify(() => page().hasPicture, patience)
        find("comparePrompt").forceActiveFocus()
        type("What color is the car")
        keyClick(Qt.Key_Return)
        verify(page().running)
    }

    function waitForAnswers() {
        tryCompare(page(), "running", false, patience)
    }

    function test_two_columns() {
        openPage()
        verify(!find("compareAsk").enabled)
        askAboutTheCar()
        waitForAnswers()
        isTold(0)
        isTold(1)
        verify(!find("compareAgreement0").visible)
        verify(find("compareAgreement1").visible)
        verify(find("compareAgreement1").text !== "")
        compare(find("compareName0").text, "Galago Tiny")
        compare(find("compareName1").text, "Galago Tiny, q4_K_M")
    }

    function isTold(row) {
        verify(find(`compareAnswer${row}`).text.includes("Green"), find(`compareAnswer${row}`).text)
        verify(find(`compareFirstToken${row}`).visible)
    }

    function test_columns_are_added_and_removed() {
        openPage()
        click("compareAdd")
        click("compareAdd")
        compare(page().columns.count, 4)
        verify(!find("compareAdd").visible)
        page().columns.setQuantise(3, "q2_K")
        click("compareRemove0")
        click("compareRemove0")
        compare(page().columns.count, 2)
        verify(!harness.find(window, "compareRemove0").visible)
        compare(find("compareName1").text, "Galago Tiny, q2_K")
    }

    function page() {
        return app.compare
    }

    function test_stop() {
        openPage()
        page().columns.setModel(0, harness.slowModel(), "slow")
        askAboutTheCar()
        tryVerify(() => find("compareAsk").text === "Stop")
        click("compareAsk")
        waitForAnswers()
        compare(find("compareState1").text, "stopped")
    }

    function test_what_fails_is_told() {
        openPage()
        page().columns.setModel(1, harness.write("letter.gguf", "Dear diary"), "letter")
        askAboutTheCar()
        waitForAnswers()
        verify(find("compareError").visible || find("compareFailed1").visible)
        const before = page().picture
        page().picture = harness.url(harness.write("notes.png", "Dear diary"))
        tryVerify(() => find("compareError").visible && find("compareError").title.includes("Not a picture"), patience)
        compare(page().picture, before)
    }

    function test_blind_votes_are_kept() {
        openPage()
        click("compareBlind")
        askAboutTheCar()
        verify(page().hidden)
        verify(!find("compareName0").text.includes("Galago"))
        waitForAnswers()
        verify(page().canVote)
        verify(!find("compareFirstToken0").visible)
        click("compareVote1")
        verify(!page().hidden)
        verify(find("compareName1").text.includes("Galago"))
        compare(page().tally.length, 2)
        compare(page().tally[0].wins, 1)
        compare(page().tally[0].name, find("compareName1").text)
        open({
            own: "all",
            keep: true
        })
        compare(app.compare.tally.length, 2)
        app.compare.clearTally()
        compare(app.compare.tally.length, 0)
    }

    function test_a_script() {
        openPage()
        page().openBatch(harness.url(harness.data("../../resources/compare/expectations.json")))
        tryCompare(page(), "batchCases", 3, patience)
        click("compareRunBatch")
        waitForAnswers()
        tryVerify(() => page().hasReport)
        compare(page().failureCount, 0)
        compare(page().summary.length, 1)
        compare(page().cases.count, 3)
        verify(find("compareSummary0").visible)
        const folder = harness.newFolder()
        let kept = ""
        page().exported.connect(path => kept = path)
        for (const end of ["md", "csv", "json"]) {
            page().exportReport(harness.url(`${folder}/report.${end}`))
            tryVerify(() => kept.endsWith(end), patience)
            verify(harness.sizeOf(`${folder}/report.${end}`) > 100)
        }
        page().exportReport(harness.url(`${folder}/report.doc`))
        tryVerify(() => page().errorTitle !== "", patience)
    }

    function test_a_script_that_expects_else() {
        openPage()
        page().openBatch(harness.url(harness.write("wrong.json", `{"format": 1, "columns": [{}], "cases": [{"picture": "${car}", "prompt": "What color is the car?", "expect": "Pink."}]}`)))
        tryCompare(page(), "batchCases", 1, patience)
        page().runBatch()
        waitForAnswers()
        tryVerify(() => page().failureCount === 1, patience)
        verify(find("compareFailures").visible)
        page().openBatch(harness.url(harness.write("typo.json", '{"format": 1, "colums": []}')))
        tryVerify(() => page().errorDetail.includes("colums"), patience)
    }

    function test_keyboard() {
        openPage()
        keyClick(Qt.Key_Escape)
        verify(!find("compare").visible)
        keyClick(Qt.Key_C, Qt.ControlModifier | Qt.ShiftModifier)
        verify(find("comparePrompt").activeFocus)
        type("x")
        const seen = []
        for (let i = 0; i < 40; ++i) {
            keyClick(Qt.Key_Tab)
            seen.push(window.activeFocusItem.objectName)
        }
        for (const name of ["compareBlind", "compareAtOnce", "compareAsk", "compareAdd", "compareModel0", "compareType1", "compareDevice0", "compareTemperature1", "compareOpenScript", "compareOpenFolder", "comparePicture"])
            verify(seen.includes(name), `Tab does not reach ${name}: ${seen}`)
    }

    function test_everything_has_a_name_and_fits_data() {
        return [[360, 640, "en"], [1024, 600, "en"], [1440, 900, "en"], [360, 640, "zh_CN"], [1024, 600, "zh_CN"]].map(([width, height, language]) => ({
                    tag: `${language} ${width}x${height}`,
                    width,
                    height,
                    language
                }))
    }

    function test_everything_has_a_name_and_fits(data) {
        openPage({
            settings: {
                "look/language": data.language
            }
        })
        window.width = data.width
        window.height = data.height
        wait(200)
        const found = []
        walk(window.contentItem, item => {
            const outer = item.parent
            if (item.activeFocusOnTab && !item.Accessible.name && !(outer && outer.Accessible.name))
                found.push(`nameless: ${item} ${item.objectName}`)
            if (item.text === undefined || item.elide === undefined || item.text === "" || item.width <= 0)
                return
            const at = item.mapToItem(null, 0, 0)
            if (at.x < -0.5 || at.x + item.width > window.width + 0.5)
                found.push(`outside: ${item.text}`)
        })
        compare(found, [])
    }
}
