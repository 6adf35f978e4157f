// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Numbers as people read them, in the chosen language. Everything that changes goes through here,
// so that a rate looks the same wherever it appears.
pragma Singleton

import QtQuick

QtObject {
    function number(value: real, decimals: int): string {
        return Number(value).toLocaleString(Qt.locale(), "f", decimals)
    }

    function integer(value: int): string {
        return number(value, 0)
    }

    function rate(tokensPerSecond: real): string {
        return qsTr("%1 tokens/s").arg(number(tokensPerSecond, 1))
    }

    /// Milliseconds below a second, then seconds.
    function duration(ms: real): string {
        return ms < 1000 ? qsTr("%1 ms").arg(number(ms, 0)) : qsTr("%1 s").arg(number(ms / 1000, ms < 10000 ? 2 : 1))
    }

    function bytes(count: real): string {
        return count < 1e9 ? qsTr("%1 MB").arg(number(count / 1e6, count < 1e7 ? 1 : 0)) : qsTr("%1 GB").arg(number(count / 1e9, 2))
    }

    function percent(fraction: real): string {
        return qsTr("%1 %").arg(number(Math.floor(fraction * 100), 0))
    }

    function secondsLeft(seconds: real): string {
        return seconds < 60 ? qsTr("about %n second(s) left", "", Math.max(1, Math.ceil(seconds))) : qsTr("about %n minute(s) left", "", Math.ceil(seconds / 60))
    }
}
