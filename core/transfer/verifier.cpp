// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/verifier.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "library/manifest_place.h"
#include "transfer/file_hash.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

/// Hugging Face's cache: NAME → ../../blobs/SHA256, for files that are large.
std::string hash_in_link(const fs::path& path) {
  std::error_code error;
  const std::string target = fs::read_symlink(path, error).filename().string();
  return !error && is_sha256(target) ? target : std::string();
}

class Verifier {
 public:
  Verifier(const InstalledModel& model, const std::stop_token& stop,
           const TransferProgress& progress)
      : model_(model), stop_(stop), progress_(progress) {}

  Result<VerifyReport> run() {
    report_.manifest = model_.manifest ? *model_.manifest : manifest_of(model_);
    for (const ManifestFile& file : report_.manifest.files) total_ += file.size.value_or(0);
    for (ManifestFile& file : report_.manifest.files) {
      GALAGO_TRY(check(file));
    }
    const bool is_news = !model_.manifest || report_.has_first_seen();
    if (report_.is_whole() && is_news && model_.is_removable()) {
      const std::string language_model = model_.files.language_model.filename().string();
      GALAGO_TRY(write_manifest(model_.folder(), report_.manifest,
                                manifest_name(model_.folder(), language_model)));
      report_.wrote_manifest = true;
    }
    return std::move(report_);
  }

 private:
  Status check(ManifestFile& file) {
    const fs::path path = model_.folder() / file.name;
    VerifiedFile verified{file, FileState::kWhole};
    std::error_code error;
    const std::uint64_t size = fs::file_size(path, error);
    if (error) {
      verified.state = fs::exists(path, error) ? FileState::kUnreadable : FileState::kMissing;
    } else if (file.size && *file.size != size) {
      verified.state = FileState::kWrongSize;
      verified.file.size = size;
    } else {
      verified.file.size = size;
      GALAGO_TRY(check_hash(path, verified));
    }
    done_ += file.size.value_or(0);
    if (is_good(verified.state)) file = verified.file;
    report_.files.push_back(std::move(verified));
    return {};
  }

  Status check_hash(const fs::path& path, VerifiedFile& verified) {
    auto hash = file_sha256(path, stop_, [this](std::uint64_t bytes) {
      if (progress_) progress_(std::min(done_ + bytes, total_), total_);
    });
    if (!hash && hash.error().code == Errc::kCancelled) return std::move(hash).error();
    std::string expected = verified.file.sha256;
    if (expected.empty()) expected = hash_in_link(path);
    if (!hash) {
      verified.state = FileState::kUnreadable;
      return {};
    }
    if (expected.empty())
      verified.state = FileState::kFirstSeen;
    else if (expected != *hash)
      verified.state = FileState::kWrongHash;
    verified.file.sha256 = *std::move(hash);
    return {};
  }

  const InstalledModel& model_;
  const std::stop_token& stop_;
  const TransferProgress& progress_;
  VerifyReport report_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

TransferProgress in_shares(std::function<void(double share)> show) {
  if (!show) return {};
  return [show = std::move(show)](std::uint64_t done, std::uint64_t total) {
    show(total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 1);
  };
}

std::string_view state_name(FileState state) {
  switch (state) {
    case FileState::kWhole:
      return "whole";
    case FileState::kFirstSeen:
      return "first seen";
    case FileState::kMissing:
      return "missing";
    case FileState::kWrongSize:
      return "wrong size";
    case FileState::kWrongHash:
      return "wrong content";
    case FileState::kUnreadable:
      return "unreadable";
  }
  return "";
}

bool is_good(FileState state) {
  return state == FileState::kWhole || state == FileState::kFirstSeen;
}

bool VerifyReport::is_whole() const {
  return std::all_of(files.begin(), files.end(),
                     [](const VerifiedFile& file) { return is_good(file.state); });
}

bool VerifyReport::has_first_seen() const {
  return std::any_of(files.begin(), files.end(),
                     [](const VerifiedFile& file) { return file.state == FileState::kFirstSeen; });
}

Result<VerifyReport> verify_model(const InstalledModel& model, const std::stop_token& stop,
                                  const TransferProgress& progress) {
  return Verifier(model, stop, progress).run();
}

}  // namespace galago
