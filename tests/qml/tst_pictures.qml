// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// All ways in for a picture, and what is said of files that are none.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    name: "Pictures"

    function dropped(what, accepted) {
        compare(harness.dragEnter(window, what), accepted)
        compare(find("dropOverlay").shown, accepted)
        if (!accepted)
            return harness.dragLeave(window)
        verify(harness.drop(window))
        compare(find("dropOverlay").shown, false)
    }

    function test_drop_data() {
        const large = harness.data("model/large.png")
        return [
            {
                tag: "file",
                what: {
                    urls: [harness.url(large)]
                }
            },
            {
                tag: "bytes of a file",
                what: {
                    png: large
                }
            },
            {
                tag: "pixels",
                what: {
                    pixels: large
                }
            }
        ]
    }

    function test_drop(data) {
        openReady()
        dropped(data.what, true)
        tryCompare(chat.attachments, "readyCount", 1, patience)
        const thumb = row(find("attachments"), 0)
        compare(thumb.pixelWidth, 420)
        compare(thumb.pixelHeight, 300)
        compare(chat.currentPicture, thumb.pictureId)
        tryCompare(find("inspectorPicture"), "status", Image.Ready, patience)
        mouseClick(find("removeAttachment", thumb))
        compare(chat.attachments.count, 0)
    }

    function test_a_remembered_picture_is_not_encoded_again() {
        const remembering = {
            model: harness.slowModel(),
            remembers: true
        }
        openReady(remembering)
        attachAndEncode(["model/large.png"])()
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        // After a restart it is known; after it was forgotten it is not.
        openReady(Object.assign({
            keep: true
        }, remembering))
        const phases = []
        const listen = () => phases.push(chat.phase)
        chat.phaseChanged.connect(listen)
        attach(["model/large.png"])
        ask("What is it?")
        tryVerify(() => chat.answerTokens > 0, patience)
        verify(!phases.includes(ChatViewModel.Encoding))
        compare(chat.imageTokens, 144)
        app.settings.keepPictures = false
        openReady(Object.assign({
            keep: true
        }, remembering))
        attachAndEncode(["model/large.png"])()
    }

    function test_drop_of_several_files() {
        openReady()
        dropped({
            urls: [harness.url(harness.data("model/large.png")), harness.url(harness.data("model/small.png"))]
        }, true)
        tryCompare(chat.attachments, "readyCount", 2, patience)
    }

    function test_text_is_no_picture() {
        openReady()
        dropped({
            text: "file:///picture.png"
        }, false)
        compare(chat.attachments.count, 0)
    }

    function test_leaving_puts_the_overlay_away() {
        openReady()
        verify(harness.dragEnter(window, {
            urls: [harness.url(harness.data("model/large.png"))]
        }))
        harness.dragLeave(window)
        tryCompare(find("dropOverlay"), "visible", false)
        compare(chat.attachments.count, 0)
    }

    function test_formats_data() {
        return ["bmp", "gif", "jpg", "png", "webp"].map(tag => ({
                    tag
                }))
    }

    function test_formats(data) {
        openReady()
        attach([`pictures/photo.${data.tag}`])
    }

    function test_unreadable_data() {
        return [
            {
                tag: "no picture",
                file: harness.write("notes.png", "Dear diary"),
                title: "Not a picture, or a damaged one."
            },
            {
                tag: "cut off",
                file: harness.copy("model/large.png", "cut.png", 2000),
                title: "Not a picture, or a damaged one."
            },
            {
                tag: "unknown format",
                file: harness.write("a.heic", "\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1heic"),
                title: "Galago cannot read this kind of picture."
            },
            {
                tag: "missing",
                file: harness.data("model/none.png"),
                title: "The picture could not be opened."
            },
            {
                tag: "elsewhere",
                url: "https://example.org/a.png",
                title: "The picture is on the network, and Galago works offline."
            }
        ]
    }

    function test_unreadable(data) {
        openReady()
        type("What is it?")
        dropped({
            urls: [data.url ?? harness.url(data.file)]
        }, true)
        tryCompare(chat.attachments, "loadingCount", 0, patience)
        compare(chat.attachments.readyCount, 0)
        const error = find("attachmentError")
        verify(error.visible)
        compare(error.text, data.title)

        // Nothing is asked about a picture that is not there.
        verify(!find("sendButton").enabled)
        keyClick(Qt.Key_Return)
        compare(chat.messages.count, 0)
        click("removeAttachment")
        verify(find("sendButton").enabled)
        compare(find("promptInput").text, "What is it?")
    }

    function test_question_waits_for_its_picture() {
        openReady()
        chat.attachUrls([harness.url(harness.data("model/large.png"))])
        verify(chat.send("What is it?"))
        tryCompare(chat.messages, "count", 2, patience)
        compare(message(0).pictures.length, 1)

        tryVerify(() => chat.answerTokens > 0, patience)
        chat.stop()
        tryCompare(chat, "busy", false, patience)
        chat.attachUrls([harness.url(harness.write("notes.png", "Dear diary"))])
        verify(chat.send("And this?"))
        tryCompare(find("promptInput"), "text", "And this?", patience)
        compare(chat.messages.count, 2)
        compare(chat.busy, false)
    }

    function test_paste_data() {
        const large = harness.data("model/large.png")
        return [
            {
                tag: "copied file",
                what: {
                    urls: [harness.url(large)],
                    text: large
                }
            },
            {
                tag: "screenshot",
                what: {
                    pixels: large
                }
            },
            {
                tag: "picture of a browser",
                what: {
                    png: large
                }
            }
        ]
    }

    function test_paste(data) {
        openReady()
        harness.setClipboard(data.what)
        verify(find("promptInput").activeFocus)
        keyClick(Qt.Key_V, Qt.ControlModifier)
        tryCompare(chat.attachments, "readyCount", 1, patience)
        compare(find("promptInput").text, "")

        // From anywhere else in the window too.
        find("modelButton").forceActiveFocus()
        keyClick(Qt.Key_V, Qt.ControlModifier)
        tryCompare(chat.attachments, "readyCount", 2, patience)
        verify(find("promptInput").activeFocus)
    }

    function test_pasted_text_stays_text() {
        openReady()
        harness.setClipboard({
            text: "a word"
        })
        keyClick(Qt.Key_V, Qt.ControlModifier)
        compare(find("promptInput").text, "a word")
        compare(chat.attachments.count, 0)

        // Word processors offer a picture of their text as well.
        harness.setClipboard({
            text: " and more",
            pixels: harness.data("model/small.png")
        })
        keyClick(Qt.Key_V, Qt.ControlModifier)
        compare(find("promptInput").text, "a word and more")
        compare(chat.attachments.count, 0)
    }

    function test_more_than_eight_are_refused() {
        openReady()
        const urls = []
        for (let i = 0; i < 10; ++i)
            urls.push(harness.url(harness.data("model/small.png")))
        chat.attachUrls(urls)
        tryCompare(chat.attachments, "readyCount", 8, patience)
        verify(find("refusedBanner").visible)
        tryVerify(() => harness.find(window, "removeAttachment") !== null)
        click("removeAttachment")
        verify(!find("refusedBanner").visible)
    }

    function test_suggested_questions() {
        openReady()
        verify(!find("suggestion0").visible)
        attach(["model/small.png"])
        tryVerify(() => find("suggestion0").visible)
        click("suggestion0")
        compare(message(0).text, "Describe this picture.")
    }

    function test_as_the_model_sees_it() {
        openReady()
        attach(["model/large.png"])
        const picture = find("inspectorPicture")
        tryCompare(picture, "status", Image.Ready, patience)
        mouseClick(find("segment1", find("pictureChoice")))
        tryVerify(() => picture.status === Image.Ready && picture.source.toString().endsWith("/seen/336"), patience)
        compare(picture.implicitWidth, picture.implicitHeight)
    }
}
