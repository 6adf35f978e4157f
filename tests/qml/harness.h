// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the window need from outside of it, as `harness` in their QML: the program's
// own objects with the real engine and settings of their own, files, drags, the clipboard, and a
// watch on frames.
#pragma once

#include <QObject>
#include <QPointer>
#include <QQmlEngine>
#include <QQuickWindow>
#include <QUrl>
#include <QVariantMap>
#include <memory>
#include <optional>

#include "application.h"
#include "fake_camera.h"
#include "file_server.h"
#include "frame_watch.h"
#include "support/temporary_folder.h"

namespace galago {

class Harness : public QObject {
  Q_OBJECT
  Q_PROPERTY(galago::FrameWatch* frames READ frames CONSTANT)

 public:
  Harness();
  ~Harness() override;

  Harness(const Harness&) = delete;
  Harness& operator=(const Harness&) = delete;

  /// A test file begins: its objects live in this engine.
  void setEngine(QQmlEngine* engine);

  FrameWatch* frames() { return &m_frames; }

  /// The objects of a fresh start of the program, in place of those before. `options`: model,
  /// pictures, device, threads, settings (values by their name in the settings file, added to
  /// those of the last start if `keep` is set), chats (whether they are kept, with `keep` where
  /// they were; or the folder to keep them in), sysfs (a folder in place of /sys), installed (a
  /// folder of models), catalogue (the text of Galago's catalogue; without it an empty one, or as
  /// before if `keep` is set), home (folders of settings, data and state of its own; as before if
  /// `keep` is set), and own: which of Galago's own files there are, "none", "samples" (if not
  /// given), "model" (the samples, and the tests' small model in place of the built-in one) or
  /// "all" (as in the build tree); cameras: their names, without which there is no support for any.
  /// start() then does what main() does at last.
  Q_INVOKABLE galago::ui::AppViewModel* begin(const QVariantMap& options);
  Q_INVOKABLE void start();
  void end();

  /// Whether the model that comes with Galago is in the build tree.
  Q_INVOKABLE bool hasBuiltInModel() const;

  /// The item of that name, one in sight rather than a hidden one; null: none. Delegates and what
  /// is in popups included.
  Q_INVOKABLE QQuickItem* find(QObject* root, const QString& name) const;

  /// A file of tests/data.
  Q_INVOKABLE QString data(const QString& name) const;
  /// A new file with these bytes, Latin-1.
  Q_INVOKABLE QString write(const QString& name, const QString& content) const;
  /// A new copy of a file of tests/data, cut off after `bytes` (0: whole).
  Q_INVOKABLE QString copy(const QString& name, const QString& as, int bytes = 0) const;
  /// A file of the source tree, as text.
  Q_INVOKABLE QString source(const QString& name) const;
  /// Any file, as text.
  Q_INVOKABLE QString read(const QString& path) const;
  /// An empty folder.
  Q_INVOKABLE QString newFolder();
  /// Into a file of any path, with the folders that takes.
  Q_INVOKABLE void copyTo(const QString& name, const QString& path) const;
  Q_INVOKABLE void writeTo(const QString& path, const QString& content) const;
  /// Changes one byte of it, counted from its end.
  Q_INVOKABLE void damage(const QString& path, int fromEnd = 1) const;
  /// Makes it seem this large, with nothing behind its content.
  Q_INVOKABLE void grow(const QString& path, double bytes) const;
  Q_INVOKABLE double sizeOf(const QString& path) const;
  Q_INVOKABLE QString sha256Of(const QString& path) const;
  /// A checkpoint in the layout of Hugging Face, as small as one can be; its tower lies beside it,
  /// or in `towerFolder`.
  Q_INVOKABLE QString checkpoint(const QString& towerFolder = {});
  /// A folder of the reference data; empty: that is not on this machine.
  Q_INVOKABLE QString reference(const QString& name) const;
  Q_INVOKABLE bool exists(const QString& path) const;
  Q_INVOKABLE void remove(const QString& path) const;

  /// Of the fresh home.
  Q_INVOKABLE QString home() const { return m_home; }

  /// A server of the files of a folder, for this start of the program and the next.
  Q_INVOKABLE galago::FileServer* serve(const QString& folder);
  /// The small model with so many times its blocks: slow to load and to answer. Made once.
  Q_INVOKABLE QString slowModel(int times = 80) const;

  Q_INVOKABLE QUrl url(const QString& file) const { return QUrl::fromLocalFile(file); }

  /// A drag comes over the window; `what` has one of urls, png (a file's bytes), pixels (a file to
  /// decode), text. True if it was accepted. It then leaves, or drops.
  Q_INVOKABLE bool dragEnter(QQuickWindow* window, const QVariantMap& what);
  Q_INVOKABLE void dragLeave(QQuickWindow* window);
  Q_INVOKABLE bool drop(QQuickWindow* window);

  /// The clipboard, with what dragEnter takes.
  Q_INVOKABLE void setClipboard(const QVariantMap& what);
  Q_INVOKABLE QString clipboardText() const;

  /// A frame of this picture, or of one colour, of the camera that is on.
  Q_INVOKABLE void showFrame(const QString& fileOrColour);
  Q_INVOKABLE void failCamera(const QString& reason);
  /// Why cameras fail to start from now on; empty: they do not.
  Q_INVOKABLE void setCameraFailure(const QString& reason);
  Q_INVOKABLE void setCameras(const QStringList& names);
  /// The name of the camera that is on.
  Q_INVOKABLE QString cameraOn() const;

  /// See accessible_tree.h.
  Q_INVOKABLE QVariantList accessibleControls(QQuickWindow* window) const;
  Q_INVOKABLE QStringList accessibleAlerts(QQuickWindow* window) const;

  /// The window's picture as a file of GALAGO_SCREENSHOTS.
  Q_INVOKABLE bool grab(QQuickWindow* window, const QString& name) const;
  Q_INVOKABLE QString variable(const QString& name) const;

 private:
  QString chatFolder(const QVariant& wish) const;
  void setHome(const QVariantMap& options);
  void setOwnFiles(const QString& own) const;
  static void setCatalogue(const QVariantMap& options);

  TemporaryFolder m_folder;
  int m_starts = 0;
  int m_folders = 0;
  QString m_home;
  std::unique_ptr<FileServer> m_server;
  QPointer<QQmlEngine> m_engine;
  FakeCameras m_cameras;  // before what uses them
  std::unique_ptr<Application> m_application;
  std::unique_ptr<QMimeData> m_drag;
  FrameWatch m_frames;
};

}  // namespace galago
