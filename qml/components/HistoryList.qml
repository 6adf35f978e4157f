// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A list of chats in groups by day. A file of its own because headings are made in a context of
// theirs, which components bound to their file do not allow.
import QtQuick
import QtQuick.Controls.Basic
import Galago

ListView {
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: count > 0
    keyNavigationEnabled: true
    section.property: "section"
    section.delegate: HistorySection {
    }
    Accessible.role: Accessible.List
    ScrollBar.vertical: ScrollBar {
    }
}
