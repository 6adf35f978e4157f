// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Says what has happened to people who do not see it: screen readers read out an alert that appears.
import QtQuick

Item {
    id: root

    function say(words: string) {
        visible = false
        Accessible.name = words
        visible = words !== ""
    }

    width: 1
    height: 1
    visible: false
    Accessible.role: Accessible.AlertMessage
}
