// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The words and the colour of each phase, for the phase bar, the status line and the answers.
pragma Singleton

import QtQuick
import Galago
import Galago.Ui

QtObject {
    /// What is going on, for the status line: always true, one or two words.
    function name(phase: int): string {
        switch (phase) {
        case ChatViewModel.NoModel:
            return qsTr("no model")
        case ChatViewModel.LoadingModel:
            return qsTr("loading the model")
        case ChatViewModel.ModelBroken:
            return qsTr("model not loaded")
        case ChatViewModel.Waiting:
        case ChatViewModel.Starting:
            return qsTr("waiting")
        case ChatViewModel.Encoding:
            return qsTr("encoding the picture")
        case ChatViewModel.Reading:
            return qsTr("reading the prompt")
        case ChatViewModel.Answering:
            return qsTr("answering")
        case ChatViewModel.Stopping:
            return qsTr("stopping")
        }
        return qsTr("ready")
    }

    /// The same as a sentence begun, above the prompt and in place of an answer.
    function doing(phase: int): string {
        switch (phase) {
        case ChatViewModel.LoadingModel:
            return qsTr("Loading the model…")
        case ChatViewModel.Encoding:
            return qsTr("Looking at the picture…")
        case ChatViewModel.Reading:
            return qsTr("Reading the question…")
        case ChatViewModel.Answering:
            return qsTr("Answering…")
        case ChatViewModel.Stopping:
            return qsTr("Stopping…")
        case ChatViewModel.NoModel:
        case ChatViewModel.ModelBroken:
            return qsTr("Waiting for a model…")
        }
        return qsTr("One moment…")
    }

    function color(phase: int): color {
        switch (phase) {
        case ChatViewModel.Encoding:
            return Theme.phaseEncode
        case ChatViewModel.Reading:
            return Theme.phasePrompt
        case ChatViewModel.Answering:
            return Theme.phaseAnswer
        case ChatViewModel.ModelBroken:
            return Theme.danger
        case ChatViewModel.Idle:
            return Theme.ok
        }
        return Theme.phaseLoad
    }
}
