// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Every colour, size and time of the interface, once. Main.qml decides which of the four palettes, and how large words are.
pragma Singleton

import QtQuick

QtObject {
    property bool dark: true
    property bool highContrast: false
    property bool reducedMotion: false
    /// Of all words: 1 is what they were designed for.
    property real textScale: 1

    readonly property color background: pick("#121417", "#FAF9F6", "#000000", "#FFFFFF")
    readonly property color surface: pick("#1A1D21", "#FFFFFF", "#000000", "#FFFFFF")
    readonly property color raised: pick("#23272C", "#F1EFEA", "#1C1C1C", "#F2F2F2")
    readonly property color border: pick("#343A41", "#D8D4CB", "#9AA4AF", "#6A655D")
    /// Around something to type into or to press: 3:1 against what it lies on.
    readonly property color outline: pick("#737C86", "#88827A", "#FFFFFF", "#000000")
    readonly property color text: pick("#ECEEF0", "#1D1B18", "#FFFFFF", "#000000")
    readonly property color muted: pick("#A3ABB4", "#625D55", "#D8DEE4", "#3A3733")
    readonly property color accent: pick("#F5B041", "#8A5200", "#FFC857", "#5E3700")
    /// On the accent. Not called onAccent: QML takes such a name for a signal's handler.
    readonly property color accentText: pick("#1A1D21", "#FFFFFF", "#000000", "#FFFFFF")
    readonly property color danger: pick("#FF7B72", "#B3261E", "#FFA8A1", "#8A1710")
    readonly property color ok: pick("#5CCB8B", "#176B3A", "#7FE3A9", "#0C4A26")
    readonly property color info: pick("#6CB6FF", "#0B5CAD", "#A3D2FF", "#06407A")
    readonly property color phaseLoad: pick("#9AA4AF", "#5F6672", "#C6CDD4", "#3F4550")
    readonly property color phaseEncode: pick("#B794F6", "#6D3FC0", "#D2BEFF", "#4B2493")
    readonly property color phasePrompt: pick("#6CB6FF", "#0B5CAD", "#A3D2FF", "#06407A")
    readonly property color phaseAnswer: accent

    /// Over `raised`, `surface` or `background`, under what the pointer is on.
    readonly property color hover: pick("#12FFFFFF", "#0C000000", "#30FFFFFF", "#1C000000")
    readonly property color pressed: pick("#1AFFFFFF", "#18000000", "#40FFFFFF", "#2C000000")
    /// Over the whole window while something is dragged across it.
    readonly property color scrim: pick("#E6121417", "#E6FAF9F6", "#F0000000", "#F0FFFFFF")

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

    readonly property int fontSmall: scaled(12)
    readonly property int fontLabel: scaled(14)
    readonly property int fontBody: scaled(16)
    readonly property int fontTitle: scaled(20)
    readonly property int fontDisplay: scaled(28)

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
    /// Of lines that keep the keyboard, or borders, in sight.
    readonly property int focusWidth: highContrast ? 3 : 2

    function pick(inDark: color, inLight: color, inDarkContrast: color, inLightContrast: color): color {
        return highContrast ? (dark ? inDarkContrast : inLightContrast) : dark ? inDark : inLight
    }

    /// What is as high as a line of words.
    function scaled(pixels: real): int {
        return Math.round(pixels * textScale)
    }
}
