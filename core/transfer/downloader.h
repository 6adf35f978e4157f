// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Downloads the files of a model: one after the other, whole or not at all. It lives in the thread
// that made it and needs its event loop; writing and hashing what comes happens there, in pieces,
// reading what is there already and the last steps in a thread beside it. A lost connection, a
// paused, failed or killed download goes on where it was.
#pragma once

#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "transfer/download.h"
#include "transfer/folder_lock.h"
#include "transfer/http_get.h"
#include "transfer/rate_meter.h"
#include "transfer/staging.h"

namespace galago {

class Downloader : public QObject, private HttpReceiver {
  Q_OBJECT

 public:
  explicit Downloader(DownloadRequest request, DownloadOptions options = {});
  /// What has come stays, for another time.
  ~Downloader() override;

  Downloader(const Downloader&) = delete;
  Downloader& operator=(const Downloader&) = delete;

  DownloadStatus status() const;

  const DownloadRequest& request() const { return request_; }

  /// Once. All that goes wrong, wrong requests too, is told by the status.
  void start();
  /// Not while finishing, which takes a moment only.
  void pause();
  /// After a pause, a failure, or while waiting.
  void resume();
  /// Removes what has come.
  void cancel();

 signals:
  /// The status is another; at most ten times a second while only numbers change.
  void changed();
  /// Done, failed or cancelled.
  void finished();

 private:
  void on_head(const HttpHead& head) override;
  void on_bytes(std::span<const char> bytes) override;
  void on_end(const std::optional<HttpFailure>& failure) override;

  struct DeleteLater {
    void operator()(HttpGet* get) const;
  };

  Status begin();
  void start_over();
  void next_file();
  void file_checked(Result<StagedFile> staged);
  void connect_to_server();
  bool can_go_on() const;
  Status check_head(const HttpHead& head) const;
  bool continues_part(const HttpHead& head) const;
  void retry(const HttpFailure& failure);
  void begin_file_again();
  void verify_file(const std::string& announced);
  void file_done(std::uint64_t size, std::string sha256);
  void finish();
  void finish_done(Status moved);

  /// Runs `work` in the thread and `then`, with what it returned, here; unless stop_work() was
  /// called.
  template <class Work, class Then>
  void run_beside(Work work, Then then);
  void stop_work();
  void stop_all();
  /// Keeps it, if there is anything in it.
  void close_part();
  void release_lock();

  void set_phase(DownloadPhase phase);
  void fail(Error error);
  void fail_file(Error error);
  std::uint64_t done_bytes() const;
  std::optional<std::uint64_t> total_bytes() const;
  /// Of the files whose size is known.
  std::uint64_t missing_bytes() const;

  const DownloadFile& file() const { return request_.files[index_]; }

  DownloadRequest request_;
  DownloadOptions options_;
  QNetworkAccessManager manager_;
  std::optional<FolderLock> lock_;
  DownloadPhase phase_ = DownloadPhase::kIdle;
  std::optional<Error> error_;

  std::size_t index_ = 0;
  std::vector<DownloadedFile> downloaded_;
  std::vector<std::uint64_t> done_;                  ///< bytes of each file
  std::vector<std::optional<std::uint64_t>> sizes_;  ///< as wanted, else as the server says
  std::optional<PartFile> part_;
  bool has_old_bytes_ = false;  ///< of another connection than the one that ended
  bool was_begun_again_ = false;
  std::uint64_t most_bytes_ = 0;  ///< of the file at hand, in any try
  int fruitless_ = 0;             ///< tries in a row that brought no more than the one before

  std::unique_ptr<HttpGet, DeleteLater> get_;
  RateMeter rate_;
  QTimer retry_timer_;
  QTimer change_timer_;
  std::uint64_t work_ = 0;  ///< of which the result is wanted
  std::jthread thread_;
};

}  // namespace galago
