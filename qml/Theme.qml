// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Every colour, size and time of the interface, once. Main.qml decides which of the two palettes.
pragma Singleton

import QtQuick

QtObject {
    property bool dark: true
    property bool reducedMotion: false

    readonly property color background: dark ? "#121417" : "#FAF9F6"
    readonly property color surface: dark ? "#1A1D21" : "#FFFFFF"
    readonly property color raised: dark ? "#23272C" : "#F1EFEA"
    readonly property color border: dark ? "#343A41" : "#D8D4CB"
    /// Around something to type into or to press: 3:1 against what it lies on.
    readonly property color outline: dark ? "#737C86" : "#88827A"
    readonly property color text: dark ? "#ECEEF0" : "#1D1B18"
    readonly property color muted: dark ? "#A3ABB4" : "#625D55"
    readonly property color accent: dark ? "#F5B041" : "#8A5200"
    /// On the accent. Not called onAccent: QML takes such a name for a signal's handler.
    readonly property color accentText: dark ? "#1A1D21" : "#FFFFFF"
    readonly property color danger: dark ? "#FF7B72" : "#B3261E"
    readonly property color ok: dark ? "#5CCB8B" : "#176B3A"
    readonly property color info: dark ? "#6CB6FF" : "#0B5CAD"
    readonly property color phaseLoad: dark ? "#9AA4AF" : "#5F6672"
    readonly property color phaseEncode: dark ? "#B794F6" : "#6D3FC0"
    readonly property color phasePrompt: dark ? "#6CB6FF" : "#0B5CAD"
    readonly property color phaseAnswer: accent

    /// Over `raised`, `surface` or `background`, under what the pointer is on.
    readonly property color hover: dark ? "#12FFFFFF" : "#0C000000"
    readonly property color pressed: dark ? "#1AFFFFFF" : "#18000000"
    /// Over the whole window while something is dragged across it.
    readonly property color scrim: dark ? "#E6121417" : "#E6FAF9F6"

    readonly property int space1: 4
    readonly property int space2: 8
    readonly property int space3: 12
    readonly property int space4: 16
    readonly property int space5: 24
    readonly property int space6: 32
    readonly property int space7: 48

    readonly property int radiusControl: 8
    readonly property int radiusCard: 12
    readonly property int radiusPrompt: 24

    readonly property int fontSmall: 12
    readonly property int fontLabel: 14
    readonly property int fontBody: 16
    readonly property int fontTitle: 20
    readonly property int fontDisplay: 28

    /// The least side of what is touched.
    readonly property int target: 44
    readonly property int columnWidth: 760
    readonly property int galleryWidth: 880
    readonly property int inspectorWidth: 300
    readonly property int historyWidth: 264
    /// The least that is left to a conversation beside lists and figures.
    readonly property int conversationWidth: 560
    /// Below these widths of the window the inspector is a sheet, the rail a bottom bar.
    readonly property int sheetBelow: 900
    readonly property int bottomBarBelow: 600

    readonly property int motion: reducedMotion ? 0 : 160
}
