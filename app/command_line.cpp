// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See command_line.h.
#include "command_line.h"

#include <QCommandLineParser>

namespace galago {
namespace {

constexpr auto kUsage =
    "Usage: galago [options] [picture…]\n"
    "Drop a picture into a window and talk about it, computed on this machine.\n\n"
    "  -m, --model MODEL    a GGUF file, a folder that holds a pair, or an installed model's name\n"
    "                       (default: the one chosen last, at first the demonstration model)\n"
    "  --image FILE         a picture for the first question; may be given several times\n"
    "  --device DEVICE      cpu, vulkan, cuda or auto (default)\n"
    "  --threads N          threads to compute with; 0: as the settings say\n"
    "  --smoke              show the first frame and end: a check of the installation\n"
    "  -h, --help           print this\n"
    "  -v, --version        print the version\n";

CommandLine ending(const QString& message, int exitCode) {
  CommandLine line;
  line.message = message;
  line.exitCode = exitCode;
  return line;
}

CommandLine wrong(const QString& reason) {
  return ending(QStringLiteral("galago: %1 (see galago --help)\n").arg(reason), 2);
}

}  // namespace

CommandLine parseCommandLine(const QStringList& arguments) {
  QCommandLineParser parser;
  const QCommandLineOption help(QStringList{"h", "help"});
  const QCommandLineOption version(QStringList{"v", "version"});
  const QCommandLineOption smoke("smoke");
  const QCommandLineOption model(QStringList{"m", "model"}, {}, "MODEL");
  const QCommandLineOption image("image", {}, "FILE");
  const QCommandLineOption device("device", {}, "DEVICE");
  const QCommandLineOption threads("threads", {}, "N", "0");
  for (const auto& option : {help, version, smoke, model, image, device, threads}) {
    parser.addOption(option);
  }
  if (!parser.parse(arguments)) return wrong(parser.errorText());
  if (parser.isSet(help)) return ending(QString::fromUtf8(kUsage), 0);
  if (parser.isSet(version)) return ending(QStringLiteral("galago " GALAGO_VERSION "\n"), 0);

  CommandLine line;
  line.smoke = parser.isSet(smoke);
  line.options.model = parser.value(model);
  line.options.pictures = parser.values(image) + parser.positionalArguments();
  line.options.device = parser.value(device);
  if (!QStringList({"", "cpu", "vulkan", "cuda", "auto"}).contains(line.options.device)) {
    return wrong(QStringLiteral("unknown device '%1'").arg(line.options.device));
  }
  bool isNumber = false;
  line.options.threads = parser.value(threads).toInt(&isNumber);
  if (!isNumber || line.options.threads < 0 ||
      line.options.threads > ui::SettingsStore::kMaxThreads) {
    return wrong(QStringLiteral("--threads takes a number from 0 to %1")
                     .arg(ui::SettingsStore::kMaxThreads));
  }
  return line;
}

}  // namespace galago
