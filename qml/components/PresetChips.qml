// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Questions to ask with one touch. Those that are longer than the place is wide say the rest on hover.
pragma ComponentBehavior: Bound

import QtQuick
import Galago
import Galago.Ui

Flow {
    id: root

    required property PresetListModel presets

    signal chosen(string question)

    spacing: Theme.space2

    Repeater {
        model: root.presets

        Chip {
            required property int index
            required property string question

            objectName: `suggestion${index}`
            width: Math.min(implicitWidth, root.width, 360)
            text: question
            onClicked: root.chosen(question)
        }
    }
}
