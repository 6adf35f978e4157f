// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A model that may go along in a bundle.
import QtQuick
import Galago

SettingRow {
    id: root

    required property string modelId
    required property real bytes
    required property string quantisation
    property bool chosen: false

    signal toggled(bool wanted)

    function focusToggle() {
        toggle.forceActiveFocus(Qt.OtherFocusReason)
    }

    note: qsTr("%1 · %2").arg(quantisation).arg(Format.bytes(bytes))

    Toggle {
        id: toggle

        objectName: "bundleModel"
        name: root.name
        checked: root.chosen
        onToggled: root.toggled(checked)
    }
}
