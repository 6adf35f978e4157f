// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A picture as large as the window: from where it is opened, how it is zoomed and moved, and what
// the model sees of it.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    property var stage: null

    name: "Viewer"

    /// Of the window's popup, which find() knows only while it is open.
    function opened(from) {
        const button = find("enlarge", from)
        tryVerify(() => button.width > 0 && button.visible, patience)
        mouseClick(button)
        tryVerify(() => harness.find(window, "viewerPicture") !== null)
        tryCompare(find("viewerPicture"), "status", Image.Ready, patience)
        stage = find("viewerStage")
        return find("viewerPicture")
    }

    function isClosed() {
        const closed = harness.find(window, "viewerPicture")
        return closed === null || !closed.visible
    }

    function openReadyWithPicture() {
        openReady()
        attach(["model/large.png"])
    }

    function test_opens_from_everywhere() {
        openReadyWithPicture()
        compare(opened(find("attachments")).implicitWidth, 420)
        keyClick(Qt.Key_Escape)
        tryVerify(isClosed)

        app.settings.maxTokens = 4
        ask("What is it?")
        tryCompare(chat, "busy", false, patience)
        opened(find("messages"))
        click("viewerClose")
        tryVerify(isClosed)

        find("inspectorEnlarge").forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Return)
        tryVerify(() => !isClosed())
        keyClick(Qt.Key_Escape)
        tryVerify(isClosed)
        verify(find("inspectorEnlarge").activeFocus)
    }

    function test_as_the_model_sees_it() {
        openReadyWithPicture()
        find("pictureChoice").chosen(1)
        mouseClick(find("inspectorEnlarge"))
        tryVerify(() => !isClosed())
        const picture = find("viewerPicture")
        stage = find("viewerStage")
        tryCompare(picture, "status", Image.Ready, patience)
        const side = app.model.pictureSize
        compare(picture.implicitWidth, side)
        compare(picture.implicitHeight, side)
        verify(find("viewerNote").visible)
        keyClick(Qt.Key_M)
        tryCompare(picture, "implicitWidth", 420, patience)
        compare(picture.implicitHeight, 300)
        find("viewerChoice").chosen(1)
        tryCompare(picture, "implicitWidth", side, patience)
        // The padding is the mean colour that the tower was trained with; the picture has no such rows.
        const shown = grabImage(stage)
        const middle = Math.round(stage.width / 2)
        const top = Math.round(stage.height / 2 - picture.height / 2) + 4
        compare(shown.pixel(middle, top), Qt.rgba(122 / 255, 116 / 255, 104 / 255, 1))
    }

    function test_text_only_models_see_nothing() {
        openReady({
            model: harness.data("model/rope4/ggml-model-f16.gguf")
        })
        attach(["model/large.png"])
        opened(find("attachments"))
        verify(!harness.find(window, "viewerChoice") || !find("viewerChoice").visible)
        keyClick(Qt.Key_M)
        compare(find("viewerPicture").implicitWidth, 420)
    }

    function test_zoom_by_keys() {
        openReadyWithPicture()
        const picture = opened(find("attachments"))
        const whole = picture.width
        fuzzyCompare(whole, Math.min(stage.width, stage.height * 420 / 300), 1)
        keyClick(Qt.Key_Plus)
        fuzzyCompare(picture.width, whole * 1.25, 1)
        keyClick(Qt.Key_Minus)
        fuzzyCompare(picture.width, whole, 1)
        keyClick(Qt.Key_Minus)
        fuzzyCompare(picture.width, whole, 1)
        for (let i = 0; i < 40; ++i)
            keyClick(Qt.Key_Plus)
        fuzzyCompare(picture.width, whole * 8, 8)
        keyClick(Qt.Key_0)
        fuzzyCompare(picture.width, whole, 1)
    }

    function test_the_wheel_keeps_what_is_under_the_pointer() {
        openReadyWithPicture()
        const picture = opened(find("attachments"))
        const at = Qt.point(stage.width * 0.4, stage.height * 0.6)
        // Until it is wider than the window it stays in its middle.
        for (let i = 0; i < 3; ++i)
            mouseWheel(stage, at.x, at.y, 0, 120)
        verify(picture.width > stage.width)
        const before = picture.width
        const share = Qt.point((at.x - picture.x) / picture.width, (at.y - picture.y) / picture.height)
        for (let i = 0; i < 3; ++i)
            mouseWheel(stage, at.x, at.y, 0, 120)
        verify(picture.width > before * 1.5)
        fuzzyCompare((at.x - picture.x) / picture.width, share.x, 0.01)
        fuzzyCompare((at.y - picture.y) / picture.height, share.y, 0.01)
    }

    function test_dragging_stops_at_the_edges() {
        openReadyWithPicture()
        const picture = opened(find("attachments"))
        mouseDoubleClickSequence(stage, stage.width / 2, stage.height / 2)
        tryVerify(() => picture.width > stage.width)
        const before = picture.x
        mouseDrag(stage, stage.width / 2, stage.height / 2, 60, 0, Qt.LeftButton, Qt.NoModifier, 20)
        verify(picture.x > before)
        for (let i = 0; i < 40; ++i)
            keyClick(Qt.Key_Left)
        fuzzyCompare(picture.x, 0, 1)
        for (let i = 0; i < 80; ++i)
            keyClick(Qt.Key_Right)
        fuzzyCompare(picture.x + picture.width, stage.width, 1)
        mouseDoubleClickSequence(stage, stage.width / 2, stage.height / 2)
        tryVerify(() => picture.width <= stage.width + 1)
        fuzzyCompare(picture.x + picture.width / 2, stage.width / 2, 1)
    }

    function test_pinch() {
        openReadyWithPicture()
        const picture = opened(find("attachments"))
        const whole = picture.width
        const middle = Qt.point(stage.width / 2, stage.height / 2)
        const event = touchEvent(stage)
        event.press(1, stage, middle.x - 40, middle.y).press(2, stage, middle.x + 40, middle.y).commit()
        for (let i = 1; i <= 10; ++i)
            event.move(1, stage, middle.x - 40 - i * 12, middle.y).move(2, stage, middle.x + 40 + i * 12, middle.y).commit()
        event.release(1, stage, middle.x - 160, middle.y).release(2, stage, middle.x + 160, middle.y).commit()
        verify(picture.width > whole * 1.5, `${picture.width} of ${whole}`)
    }

    function test_keys_of_the_window_rest() {
        openReady({
            model: harness.slowModel()
        })
        attach(["model/large.png"])
        ask("What is it?")
        tryVerify(() => chat.answerTokens > 0, patience)
        opened(find("messages"))
        keyClick(Qt.Key_Escape)
        tryVerify(isClosed)
        verify(chat.busy)
        keyClick(Qt.Key_Escape)
        tryCompare(chat, "busy", false, patience)
    }
}
