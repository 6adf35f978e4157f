// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/downloader.h"

#include <QMetaObject>
#include <QNetworkProxyFactory>
#include <algorithm>
#include <numeric>
#include <system_error>
#include <utility>

#include "base/disk_room.h"

namespace galago {
namespace {

/// What the system or the environment (http_proxy, https_proxy, no_proxy) says, for this manager
/// only.
class SystemProxies : public QNetworkProxyFactory {
 public:
  QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override {
    return systemProxyForQuery(query);
  }
};

}  // namespace

void Downloader::DeleteLater::operator()(HttpGet* get) const {
  get->stop();
  get->deleteLater();  // it may be who is calling
}

Downloader::Downloader(DownloadRequest request, DownloadOptions options)
    : request_(std::move(request)), options_(options) {
  manager_.setProxyFactory(std::make_unique<SystemProxies>().release());
  retry_timer_.setSingleShot(true);
  connect(&retry_timer_, &QTimer::timeout, this, &Downloader::connect_to_server);
  change_timer_.setSingleShot(true);
  connect(&change_timer_, &QTimer::timeout, this, &Downloader::changed);
}

Downloader::~Downloader() {
  stop_all();
  close_part();
  if (lock_) remove_staging_if_empty(request_.folder);
  release_lock();
}

DownloadStatus Downloader::status() const {
  DownloadStatus status;
  status.phase = phase_;
  status.file = std::min(index_, request_.files.size());
  status.files = request_.files.size();
  if (index_ < request_.files.size()) status.name = file().name;
  status.bytes_done = done_bytes();
  status.bytes_total = total_bytes().value_or(0);
  status.error = error_;
  if (phase_ == DownloadPhase::kWaiting)
    status.wait = std::chrono::milliseconds(std::max(0, retry_timer_.remainingTime()));
  if (phase_ != DownloadPhase::kReceiving) return status;
  status.bytes_per_second = rate_.bytes_per_second(RateMeter::Clock::now());
  if (total_bytes() && status.bytes_per_second > 0)
    status.seconds_left =
        static_cast<double>(status.bytes_total - status.bytes_done) / status.bytes_per_second;
  return status;
}

void Downloader::start() {
  if (phase_ == DownloadPhase::kIdle) start_over();
}

void Downloader::pause() {
  if (phase_ != DownloadPhase::kChecking && phase_ != DownloadPhase::kConnecting &&
      phase_ != DownloadPhase::kReceiving && phase_ != DownloadPhase::kWaiting)
    return;
  stop_all();
  set_phase(DownloadPhase::kPaused);
}

void Downloader::resume() {
  if (phase_ == DownloadPhase::kFailed) {
    start_over();
  } else if (phase_ == DownloadPhase::kPaused || phase_ == DownloadPhase::kWaiting) {
    stop_all();
    error_.reset();
    fruitless_ = 0;
    part_ ? connect_to_server() : next_file();
  }
}

void Downloader::cancel() {
  if (phase_ == DownloadPhase::kDone || phase_ == DownloadPhase::kCancelled) return;
  if (phase_ == DownloadPhase::kFinishing) {
    thread_.request_stop();  // finish_done() hears whether it came in time
    return;
  }
  stop_all();
  part_.reset();
  if (lock_) remove_staging(request_.folder);
  release_lock();
  error_.reset();
  done_.assign(done_.size(), 0);
  set_phase(DownloadPhase::kCancelled);
  QMetaObject::invokeMethod(this, &Downloader::finished, Qt::QueuedConnection);
}

void Downloader::start_over() {
  error_.reset();
  fruitless_ = 0;
  index_ = 0;
  downloaded_.clear();
  if (Status begun = begin(); !begun)
    fail(std::move(begun).error());
  else
    next_file();
}

Status Downloader::begin() {
  GALAGO_TRY(check_request(request_));
  const auto staging = staging_folder(request_.folder);
  std::error_code ignored;  // taking the lock says what is wrong
  std::filesystem::create_directories(staging.parent_path(), ignored);
  if (!lock_) {
    GALAGO_TRY(lock_, FolderLock::take(staging.string() + ".lock"));
  }
  GALAGO_TRY(make_staging(request_));
  done_.clear();
  sizes_.clear();
  for (const DownloadFile& wanted : request_.files) {
    done_.push_back(bytes_there(request_.folder, wanted));
    sizes_.push_back(wanted.size);
  }
  return check_room(request_.folder, missing_bytes());
}

void Downloader::stop_work() {
  ++work_;
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void Downloader::stop_all() {
  get_.reset();
  retry_timer_.stop();
  stop_work();
}

void Downloader::release_lock() {
  if (!lock_) return;
  lock_.reset();
  std::error_code ignored;  // others may be on their way in the folder of all that are
  std::filesystem::remove(staging_folder(request_.folder).parent_path(), ignored);
}

void Downloader::close_part() {
  if (part_ && part_->size() == 0) part_->remove();
  part_.reset();
}

void Downloader::set_phase(DownloadPhase phase) {
  phase_ = phase;
  change_timer_.start(0);  // later, so that who hears of it may call any function
}

void Downloader::fail(Error error) {
  stop_all();
  close_part();
  error_ = std::move(error);
  set_phase(DownloadPhase::kFailed);
  QMetaObject::invokeMethod(this, &Downloader::finished, Qt::QueuedConnection);
}

void Downloader::fail_file(Error error) { fail(std::move(error).with_context(file().name)); }

std::uint64_t Downloader::done_bytes() const {
  return std::accumulate(done_.begin(), done_.end(), std::uint64_t{0});
}

std::optional<std::uint64_t> Downloader::total_bytes() const {
  std::uint64_t total = 0;
  for (const auto& size : sizes_) {
    if (!size) return {};
    total += *size;
  }
  return std::max(total, done_bytes());
}

std::uint64_t Downloader::missing_bytes() const {
  std::uint64_t missing = 0;
  for (std::size_t i = 0; i < sizes_.size(); ++i)
    if (sizes_[i] && *sizes_[i] > done_[i]) missing += *sizes_[i] - done_[i];
  return missing;
}

}  // namespace galago
