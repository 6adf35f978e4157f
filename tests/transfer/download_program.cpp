// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Downloads into a folder, to the end: download_program FOLDER SILENCE_MS (URL NAME SIZE SHA256)...
// Size and hash may be "-", not known. Exit status 0: done.
#include <QCoreApplication>
#include <QStringList>
#include <cstdio>

#include "transfer/downloader.h"

int main(int argc, char** argv) {
  using namespace galago;
  const QCoreApplication application(argc, argv);
  const QStringList words = QCoreApplication::arguments();
  if (words.size() < 3) return 2;
  DownloadRequest request;
  request.folder = words[1].toStdString();
  DownloadOptions options;
  options.silence = std::chrono::milliseconds(words[2].toInt());
  for (qsizetype i = 3; i + 3 < words.size(); i += 4) {
    DownloadFile file{words[i].toStdString(), words[i + 1].toStdString(), {}, {}};
    if (words[i + 2] != "-") file.size = words[i + 2].toULongLong();
    if (words[i + 3] != "-") file.sha256 = words[i + 3].toStdString();
    request.files.push_back(file);
  }
  Downloader download(request, options);
  QObject::connect(&download, &Downloader::finished, &application, [&] {
    const DownloadStatus status = download.status();
    if (status.error) std::fprintf(stderr, "%s\n", status.error->message().c_str());
    QCoreApplication::exit(status.phase == DownloadPhase::kDone ? 0 : 1);
  });
  download.start();
  return QCoreApplication::exec();
}
