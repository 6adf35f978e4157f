// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The way of one file, step by step: read what is there, ask for the rest, verify; then the next
// one, and in the end all into place.
#include <QMetaObject>
#include <QRandomGenerator>
#include <algorithm>
#include <type_traits>
#include <utility>

#include "base/disk_room.h"
#include "base/guarded.h"
#include "transfer/downloader.h"

namespace galago {
namespace {

using namespace std::chrono_literals;

constexpr auto kChangeInterval = 100ms;

bool is_same_hash(const std::string& a, const std::string& b) {
  return QByteArray::fromStdString(a).toLower() == QByteArray::fromStdString(b).toLower();
}

}  // namespace

template <class Work, class Then>
void Downloader::run_beside(Work work, Then then) {
  stop_work();
  using Answer = std::invoke_result_t<Work, const std::stop_token&>;
  thread_ = std::jthread([this, work, then, id = work_](const std::stop_token& stop) {
    auto answer = std::make_shared<Answer>(guarded([&] { return work(stop); }));
    QMetaObject::invokeMethod(
        this,
        [this, answer, then, id] {
          if (id == work_) then(std::move(*answer));
        },
        Qt::QueuedConnection);
  });
}

void Downloader::next_file() {
  part_.reset();
  has_old_bytes_ = false;
  was_begun_again_ = false;
  most_bytes_ = 0;
  if (index_ == request_.files.size()) {
    finish();
    return;
  }
  set_phase(DownloadPhase::kChecking);
  run_beside([folder = request_.folder, wanted = file()](
                 const std::stop_token& stop) { return open_staged(folder, wanted, stop); },
             [this](Result<StagedFile> staged) { file_checked(std::move(staged)); });
}

void Downloader::file_checked(Result<StagedFile> staged) {
  if (!staged) {
    fail_file(std::move(staged).error());
    return;
  }
  done_[index_] = staged->size;
  if (!staged->part) {
    file_done(staged->size, staged->sha256);
    return;
  }
  part_.emplace(*std::move(staged->part));
  most_bytes_ = part_->size();
  const auto& origin = part_->origin();
  if (!sizes_[index_] && origin && origin->url == file().url) sizes_[index_] = origin->size;
  connect_to_server();
}

bool Downloader::can_go_on() const {
  if (sizes_[index_] && part_->size() > *sizes_[index_]) return false;
  if (!file().sha256.empty()) return true;  // which will tell
  const auto& origin = part_->origin();
  return origin && origin->url == file().url && !origin->validator().isEmpty();
}

void Downloader::connect_to_server() {
  if (part_->size() > 0 && !can_go_on()) {
    if (Status restarted = part_->restart({}); !restarted) {
      fail_file(std::move(restarted).error());
      return;
    }
    done_[index_] = 0;
  }
  has_old_bytes_ = part_->size() > 0;
  if (sizes_[index_] == part_->size()) {
    verify_file({});
    return;
  }
  HttpRange range{part_->size(), {}};
  if (part_->origin() && part_->origin()->url == file().url)
    range.validator = part_->origin()->validator();
  set_phase(DownloadPhase::kConnecting);
  HttpReceiver& receiver = *this;
  get_.reset(std::make_unique<HttpGet>(manager_, QUrl(QString::fromStdString(file().url)),
                                       std::move(range), options_.silence, receiver)
                 .release());
}

Status Downloader::check_head(const HttpHead& head) const {
  if (head.is_web_page)
    return Error{Errc::kNetwork, "the server sends a web page instead of the file", {}};
  if (file().size && head.size && *head.size != *file().size)
    return Error{Errc::kHash,
                 "the server's file has " + std::to_string(*head.size) + " bytes instead of " +
                     std::to_string(*file().size) + ": it is another one",
                 {}};
  if (!head.size && !file().size && !head.has_end && file().sha256.empty())
    return Error{Errc::kNetwork, "the server does not say how large the file is", {}};
  return {};
}

/// Whether the bytes that come are the rest of those that are there.
bool Downloader::continues_part(const HttpHead& head) const {
  if (head.offset != part_->size()) return false;
  const auto& origin = part_->origin();
  if (!origin || origin->url != file().url) return true;  // only with a hash, see can_go_on()
  const bool is_other_size = origin->size && head.size && *origin->size != *head.size;
  const bool is_other_tag =
      !origin->etag.empty() && !head.etag.empty() && origin->etag != head.etag;
  return !is_other_size && !is_other_tag;
}

void Downloader::on_head(const HttpHead& head) {
  if (Status checked = check_head(head); !checked) {
    fail_file(std::move(checked).error());
    return;
  }
  if (head.offset > 0 && !continues_part(head)) {
    begin_file_again();
    return;
  }
  if (head.offset == 0) {
    has_old_bytes_ = false;
    if (Status restarted = part_->restart({file().url, head.etag, head.last_modified, head.size});
        !restarted) {
      fail_file(std::move(restarted).error());
      return;
    }
  }
  done_[index_] = part_->size();
  if (!file().size) sizes_[index_] = head.size;
  if (Status enough = check_room(request_.folder, missing_bytes()); !enough) {
    fail_file(std::move(enough).error());
    return;
  }
  error_.reset();
  rate_.start(RateMeter::Clock::now());
  set_phase(DownloadPhase::kReceiving);
}

void Downloader::on_bytes(std::span<const char> bytes) {
  Status written = part_->append(bytes);
  if (!written) {
    fail_file(std::move(written).error());
    return;
  }
  done_[index_] = part_->size();
  if (sizes_[index_] && part_->size() > *sizes_[index_]) {
    part_->remove();
    fail_file({Errc::kHash,
               "the server sends more than the file should have; nothing of it was kept",
               {}});
    return;
  }
  if (part_->size() > most_bytes_) {
    most_bytes_ = part_->size();
    fruitless_ = 0;
  }
  rate_.add(bytes.size(), RateMeter::Clock::now());
  if (!change_timer_.isActive()) change_timer_.start(kChangeInterval);
}

void Downloader::on_end(const std::optional<HttpFailure>& failure) {
  const std::string announced = get_->announced_sha256();
  get_.reset();
  if (failure && failure->is_beyond_end && part_->size() > 0)
    begin_file_again();
  else if (failure && failure->is_lasting)
    fail_file(failure->error);
  else if (failure)
    retry(*failure);
  else if (sizes_[index_] && part_->size() < *sizes_[index_])
    retry({{Errc::kNetwork, "the connection was lost", {}}, false, false, {}});
  else
    verify_file(announced);
}

void Downloader::retry(const HttpFailure& failure) {
  if (++fruitless_ >= options_.attempts) {
    fail_file(failure.error);
    return;
  }
  error_ = failure.error;
  auto wait =
      std::min(options_.first_wait * (1 << std::min(fruitless_ - 1, 16)), options_.longest_wait);
  // A little by chance, so that many who lost the same server do not come back at once.
  wait += wait * QRandomGenerator::global()->bounded(25) / 100;
  if (failure.retry_after) wait = std::max<std::chrono::milliseconds>(wait, *failure.retry_after);
  set_phase(DownloadPhase::kWaiting);
  retry_timer_.start(wait);
}

void Downloader::begin_file_again() {
  get_.reset();
  if (std::exchange(was_begun_again_, true)) {
    fail_file({Errc::kNetwork, "the server's answers contradict each other", {}});
    return;
  }
  if (Status restarted = part_->restart({}); !restarted) {
    fail_file(std::move(restarted).error());
    return;
  }
  done_[index_] = 0;
  most_bytes_ = 0;
  connect_to_server();
}

void Downloader::verify_file(const std::string& announced) {
  const std::string sha256 = part_->sha256();
  const std::string& wanted = file().sha256.empty() ? announced : file().sha256;
  if (wanted.empty() || is_same_hash(wanted, sha256)) {
    file_done(part_->size(), sha256);
  } else if (has_old_bytes_ && !was_begun_again_) {
    // The earlier bytes may be those of another version, or of a disk that lost some.
    begin_file_again();
  } else {
    part_->remove();
    fail_file({Errc::kHash,
               "what came is not the file that was wanted (SHA-256 " + sha256 + " instead of " +
                   wanted + "); nothing of it was kept",
               {}});
  }
}

void Downloader::file_done(std::uint64_t size, std::string sha256) {
  done_[index_] = size;
  sizes_[index_] = size;
  downloaded_.push_back({file().name, {}, size, std::move(sha256)});
  ++index_;
  next_file();
}

void Downloader::finish() {
  set_phase(DownloadPhase::kFinishing);
  run_beside([this, files = downloaded_](
                 const std::stop_token& stop) { return move_into_place(request_, files, stop); },
             [this](Status moved) { finish_done(std::move(moved)); });
}

void Downloader::finish_done(Status moved) {
  if (!moved && moved.error().code == Errc::kCancelled) {
    set_phase(DownloadPhase::kPaused);
    cancel();
    return;
  }
  if (!moved) {
    if (moved.error().code != Errc::kIo) remove_staging(request_.folder);
    fail(std::move(moved).error());
    return;
  }
  release_lock();
  set_phase(DownloadPhase::kDone);
  QMetaObject::invokeMethod(this, &Downloader::finished, Qt::QueuedConnection);
}

}  // namespace galago
