// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli models get: downloads a model of the catalogue, or a pair by its addresses.
#include <unistd.h>

#include <QCoreApplication>
#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/size_text.h"
#include "cli/interrupt.h"
#include "cli/models/models_command.h"
#include "library/catalogue.h"
#include "library/installed_models.h"
#include "library/library_folder.h"
#include "library/manifest_place.h"
#include "transfer/downloader.h"
#include "transfer/model_download.h"

namespace galago::cli {
namespace {

struct GetOptions {
  std::vector<std::string> what;
  bool discard = false;
  bool json = false;
};

/// One line of stderr that is written over, on a terminal; elsewhere a line for each file.
class DownloadLine {
 public:
  void show(const DownloadStatus& status) {
    if (is_terminal_)
      write(line_of(status));
    else if (!status.name.empty() && std::exchange(name_, status.name) != status.name)
      std::fprintf(stderr, "%s\n", status.name.c_str());
  }

  void end() {
    if (is_terminal_ && length_ > 0) std::fputc('\n', stderr);
  }

 private:
  static std::string line_of(const DownloadStatus& status) {
    switch (status.phase) {
      case DownloadPhase::kChecking:
        return status.name + ": reading what is there";
      case DownloadPhase::kConnecting:
        return status.name + ": connecting";
      case DownloadPhase::kWaiting:
        return status.name + ": " + (status.error ? status.error->message() : std::string()) +
               "; trying again soon";
      case DownloadPhase::kFinishing:
        return "moving into place";
      case DownloadPhase::kReceiving:
        break;
      default:
        return {};
    }
    std::string line = status.name + ": " + size_text(status.bytes_done);
    if (status.bytes_total > 0) line += " of " + size_text(status.bytes_total);
    if (status.bytes_per_second > 0)
      line += ", " + size_text(static_cast<std::uint64_t>(status.bytes_per_second)) + "/s";
    if (status.seconds_left)
      line += ", " + std::to_string(static_cast<long>(*status.seconds_left) + 1) + " s left";
    return line;
  }

  void write(std::string line) {
    if (line.empty()) return;
    const std::size_t length = line.size();
    if (length < length_) line.append(length_ - length, ' ');  // covers the longer one before
    length_ = length;
    std::fprintf(stderr, "\r%s", line.c_str());
    std::fflush(stderr);
  }

  bool is_terminal_ = ::isatty(STDERR_FILENO) == 1;
  std::size_t length_ = 0;
  std::string name_;
};

Result<CatalogueEntry> find_entry(const std::vector<std::string>& what) {
  if (what.size() > 1 || what.front().find("://") != std::string::npos)
    return entry_from_urls(what);
  const Catalogue catalogue = load_catalogue();
  if (const CatalogueEntry* entry = catalogue.find(what.front()); entry != nullptr) return *entry;
  std::string names;
  for (const CatalogueEntry& entry : catalogue.entries)
    if (entry.is_downloadable()) names += (names.empty() ? "" : ", ") + entry.id;
  return Error{
      Errc::kInvalidArgument, "the catalogue has no '" + what.front() + "'; it has: " + names, {}};
}

/// Runs the download in an event loop of its own. Ctrl+C pauses it.
Status run(const DownloadRequest& request, bool shows_progress) {
  int argc = 1;
  std::string name = "galago-cli";
  char* argv[] = {name.data(), nullptr};
  const QCoreApplication application(argc, argv);
  Downloader download(request);
  DownloadLine progress;
  QObject::connect(&download, &Downloader::changed, &application, [&] {
    const DownloadStatus status = download.status();
    if (shows_progress) progress.show(status);
    if (status.phase == DownloadPhase::kPaused) QCoreApplication::quit();
  });
  QObject::connect(&download, &Downloader::finished, &application, &QCoreApplication::quit);
  const Interrupt interrupt;
  const std::stop_callback pause(interrupt.token(), [&download] {
    QMetaObject::invokeMethod(&download, &Downloader::pause, Qt::QueuedConnection);
  });
  download.start();
  QCoreApplication::exec();
  progress.end();
  const DownloadStatus status = download.status();
  if (status.phase == DownloadPhase::kDone) return {};
  if (status.error) return *status.error;
  return Error{Errc::kCancelled,
               "paused with " + size_text(status.bytes_done) +
                   "; the same command goes on from there, with --discard it removes them",
               {}};
}

/// What the model that has come is called: its folder, unless it shares that with others.
std::string installed_name(const std::filesystem::path& language_model, std::string otherwise) {
  for (InstalledModel& model : scan_library().models)
    if (model.files.language_model == language_model) return std::move(model.id);
  return otherwise;
}

nlohmann::json to_json(const CatalogueEntry& entry, const std::string& name,
                       const std::filesystem::path& folder, const ModelManifest& manifest) {
  nlohmann::json files = nlohmann::json::array();
  for (const ManifestFile& file : manifest.files)
    files.push_back(
        {{"name", file.name}, {"size", file.size.value_or(0)}, {"sha256", file.sha256}});
  return {{"id", name},
          {"kind", kind_name(entry.kind)},
          {"folder", folder.string()},
          {"files", std::move(files)}};
}

Status get(const GetOptions& options) {
  GALAGO_TRY(const CatalogueEntry entry, find_entry(options.what));
  GALAGO_TRY(const DownloadRequest request, model_download(entry, library_folder()));
  if (options.discard) return discard_download(request);
  GALAGO_TRY(run(request, !options.json));
  const ManifestFile* language_model = entry.manifest.file(FileRole::kLanguageModel);
  const std::string file = language_model != nullptr ? language_model->name : "";
  const std::string name =
      installed_name(request.folder / file, entry.manifest.publisher + "/" + entry.manifest.model);
  if (options.json) {
    GALAGO_TRY(const ModelManifest manifest,
               read_manifest(request.folder, manifest_name(request.folder, file)));
    const auto replace = nlohmann::json::error_handler_t::replace;
    std::printf(
        "%s\n",
        to_json(entry, name, request.folder, manifest).dump(2, ' ', false, replace).c_str());
  } else if (entry.kind == CatalogueKind::kGguf) {
    std::printf("%s is in %s; use it with -m %s\n", entry.manifest.name.c_str(),
                request.folder.c_str(), name.c_str());
  } else {
    // A tower is a part of models that are converted.
    const bool is_tower = entry.kind == CatalogueKind::kTower;
    std::printf("%s is in %s, to be converted: galago-cli models import%s %s --to q4_K_M\n",
                entry.manifest.name.c_str(), request.folder.c_str(),
                is_tower ? " CHECKPOINT --tower" : "", request.folder.c_str());
  }
  return {};
}

}  // namespace

void add_models_get_command(CLI::App& models, Status& result) {
  auto options = std::make_shared<GetOptions>();
  CLI::App* command = models.add_subcommand(
      "get", "Download a model: all of it, verified, or what can go on later (Ctrl+C pauses)");
  command
      ->add_option("what", options->what,
                   "A name of the catalogue (galago-cli models available), or the addresses of a "
                   "language model and its mmproj")
      ->required();
  command->add_flag("--discard", options->discard, "Remove what has come of it so far");
  command->add_flag("--json", options->json, "Print one JSON object at the end, nothing else");
  command->callback([options, &result] { result = get(*options); });
}

}  // namespace galago::cli
