// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See language.h.
#include "language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <utility>

namespace galago {

Language::~Language() { removeAll(); }

void Language::set(const QString& code) {
  removeAll();
  const QLocale wanted = code.isEmpty() ? QLocale::system() : QLocale(code);
  const bool isChinese = wanted.language() == QLocale::Chinese;
  // Number and date formats follow the words: a window that mixes two is hard to read.
  QLocale::setDefault(isChinese        ? QLocale(QLocale::Chinese, QLocale::China)
                      : code.isEmpty() ? wanted
                                       : QLocale(QLocale::English));

  const QString own = QStringLiteral(":/galago/i18n");
  if (!isChinese) {
    install(QStringLiteral("galago_en"), own);  // the plural forms
    return;
  }
  const QString qt = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
  install(QStringLiteral("qtbase_zh_CN"), qt);
  install(QStringLiteral("qtdeclarative_zh_CN"), qt);
  install(QStringLiteral("galago_zh_CN"), own);
}

void Language::install(const QString& file, const QString& folder) {
  auto translator = std::make_unique<QTranslator>();
  // Qt's own files may be absent: its dialogs then stay English.
  if (!translator->load(file, folder)) return;
  QCoreApplication::installTranslator(translator.get());
  m_translators.push_back(std::move(translator));
}

void Language::removeAll() {
  for (const auto& translator : m_translators) QCoreApplication::removeTranslator(translator.get());
  m_translators.clear();
}

}  // namespace galago
