// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The language of the window: installs the translations of the program and of Qt's own dialogs.
#pragma once

#include <QLocale>
#include <QString>
#include <QTranslator>
#include <memory>
#include <vector>

namespace galago {

class Language {
 public:
  Language() = default;
  ~Language();

  Language(const Language&) = delete;
  Language& operator=(const Language&) = delete;

  /// "en", "zh_CN", or empty for the system's; a language without a translation becomes English.
  void set(const QString& code);

 private:
  void install(const QString& file, const QString& folder);
  void removeAll();

  std::vector<std::unique_ptr<QTranslator>> m_translators;
};

}  // namespace galago
