// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The camera, with frames that the test gives it.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    readonly property var camera: app ? app.camera : null

    name: "Camera"

    function openSheet(options) {
        openReady(Object.assign({
            cameras: ["Front", "Back"]
        }, options ?? {}))
        keySequence(KeyMap.everywhere.camera[0])
        tryVerify(() => harness.find(window, "takePicture") !== null)
    }

    function isClosed() {
        const button = harness.find(window, "takePicture")
        return button === null || !button.visible
    }

    function middleOf(item) {
        return grabImage(item).pixel(Math.round(item.width / 2), Math.round(item.height / 2))
    }

    function test_without_support() {
        openReady()
        verify(!camera.supported)
        verify(!find("openCamera").visible)
        keySequence(KeyMap.everywhere.camera[0])
        wait(50)
        verify(isClosed())
        camera.open()
        compare(camera.state, CameraViewModel.Off)
    }

    function test_freeze() {
        openReady({
            cameras: ["Front", "Back"]
        })
        click("openCamera")
        tryVerify(() => harness.find(window, "takePicture") !== null)
        compare(camera.state, CameraViewModel.Starting)
        compare(harness.cameraOn(), "Front")
        verify(!find("takePicture").enabled)
        verify(!camera.freeze())
        harness.showFrame("red")
        compare(camera.state, CameraViewModel.Showing)
        tryVerify(() => middleOf(find("cameraPreview")) === Qt.rgba(1, 0, 0, 1))
        harness.showFrame("blue")
        tryVerify(() => middleOf(find("cameraPreview")) === Qt.rgba(0, 0, 1, 1))
        tryVerify(() => find("takePicture").activeFocus)
        keyClick(Qt.Key_Return)
        tryVerify(isClosed)
        compare(harness.cameraOn(), "")
        tryCompare(chat.attachments, "readyCount", 1, patience)
        const thumb = row(find("attachments"), 0)
        compare(thumb.pixelWidth, 320)
        compare(thumb.pixelHeight, 240)
        verify(find("promptInput").activeFocus)
    }

    function test_another_camera() {
        openSheet()
        harness.showFrame("red")
        compare(find("cameraChoice").count, 2)
        find("cameraChoice").activated(1)
        compare(harness.cameraOn(), "Back")
        compare(camera.state, CameraViewModel.Starting)
        // Pulled out: the other takes its place.
        harness.setCameras(["Front"])
        compare(harness.cameraOn(), "Front")
        verify(!find("cameraChoice").visible)
        keyClick(Qt.Key_Escape)
        tryVerify(isClosed)
        compare(camera.state, CameraViewModel.Off)
    }

    function test_no_camera_until_one_is_plugged_in() {
        openSheet({
            cameras: []
        })
        compare(camera.state, CameraViewModel.NoCamera)
        verify(find("cameraProblem").visible)
        compare(find("cameraProblem").title, "There is no camera")
        verify(!find("takePicture").enabled)
        verify(!find("liveButton").enabled)
        harness.setCameras(["Front"])
        compare(camera.state, CameraViewModel.Starting)
        harness.showFrame("red")
        verify(!find("cameraProblem").visible)
    }

    function test_a_camera_that_fails() {
        openSheet()
        harness.showFrame("red")
        harness.failCamera("Device or resource busy")
        compare(camera.state, CameraViewModel.Failed)
        compare(find("cameraProblem").title, "The camera does not answer")
        compare(find("cameraProblem").detail, "Device or resource busy")
        harness.showFrame("red")
        compare(camera.state, CameraViewModel.Failed)
        click("cameraAgain")
        compare(camera.state, CameraViewModel.Starting)
        harness.showFrame("red")
        compare(camera.state, CameraViewModel.Showing)
        camera.close()
        harness.setCameraFailure("No permission")
        camera.open()
        compare(camera.reason, "No permission")
    }

    function test_live_answers_never_queue() {
        openSheet({
            remembers: true
        })
        harness.showFrame("red")
        compare(find("liveQuestion").text, "Describe this picture.")
        click("liveButton")
        verify(camera.live)
        // Thirty frames while the first is answered: the next answer is about the last of them.
        for (let i = 0; i < 30; ++i)
            harness.showFrame(`#0000${(100 + i).toString(16)}`)
        tryVerify(() => camera.rounds >= 2, patience)
        wait(300)
        compare(camera.rounds, 2)
        verify(camera.roundMs > 0)
        tryCompare(find("liveAnswer"), "text", camera.liveAnswer)
        harness.showFrame("green")
        tryCompare(camera, "rounds", 3, patience)
        // It is no part of the chat.
        compare(chat.messages.count, 0)
        compare(chat.attachments.count, 0)
        click("liveButton")
        verify(!camera.live)
        harness.showFrame("yellow")
        wait(300)
        compare(camera.rounds, 3)
    }

    function test_closing_ends_live_answers() {
        openSheet({
            model: harness.slowModel()
        })
        harness.showFrame("red")
        click("liveButton")
        verify(camera.live)
        wait(100)
        keyClick(Qt.Key_Escape)
        tryVerify(isClosed)
        verify(!camera.live)
        compare(camera.state, CameraViewModel.Off)
        // The engine is free for the chat.
        app.settings.maxTokens = 2
        ask("Hello")
        tryCompare(chat, "busy", false, patience)
        compare(message(1).answerState, MessageListModel.LengthLimit)
    }

    function test_a_model_without_eyes_has_no_live_answers() {
        openSheet({
            model: harness.data("model/rope4/ggml-model-f16.gguf")
        })
        harness.showFrame("red")
        verify(!find("liveButton").enabled)
        verify(find("takePicture").enabled)
    }
}
