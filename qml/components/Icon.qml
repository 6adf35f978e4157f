// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A line icon of resources/icons, drawn sharp in any colour.
import QtQuick
import Galago

Image {
    required property string name
    property color color: Theme.text
    property int size: 20

    width: size
    height: size
    source: `image://icons/${name}/${String(color).slice(-6)}`
    sourceSize.width: size
    sourceSize.height: size
    Accessible.ignored: true
}
