// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Cameras that show what a test gives them.
#pragma once

#include "video_source.h"

namespace galago {

/// What the cameras of a test are, beyond the life of a source.
class FakeCameras {
 public:
  QStringList names;
  QString failure;  ///< why they fail to start; empty: they do not

  ui::VideoSourceFactory factory();
  /// To the source that is on, if one is.
  void show(const QImage& frame);
  void fail(const QString& reason);
  /// Others are plugged in.
  void change(const QStringList& now);

  /// The camera that is on; empty: none.
  QString current() const;

 private:
  class Source;

  Source* m_source = nullptr;
};

}  // namespace galago
