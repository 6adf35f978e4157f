// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See harness.h.
#include "harness.h"

#include <QClipboard>
#include <QCryptographicHash>
#include <QDir>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QQuickItem>
#include <QSettings>
#include <algorithm>
#include <filesystem>
#include <system_error>

#include "accessible_tree.h"
#include "library/model_locator.h"
#include "slow_model.h"
#include "support/huggingface_builder.h"
#include "support/reference_data.h"
#include "support/test_data.h"

namespace galago {
namespace {

QByteArray contentOf(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) qFatal("%s cannot be read", qUtf8Printable(path));
  return file.readAll();
}

std::unique_ptr<QMimeData> mimeData(const QVariantMap& what) {
  auto data = std::make_unique<QMimeData>();
  QList<QUrl> urls;
  for (const QVariant& url : what.value(QStringLiteral("urls")).toList()) urls += url.toUrl();
  if (!urls.isEmpty()) data->setUrls(urls);
  const QString png = what.value(QStringLiteral("png")).toString();
  if (!png.isEmpty()) data->setData(QStringLiteral("image/png"), contentOf(png));
  const QString pixels = what.value(QStringLiteral("pixels")).toString();
  if (!pixels.isEmpty()) data->setImageData(QImage(pixels));
  const QString text = what.value(QStringLiteral("text")).toString();
  if (!text.isEmpty()) data->setText(text);
  return data;
}

/// Every item of that name at or below `item`, in the order of the screen.
void collect(QQuickItem* item, const QString& name, QList<QQuickItem*>& found) {
  if (item->objectName() == name) found += item;
  for (QQuickItem* child : item->childItems()) collect(child, name, found);
}

constexpr QPointF kDragPoint(200, 200);

}  // namespace

Harness::Harness() = default;

Harness::~Harness() = default;

void Harness::setEngine(QQmlEngine* engine) {
  m_engine = engine;
  engine->addImportPath(QStringLiteral(":/qt/qml"));  // the tests import before begin() can do it
}

ui::AppViewModel* Harness::begin(const QVariantMap& options) {
  end();
  if (!options.value(QStringLiteral("keep")).toBool()) ++m_starts;
  setHome(options);
  setOwnFiles(options.value(QStringLiteral("own")).toString());
  setCatalogue(options);
  qputenv("GALAGO_MODELS", options.value(QStringLiteral("installed")).toString().toLocal8Bit());
  ApplicationOptions own;
  own.model = options.value(QStringLiteral("model")).toString();
  own.pictures = options.value(QStringLiteral("pictures")).toStringList();
  own.device = options.value(QStringLiteral("device")).toString();
  own.threads = options.value(QStringLiteral("threads")).toInt();
  own.settingsFile =
      QString::fromStdString((m_folder.path() / ("settings" + std::to_string(m_starts))).string());
  own.chatFolder = chatFolder(options.value(QStringLiteral("chats")));
  own.cameras = nullptr;
  if (options.contains(QStringLiteral("cameras"))) {
    m_cameras.names = options.value(QStringLiteral("cameras")).toStringList();
    m_cameras.failure.clear();
    own.cameras = m_cameras.factory();
  }
  if (options.contains(QStringLiteral("sysfs")))
    own.sysfs = options.value(QStringLiteral("sysfs")).toString();
  if (options.value(QStringLiteral("remembers")).toBool())
    own.pictureFolder = QString::fromStdString(
        (m_folder.path() / ("pictures" + std::to_string(m_starts))).string());
  {
    QSettings settings(own.settingsFile, QSettings::IniFormat);
    const QVariantMap values = options.value(QStringLiteral("settings")).toMap();
    for (auto it = values.begin(); it != values.end(); ++it) {
      settings.setValue(it.key(), it.value());
    }
  }
  m_application = std::make_unique<Application>(own);
  m_application->attachTo(*m_engine);
  QQmlEngine::setObjectOwnership(&m_application->viewModel(), QQmlEngine::CppOwnership);
  return &m_application->viewModel();
}

QString Harness::chatFolder(const QVariant& wish) const {
  if (wish.userType() == QMetaType::QString) return wish.toString();
  if (!wish.toBool()) return {};
  return QString::fromStdString((m_folder.path() / ("chats" + std::to_string(m_starts))).string());
}

void Harness::setHome(const QVariantMap& options) {
  if (options.value(QStringLiteral("keep")).toBool()) return;
  const bool isFresh = options.value(QStringLiteral("home")).toBool();
  m_home = isFresh ? newFolder() : QString::fromStdString(m_folder.path().string());
  for (const char* variable : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
    qputenv(variable, m_home.toLocal8Bit());
}

void Harness::setOwnFiles(const QString& own) const {
  if (own == QLatin1String("all")) {
    qunsetenv("GALAGO_DATA");
    return;
  }
  namespace fs = std::filesystem;
  const fs::path data = m_folder.path() / ("own-" + own.toStdString());
  qputenv("GALAGO_DATA", QByteArray::fromStdString(data.string()));
  if (!fs::create_directories(data / "models")) return;  // made before
  const fs::path source = fs::path(GALAGO_TESTS_DIR).parent_path();
  fs::create_directory(data / "licences");
  fs::create_symlink(source / "LICENSE", data / "licences" / "Apache-2.0.txt");
  if (own == QLatin1String("none")) return;
  fs::create_directory_symlink(source / "resources" / "samples", data / "samples");
  if (own != QLatin1String("model")) return;
  const fs::path pair = data / "models" / "galago-tiny";
  fs::create_directory(pair);
  for (const char* file : {"ggml-model-f16.gguf", "mmproj-model-f16.gguf"}) {
    fs::create_symlink(test_data_folder() / "model" / file, pair / file);
  }
}

void Harness::setCatalogue(const QVariantMap& options) {
  const QString data = qEnvironmentVariable("GALAGO_DATA");
  const QVariant text = options.value(QStringLiteral("catalogue"));
  if (data.isEmpty() || (text.isNull() && options.value(QStringLiteral("keep")).toBool())) return;
  QFile file(data + QStringLiteral("/catalogue.json"));
  if (!file.open(QIODevice::WriteOnly)) qFatal("the catalogue cannot be written");
  file.write(text.isNull() ? "{\"format\": 1, \"models\": []}" : text.toString().toUtf8());
}

bool Harness::hasBuiltInModel() const {
  const QByteArray other = qgetenv("GALAGO_DATA");
  qunsetenv("GALAGO_DATA");
  const bool isThere = built_in_model().has_value();
  if (!other.isNull()) qputenv("GALAGO_DATA", other);
  return isThere;
}

void Harness::start() { m_application->start(); }

void Harness::end() { m_application.reset(); }

QQuickItem* Harness::find(QObject* root, const QString& name) const {
  QList<QQuickItem*> found;
  if (auto* window = qobject_cast<QQuickWindow*>(root)) collect(window->contentItem(), name, found);
  if (auto* item = qobject_cast<QQuickItem*>(root)) collect(item, name, found);
  const auto isInSight = [](const QQuickItem* item) { return item->isVisible(); };
  const auto seen = std::find_if(found.begin(), found.end(), isInSight);
  return seen != found.end() ? *seen : found.isEmpty() ? nullptr : found.first();
}

QString Harness::data(const QString& name) const {
  return QString::fromStdString((test_data_folder() / name.toStdString()).string());
}

QString Harness::write(const QString& name, const QString& content) const {
  return QString::fromStdString(
      m_folder.write(name.toStdString(), content.toLatin1().toStdString()).string());
}

QString Harness::copy(const QString& name, const QString& as, int bytes) const {
  const QByteArray content = contentOf(data(name));
  return QString::fromStdString(
      m_folder
          .write(as.toStdString(), content.left(bytes > 0 ? bytes : content.size()).toStdString())
          .string());
}

QString Harness::source(const QString& name) const {
  return QString::fromUtf8(contentOf(QStringLiteral(GALAGO_TESTS_DIR "/../") + name));
}

QString Harness::read(const QString& path) const { return QString::fromUtf8(contentOf(path)); }

QString Harness::newFolder() {
  const std::filesystem::path folder = m_folder.path() / ("folder" + std::to_string(++m_folders));
  std::filesystem::create_directories(folder);
  return QString::fromStdString(folder.string());
}

void Harness::copyTo(const QString& name, const QString& path) const {
  QDir().mkpath(QFileInfo(path).path());
  if (!QFile::copy(data(name), path)) qFatal("%s cannot be written", qUtf8Printable(path));
}

void Harness::writeTo(const QString& path, const QString& content) const {
  QDir().mkpath(QFileInfo(path).path());
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly)) qFatal("%s cannot be written", qUtf8Printable(path));
  file.write(content.toUtf8());
}

void Harness::damage(const QString& path, int fromEnd) const {
  QFile file(path);
  if (!file.open(QIODevice::ReadWrite)) qFatal("%s cannot be written", qUtf8Printable(path));
  char byte = 0;
  file.seek(file.size() - fromEnd);
  file.getChar(&byte);
  file.seek(file.size() - fromEnd);
  file.putChar(static_cast<char>(byte ^ 1));
}

void Harness::grow(const QString& path, double bytes) const {
  if (!QFile::resize(path, static_cast<qint64>(bytes)))
    qFatal("%s cannot be made larger", qUtf8Printable(path));
}

double Harness::sizeOf(const QString& path) const {
  return static_cast<double>(QFileInfo(path).size());
}

QString Harness::sha256Of(const QString& path) const {
  return QString::fromLatin1(
      QCryptographicHash::hash(contentOf(path), QCryptographicHash::Sha256).toHex());
}

QString Harness::checkpoint(const QString& towerFolder) {
  namespace fs = std::filesystem;
  const fs::path folder = newFolder().toStdString();
  const HuggingFaceBuilder builder;
  const fs::path model = builder.write(folder);
  if (!towerFolder.isEmpty()) fs::rename(folder / "clip", towerFolder.toStdString());
  return QString::fromStdString(model.string());
}

QString Harness::reference(const QString& name) const {
  const std::filesystem::path folder = reference_folder() / name.toStdString();
  return std::filesystem::exists(folder) ? QString::fromStdString(folder.string()) : QString();
}

void Harness::remove(const QString& path) const {
  if (!QFile::remove(path)) qFatal("%s cannot be removed", qUtf8Printable(path));
}

bool Harness::exists(const QString& path) const { return QFileInfo::exists(path); }

FileServer* Harness::serve(const QString& folder) {
  m_server = std::make_unique<FileServer>(folder);
  QQmlEngine::setObjectOwnership(m_server.get(), QQmlEngine::CppOwnership);
  return m_server.get();
}

QString Harness::slowModel(int times) const {
  const std::filesystem::path folder = m_folder.path() / ("slow" + std::to_string(times));
  if (std::filesystem::create_directories(folder)) {
    const Status status = write_deep_model(test_data_folder() / "model", folder, times);
    if (!status) qFatal("the slow model: %s", status.error().message().c_str());
  }
  return QString::fromStdString(folder.string());
}

bool Harness::dragEnter(QQuickWindow* window, const QVariantMap& what) {
  m_drag = mimeData(what);
  QDragEnterEvent enter(kDragPoint.toPoint(), Qt::CopyAction | Qt::MoveAction, m_drag.get(),
                        Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(window, &enter);
  QDragMoveEvent move(kDragPoint.toPoint(), Qt::CopyAction | Qt::MoveAction, m_drag.get(),
                      Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(window, &move);
  return move.isAccepted() && move.dropAction() == Qt::CopyAction;
}

void Harness::dragLeave(QQuickWindow* window) {
  QDragLeaveEvent leave;
  QCoreApplication::sendEvent(window, &leave);
  m_drag.reset();
}

bool Harness::drop(QQuickWindow* window) {
  QDropEvent event(kDragPoint, Qt::CopyAction | Qt::MoveAction, m_drag.get(), Qt::NoButton,
                   Qt::NoModifier);
  QCoreApplication::sendEvent(window, &event);
  m_drag.reset();
  return event.isAccepted();
}

void Harness::setClipboard(const QVariantMap& what) {
  QGuiApplication::clipboard()->setMimeData(mimeData(what).release());
}

void Harness::showFrame(const QString& fileOrColour) {
  QImage frame(320, 240, QImage::Format_RGB32);
  if (fileOrColour.startsWith(QLatin1Char('/'))) {
    frame = QImage(fileOrColour);
  } else {
    frame.fill(QColor(fileOrColour));
  }
  m_cameras.show(frame);
}

void Harness::failCamera(const QString& reason) { m_cameras.fail(reason); }

void Harness::setCameraFailure(const QString& reason) { m_cameras.failure = reason; }

void Harness::setCameras(const QStringList& names) { m_cameras.change(names); }

QString Harness::cameraOn() const { return m_cameras.current(); }

QVariantList Harness::accessibleControls(QQuickWindow* window) const {
  return accessible_controls(window);
}

QStringList Harness::accessibleAlerts(QQuickWindow* window) const {
  return accessible_alerts(window);
}

QString Harness::clipboardText() const { return QGuiApplication::clipboard()->text(); }

bool Harness::grab(QQuickWindow* window, const QString& name) const {
  const QDir folder(variable(QStringLiteral("GALAGO_SCREENSHOTS")));
  return folder.exists() &&
         window->grabWindow().save(folder.filePath(name + QLatin1String(".png")));
}

QString Harness::variable(const QString& name) const {
  return qEnvironmentVariable(qUtf8Printable(name));
}

}  // namespace galago
