// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer_fixture.h"

#include <QCryptographicHash>
#include <QEventLoop>
#include <QTimer>
#include <fstream>
#include <random>
#include <sstream>

#include "transfer/staging.h"

namespace galago {

using namespace std::chrono_literals;

std::string random_bytes(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(size, '\0');
  for (char& c : bytes) c = static_cast<char>(random());
  return bytes;
}

std::string sha256_of(const std::string& bytes) {
  return QCryptographicHash::hash(QByteArray::fromStdString(bytes), QCryptographicHash::Sha256)
      .toHex()
      .toStdString();
}

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

bool wait_until(const std::function<bool()>& is_so) {
  QEventLoop loop;
  QTimer look;
  QTimer end;
  QObject::connect(&look, &QTimer::timeout, &loop, [&] {
    if (is_so()) loop.quit();
  });
  QObject::connect(&end, &QTimer::timeout, &loop, &QEventLoop::quit);
  look.start(2ms);
  end.start(20s);
  if (!is_so()) loop.exec();
  return is_so();
}

DownloadOptions quick_options() {
  DownloadOptions options;
  options.attempts = 4;
  options.first_wait = 20ms;
  options.longest_wait = 100ms;
  options.silence = 1s;
  return options;
}

void TransferTest::SetUp() {
  if (NginxServer::program().isEmpty()) GTEST_SKIP() << "nginx is not installed";
  server_ = std::make_unique<NginxServer>(folder_.path() / "server");
  serve("model.gguf", model_);
  serve("mmproj.gguf", projector_);
  server_->start();
}

void TransferTest::serve(const std::string& name, const std::string& bytes) const {
  folder_.write(std::filesystem::path("server/files") / name, bytes);
}

DownloadFile TransferTest::model_file(const std::string& way) const {
  return {server_->url("/" + way + "/model.gguf"), "model.gguf", model_.size(), sha256_of(model_)};
}

DownloadRequest TransferTest::both(const std::string& way) const {
  return {{model_file(way),
           {server_->url("/" + way + "/mmproj.gguf"), "mmproj.gguf", projector_.size(),
            sha256_of(projector_)}},
          target_,
          {}};
}

DownloadRequest TransferTest::unknown_model(const std::string& url) const {
  return {{{url, "model.gguf", {}, {}}}, target_, {}};
}

bool TransferTest::run(Downloader& download) {
  if (download.status().phase == DownloadPhase::kIdle) download.start();
  wait_until([&] {
    const DownloadPhase phase = download.status().phase;
    return phase == DownloadPhase::kDone || phase == DownloadPhase::kFailed ||
           phase == DownloadPhase::kCancelled;
  });
  return download.status().phase == DownloadPhase::kDone;
}

bool TransferTest::reach(const Downloader& download, DownloadPhase phase) {
  return wait_until([&] { return download.status().phase == phase; });
}

bool TransferTest::receive(const Downloader& download, std::uint64_t bytes) {
  return wait_until([&] {
    return download.status().phase == DownloadPhase::kReceiving &&
           download.status().bytes_done >= bytes;
  });
}

bool TransferTest::is_installed() const {
  return read_file(target_ / "model.gguf") == model_ &&
         read_file(target_ / "mmproj.gguf") == projector_;
}

bool TransferTest::nothing_staged() const {
  return !std::filesystem::exists(staging_folder(target_));
}

int TransferTest::requests(const std::string& beginning) const {
  std::istringstream log(server_->log());
  int count = 0;
  for (std::string line; std::getline(log, line);) count += line.starts_with(beginning) ? 1 : 0;
  return count;
}

}  // namespace galago
