// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The sample pictures, in as many columns as there is room for. One stop for Tab; arrows go from
// picture to picture.
pragma ComponentBehavior: Bound

import QtQuick
import Galago
import Galago.Ui

Flow {
    id: root

    required property SampleListModel samples
    readonly property int columns: Math.max(1, Math.floor((width + spacing) / (104 + spacing)))
    readonly property real cell: Math.floor((width - (columns - 1) * spacing) / columns)
    /// Where Tab arrives.
    property int current: 0

    signal chosen(url picture, string question)
    /// The keyboard has come to this card.
    signal reached(Item card)

    function go(index: int) {
        const card = cards.itemAt(index)
        if (!card)
            return
        // First the focus: an item that has it must not stop being one for Tab.
        card.forceActiveFocus(Qt.TabFocusReason)
        current = index
    }

    spacing: Theme.space2
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Sample pictures")
    Keys.onLeftPressed: go(current - 1)
    Keys.onRightPressed: go(current + 1)
    Keys.onUpPressed: go(current - columns)
    Keys.onDownPressed: go(current + columns)
    Keys.onPressed: event => {
        if (event.key !== Qt.Key_Home && event.key !== Qt.Key_End)
            return
        go(event.key === Qt.Key_Home ? 0 : cards.count - 1)
        event.accepted = true
    }

    Repeater {
        id: cards

        model: root.samples

        SampleCard {
            id: card

            required property int index

            objectName: `sample${index}`
            width: root.cell
            focusPolicy: index === root.current ? Qt.StrongFocus : Qt.ClickFocus
            onVisualFocusChanged: if (visualFocus)
                root.reached(card)
            onClicked: root.chosen(picture, prompt)
        }
    }
}
