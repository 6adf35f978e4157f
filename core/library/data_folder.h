// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Where Galago's own files lie: the built-in model (models/galago-tiny) and the sample pictures
// (samples). They are installed with the program; nothing is ever written there.
#pragma once

#include <filesystem>

namespace galago {

/// share/galago beside the folder of `program`, as it is installed, or one folder further up, as it
/// is in the build tree. Empty: neither is there.
std::filesystem::path data_folder_of(const std::filesystem::path& program);

/// That of the running program; $GALAGO_DATA, if set, names another, which need not exist.
std::filesystem::path data_folder();

/// The sample pictures: those that came with a bundle (samples in the user's data folder), else
/// Galago's own.
std::filesystem::path samples_folder();

}  // namespace galago
