// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// In place of video_source_qt.cpp in builds without Qt Multimedia.
#include "video_source.h"

namespace galago::ui {

VideoSourceFactory cameraFactory() { return {}; }

}  // namespace galago::ui
