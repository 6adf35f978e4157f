// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Chats that are kept: after a restart, in their list, with their branches, in files, and what the
// window does when they cannot be kept.
import QtQuick
import QtTest
import Galago
import Galago.Ui

WindowTest {
    id: test

    readonly property var history: app ? app.history : null

    name: "History"

    function openKept(options) {
        openReady(Object.assign({
            chats: true,
            settings: {
                "answer/maxTokens": 8,
                "answer/fixedSeed": true
            }
        }, options ?? {}))
        window.width = 1280
    }

    /// The same after a restart.
    function reopen(options) {
        open(Object.assign({
            chats: true,
            keep: true,
            model: smallModel
        }, options ?? {}))
        window.width = 1280
    }

    function answered(words) {
        ask(words)
        tryCompare(chat, "busy", false, patience)
    }

    function listed(count) {
        tryCompare(history.chats, "count", count, patience)
    }

    /// What the list says from above.
    function titles() {
        const list = find("historyList")
        const found = []
        for (let i = 0; i < list.count; ++i)
            found.push(row(list, i).title)
        return found
    }

    function shown() {
        const found = []
        for (let i = 0; i < chat.messages.count; ++i)
            found.push(message(i).text)
        return found
    }

    function test_the_last_chat_is_there_before_the_model_is() {
        openKept()
        attach(["model/small.png"])
        answered("What is it?")
        answered("And then?")
        const before = shown()
        listed(1)
        reopen({
            model: harness.slowModel()
        })
        tryCompare(chat.messages, "count", 4, patience)
        compare(chat.phase, ChatViewModel.LoadingModel)
        compare(shown(), before)
        compare(message(0).pictures.length, 1)
        compare(window.title, "What is it? – Galago")
        tryVerify(() => find("messages").visible && find("messages").atYEnd)
        // The chat goes on, and the model sees the picture that was kept.
        tryCompare(chat, "phase", ChatViewModel.Idle, patience)
        answered("What is in the picture?")
        compare(message(-1).errorTitle, "")
        compare(chat.imageTokens, 144)
        listed(1)
    }

    function test_an_answer_is_kept_while_it_comes() {
        openKept({
            model: harness.slowModel()
        })
        app.settings.maxTokens = 512
        ask("Hello")
        tryVerify(() => chat.answerTokens > 3, patience)
        const said = message(1).text
        reopen()
        tryCompare(chat.messages, "count", 2, patience)
        compare(message(1).answerState, MessageListModel.Stopped)
        verify(message(1).text.startsWith(said))
        verify(find("continueAnswer").visible)
    }

    function test_a_new_chat_stays_new_after_a_restart() {
        openKept()
        answered("Hello")
        listed(1)
        click("historyNewChat")
        compare(chat.messages.count, 0)
        reopen()
        listed(1)
        compare(chat.messages.count, 0)
        verify(find("welcome").visible)
    }

    function test_chats_are_listed_and_opened() {
        openKept()
        tryVerify(() => find("historyEmpty").visible)
        answered("The first question")
        listed(1)
        tryVerify(() => !find("historyEmpty").visible)
        keyClick(Qt.Key_N, Qt.ControlModifier)
        answered("The second one")
        listed(2)
        tryVerify(() => titles().join() === "The second one,The first question", patience)
        verify(row(find("historyList"), 0).current)
        mouseClick(row(find("historyList"), 1))
        tryVerify(() => chat.messages.count === 2 && message(0).text === "The first question", patience)
        verify(row(find("historyList"), 1).current)
        verify(find("promptInput").activeFocus)
        // What is asked now belongs to it, and it is the latest.
        answered("Go on")
        tryVerify(() => titles().join() === "The first question,The second one", patience)
    }

    function test_search_finds_words_of_answers_and_titles() {
        openKept()
        answered("About horses")
        const word = message(1).text.trim().split(/\s+/)[0]
        keyClick(Qt.Key_N, Qt.ControlModifier)
        answered("About cows")
        listed(2)
        keyClick(Qt.Key_F, Qt.ControlModifier | Qt.ShiftModifier)
        verify(find("historySearch").activeFocus)
        type("HORSES")
        listed(1)
        tryVerify(() => titles().join() === "About horses", patience)
        compare(find("chatExcerpt").text, "About horses")
        type("x")
        listed(0)
        tryVerify(() => find("historyEmpty").visible)
        click("historyClearSearch")
        listed(2)
        compare(find("historySearch").text, "")
        history.search = word
        tryVerify(() => history.chats.count > 0 && harness.find(window, "chatExcerpt").text.includes(word), patience)
        history.search = ""
    }

    function test_naming_pinning_and_deleting_by_keys() {
        openKept()
        answered("One")
        keyClick(Qt.Key_N, Qt.ControlModifier)
        answered("Two")
        listed(2)
        const list = find("historyList")
        list.forceActiveFocus(Qt.TabFocusReason)
        list.currentIndex = 1
        keyClick(Qt.Key_F2)
        tryVerify(() => find("nameLine").activeFocus)
        type("Uno")
        keyClick(Qt.Key_Return)
        tryVerify(() => titles().join() === "Two,Uno", patience)
        verify(list.activeFocus)
        // Esc leaves the name as it was.
        keyClick(Qt.Key_F2)
        tryVerify(() => find("nameLine").activeFocus)
        type("Nothing")
        keyClick(Qt.Key_Escape)
        tryVerify(() => list.activeFocus)
        compare(titles(), ["Two", "Uno"])

        keyClick(Qt.Key_P)
        tryVerify(() => titles().join() === "Uno,Two", patience)
        compare(row(list, 0).pinned, true)
        tryVerify(() => find("historySection").text === "Pinned")

        // The chat on show is deleted, and comes back.
        list.currentIndex = 1
        keyClick(Qt.Key_Delete)
        listed(1)
        compare(chat.messages.count, 0)
        verify(find("removedBanner").visible)
        compare(find("removedBanner").title, "“Two” is deleted")
        click("undoRemove")
        listed(2)
        tryCompare(chat.messages, "count", 2, patience)
        compare(message(0).text, "Two")
        verify(!find("removedBanner").visible)

        // What stays deleted is gone after a restart; names and pins are there.
        history.remove(history.current)
        listed(1)
        reopen()
        listed(1)
        compare(titles(), ["Uno"])
        compare(row(find("historyList"), 0).pinned, true)
    }

    function test_menu_of_a_chat() {
        openKept()
        answered("One")
        listed(1)
        mouseMove(row(find("historyList"), 0))
        click("chatMenu")
        tryVerify(() => harness.find(window, "renameChat") !== null && find("renameChat").visible)
        click("pinChat")
        tryVerify(() => row(find("historyList"), 0).pinned, patience)
        mouseClick(row(find("historyList"), 0), 20, 10, Qt.RightButton)
        tryVerify(() => harness.find(window, "removeChat") !== null && find("removeChat").visible)
        click("removeChat")
        listed(0)
    }

    function test_answers_are_branches() {
        openKept()
        app.settings.fixedSeed = false
        app.settings.temperature = 1.5
        answered("Hello")
        const first = message(1).text
        click("regenerate")
        tryCompare(chat, "busy", false, patience)
        const second = message(1).text
        compare(find("branchPlace").text, "2/2")
        click("branchBefore")
        compare(message(1).text, first)
        tryVerify(() => find("branchPlace").text === "1/2")
        reopen()
        tryCompare(chat.messages, "count", 2, patience)
        compare(message(1).text, first)
        click("branchAfter")
        compare(message(1).text, second)
    }

    function test_any_question_can_be_asked_in_other_words() {
        openKept()
        attach(["model/small.png"])
        answered("One")
        answered("Two")
        const before = shown()
        const list = find("messages")
        list.positionViewAtBeginning()
        mouseClick(find("editQuestion", row(list, 0)))
        compare(chat.messages.count, 0)
        verify(find("editingBanner").visible)
        verify(!find("welcome").visible)
        compare(find("promptInput").text, "One")
        compare(chat.attachments.readyCount, 1)
        keyClick(Qt.Key_Escape)
        compare(shown(), before)
        compare(find("promptInput").text, "")
        compare(chat.attachments.count, 0)

        mouseClick(find("editQuestion", row(list, 0)))
        type("!")
        keyClick(Qt.Key_Return)
        tryCompare(chat, "busy", false, patience)
        compare(chat.messages.count, 2)
        compare(message(0).text, "One!")
        compare(message(0).pictures.length, 1)
        verify(!find("editingBanner").visible)
        tryVerify(() => find("branchPlace").text === "2/2")
        click("branchBefore")
        compare(shown(), before)
        // Also after a restart, where the picture is in a file.
        reopen()
        tryVerify(() => shown().join() === before.join(), patience)
        find("messages").positionViewAtBeginning()
        mouseClick(find("editQuestion", row(find("messages"), 0)))
        tryCompare(chat.attachments, "readyCount", 1, patience)
        keyClick(Qt.Key_Escape)
        compare(shown(), before)
    }

    function test_a_cut_answer_goes_on() {
        openKept()
        answered("Hello")
        compare(message(1).answerState, MessageListModel.LengthLimit)
        const begun = message(1).text
        click("continueAnswer")
        tryCompare(chat, "busy", false, patience)
        verify(message(1).text.startsWith(begun))
        verify(message(1).text.length > begun.length)
        compare(message(1).tokens, 16)
        compare(chat.messages.count, 2)
        const whole = message(1).text
        reopen()
        tryCompare(chat.messages, "count", 2, patience)
        compare(message(1).text, whole)
        compare(message(1).tokens, 16)
    }

    function test_without_a_folder_the_chat_goes_on() {
        const place = harness.write("no-folder", "a file")
        openKept({
            chats: place
        })
        tryVerify(() => find("historyBanner").visible, patience)
        answered("Hello")
        verify(message(1).text.length > 0)
        answered("Again")
        verify(find("historyBanner").visible)
        // Once it can be kept, it is kept whole.
        harness.remove(place)
        click("historyTryAgain")
        listed(1)
        verify(!find("historyBanner").visible)
        reopen({
            chats: place
        })
        tryCompare(chat.messages, "count", 4, patience)
        compare(message(2).text, "Again")
    }

    function test_a_damaged_file_is_put_aside() {
        const place = harness.newFolder()
        harness.writeTo(`${place}/chats.sqlite`, "This is no database. ".repeat(500))
        openKept({
            chats: place
        })
        tryVerify(() => find("historyAside").visible, patience)
        answered("Hello")
        listed(1)
        click("dismissAside")
        verify(!find("historyAside").visible)
        reopen({
            chats: place
        })
        tryCompare(chat.messages, "count", 2, patience)
    }

    function test_export_in_all_forms() {
        openKept()
        attach(["model/small.png"])
        answered("What is <it>?")
        listed(1)
        keyClick(Qt.Key_E, Qt.ControlModifier | Qt.ShiftModifier)
        tryVerify(() => harness.find(window, "exportGo") !== null && find("exportGo").activeFocus)
        compare(find("exportChatTitle").text, "What is <it>?")
        keyClick(Qt.Key_Escape)
        const folder = harness.newFolder()
        for (const [format, ending, sign] of [[ChatExportViewModel.Markdown, "md", "# What is"], [ChatExportViewModel.Json, "json", "galago-chat"], [ChatExportViewModel.Html, "html", "What is &lt;it&gt;?"]]) {
            app.chatExport.exportChat(history.current, chat.title, format, harness.url(`${folder}/chat`))
            tryCompare(app.chatExport, "done", true, patience)
            compare(app.chatExport.fileName, `chat.${ending}`)
            const text = harness.read(`${folder}/chat.${ending}`)
            verify(text.includes(sign), text.slice(0, 400))
            verify(text.includes("base64"))
        }
        verify(find("chatExportNews").visible)
        verify(find("openChatFolder").visible)
        click("dismissChatExport")
        verify(!find("chatExportNews").visible)
        // One that is not on show, and a place that cannot be written.
        const kept = history.current
        keyClick(Qt.Key_N, Qt.ControlModifier)
        app.chatExport.exportChat(kept, "What is it?", ChatExportViewModel.Markdown, harness.url(`${folder}/other.md`))
        tryCompare(app.chatExport, "done", true, patience)
        verify(harness.read(`${folder}/other.md`).includes("base64"))
        app.chatExport.exportChat(kept, "What is it?", ChatExportViewModel.Markdown, harness.url(`${folder}/none/other.md`))
        tryVerify(() => app.chatExport.errorTitle !== "", patience)
        compare(find("chatExportNews").title, "The file could not be written.")
    }

    function test_nothing_is_kept_when_it_is_switched_off() {
        openKept()
        answered("One")
        listed(1)
        keyClick(Qt.Key_Comma, Qt.ControlModifier)
        find("keepChats").forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Space)
        verify(!app.settings.keepChats)
        keyClick(Qt.Key_Escape)
        keyClick(Qt.Key_N, Qt.ControlModifier)
        answered("Two")
        reopen()
        listed(1)
        compare(titles(), ["One"])
        compare(chat.messages.count, 0)
    }

    function test_all_are_deleted_and_come_back() {
        openKept()
        answered("One")
        keyClick(Qt.Key_N, Qt.ControlModifier)
        answered("Two")
        listed(2)
        keyClick(Qt.Key_Comma, Qt.ControlModifier)
        find("deleteAllChats").clicked()
        listed(0)
        compare(chat.messages.count, 0)
        tryCompare(history, "removedCount", 2, patience)
        find("undoRemove").clicked()
        listed(2)
        find("deleteAllChats").clicked()
        listed(0)
        reopen()
        listed(0)
    }

    function test_the_list_folds_and_is_a_sheet_where_there_is_no_room() {
        openKept()
        answered("One")
        listed(1)
        verify(find("history").visible)
        keyClick(Qt.Key_F8)
        verify(!find("history").visible)
        click("historyButton")
        verify(find("history").visible)
        window.width = 800
        tryVerify(() => !find("history").visible)
        keyClick(Qt.Key_F8)
        tryVerify(() => find("sheetHistory").visible && find("historySearch").activeFocus)
        mouseClick(row(find("historyList"), 0))
        tryVerify(() => harness.find(window, "sheetHistory") === null || !find("sheetHistory").visible)
        verify(find("promptInput").activeFocus)
    }

    function test_everything_has_a_name() {
        openKept()
        answered("One")
        listed(1)
        history.remove(history.current)
        listed(0)
        answered("Two")
        listed(1)
        click("regenerate")
        tryCompare(chat, "busy", false, patience)
        const found = []
        walk(window.contentItem, item => {
            const outer = item.parent
            if (item.activeFocusOnTab && !item.Accessible.name && !(outer && outer.Accessible.name))
                found.push(`${item} ${item.objectName}`)
        })
        compare(found, [])
        const line = row(find("historyList"), 0)
        compare(line.Accessible.name, "Two")
        verify(line.Accessible.selected)
    }
}
