// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How often each model was found the best without its name being known; kept in the settings.
#pragma once

#include <QSettings>
#include <QStringList>
#include <QVariantList>

namespace galago::ui {

class VoteTally {
 public:
  /// `file`: an INI file; empty: the platform's place for settings.
  explicit VoteTally(const QString& file);

  /// All of `names` were shown; `best` was chosen, or none of them (empty).
  void add(const QStringList& names, const QString& best);
  void clear();

  /// [{name, wins, shown}], the one with the largest share of wins first.
  QVariantList rows() const;

 private:
  QSettings m_settings;
};

}  // namespace galago::ui
