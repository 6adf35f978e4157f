// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See history_view_model.h.
#include "history_view_model.h"

#include <QFileInfo>
#include <utility>

#include "error_text.h"

namespace galago::ui {
namespace {

constexpr int kSearchPauseMs = 150;

}  // namespace

HistoryViewModel::HistoryViewModel(const QString& folder, ChatViewModel& chat,
                                   SettingsStore& settings, QObject* parent)
    : QObject(parent),
      m_folder(folder),
      m_chat(chat),
      m_settings(settings),
      m_worker(folder),
      m_recorder(chat, m_worker) {
  m_searchTimer.setSingleShot(true);
  m_searchTimer.setInterval(kSearchPauseMs);
  connect(&m_searchTimer, &QTimer::timeout, this, &HistoryViewModel::refresh);
  connect(&m_recorder, &ChatRecorder::recorded, this, [this] {
    if (std::exchange(m_error, {})) emit errorChanged();
    refresh();
  });
  connect(&m_worker, &HistoryWorker::failed, this, [this](const Error& error) {
    m_error = error;
    emit errorChanged();
    endRestoring();
  });
  connect(&m_worker, &HistoryWorker::putAside, this, [this](const QString& name) {
    m_asideName = QFileInfo(name).fileName();
    emit asideChanged();
  });
  connect(&m_chat, &ChatViewModel::switched, this, &HistoryViewModel::currentChanged);
  connect(m_chat.messages(), &MessageListModel::added, this, &HistoryViewModel::currentChanged);
  connect(this, &HistoryViewModel::currentChanged, this,
          [this] { m_settings.setCurrentChat(current()); });
  const auto applyKeeping = [this] { m_recorder.setRecording(m_settings.keepChats()); };
  connect(&m_settings, &SettingsStore::keepChatsChanged, this, applyKeeping);
  applyKeeping();
  refresh();
}

HistoryViewModel::~HistoryViewModel() = default;

QString HistoryViewModel::current() const {
  return m_chat.id() == 0 ? QString() : QString::number(m_chat.id());
}

QString HistoryViewModel::errorTitle() const {
  return m_error ? errorText(m_error->code, ErrorPlace::kHistory).title : QString();
}

QString HistoryViewModel::errorHint() const {
  return m_error ? errorText(m_error->code, ErrorPlace::kHistory).hint : QString();
}

QString HistoryViewModel::errorDetail() const {
  return m_error ? ui::errorDetail(*m_error) : QString();
}

void HistoryViewModel::setSearch(const QString& words) {
  if (words == m_search) return;
  m_search = words;
  emit searchChanged();
  m_searchTimer.start();
}

void HistoryViewModel::refresh() {
  m_worker.read<std::vector<ChatSummary>>(
      [words = m_search](ChatStore& store) { return store.chats(words); }, this,
      [this, list = ++m_lastList](std::vector<ChatSummary> chats) {
        if (list == m_lastList) m_chats.setChats(std::move(chats));
      });
}

void HistoryViewModel::restore() {
  const QString last = m_settings.currentChat();
  if (!m_worker.isKeeping() || last.isEmpty() || m_error) return;
  m_isRestoring = true;
  emit restoringChanged();
  m_worker.read<ChatContent>(
      [chat = last.toLongLong()](ChatStore& store) -> Result<ChatContent> {
        Result<ChatContent> content = store.load(chat);
        // It was never written, or is gone: no reason to complain.
        if (!content && content.error().code == Errc::kInvalidArgument) return ChatContent{};
        return content;
      },
      this,
      [this](ChatContent content) {
        // Unless the person was faster.
        if (m_isRestoring && m_chat.id() == 0 && content.id != 0) show(std::move(content));
        endRestoring();
      });
}

void HistoryViewModel::read(const QString& chat, QObject* receiver,
                            const std::function<void(const ChatContent&)>& done,
                            const std::function<void(const Error&)>& failed) {
  if (chat == current()) {
    done(m_chat.content());
    return;
  }

  struct Loaded {
    ChatContent content;
    std::optional<Error> error;
  };

  m_worker.read<Loaded>(
      [id = chat.toLongLong()](ChatStore& store) -> Result<Loaded> {
        Result<ChatContent> content = store.load(id);
        if (!content) return Loaded{{}, content.error()};
        return Loaded{*std::move(content), {}};
      },
      receiver,
      [done, failed](const Loaded& loaded) {
        loaded.error ? failed(*loaded.error) : done(loaded.content);
      });
}

void HistoryViewModel::endRestoring() {
  if (std::exchange(m_isRestoring, false)) emit restoringChanged();
}

void HistoryViewModel::show(ChatContent content) { m_chat.show(std::move(content)); }

void HistoryViewModel::open(const QString& chat) {
  if (chat == current()) return;
  m_worker.read<ChatContent>([id = chat.toLongLong()](ChatStore& store) { return store.load(id); },
                             this, [this](ChatContent content) { show(std::move(content)); });
}

void HistoryViewModel::rename(const QString& chat, const QString& name) {
  const QString line = name.simplified();
  m_worker.write(
      [id = chat.toLongLong(), line](ChatStore& store) { return store.setTitle(id, line); });
  if (chat == current()) m_chat.setName(line);
  refresh();
}

void HistoryViewModel::setPinned(const QString& chat, bool pinned) {
  m_worker.write(
      [id = chat.toLongLong(), pinned](ChatStore& store) { return store.setPinned(id, pinned); });
  refresh();
}

QString HistoryViewModel::titleOf(ChatId chat) const {
  return m_chats.index(m_chats.rowOf(QString::number(chat)))
      .data(ChatListModel::TitleRole)
      .toString();
}

void HistoryViewModel::remove(const QString& chat) {
  const ChatId id = chat.toLongLong();
  m_removedCurrent = id == m_chat.id() ? id : 0;
  // First: an answer under way ends, and what there is of it is written.
  if (m_removedCurrent != 0) m_chat.newChat();
  m_worker.write([id](ChatStore& store) { return store.setDeleted(id, true); });
  setRemoved({id}, titleOf(id));
  refresh();
}

void HistoryViewModel::removeAll() {
  m_removedCurrent = m_chat.id();
  if (m_removedCurrent != 0) m_chat.newChat();
  m_worker.read<std::vector<ChatId>>([](ChatStore& store) { return store.deleteAll(); }, this,
                                     [this](std::vector<ChatId> chats) {
                                       setRemoved(std::move(chats), {});
                                       refresh();
                                     });
}

void HistoryViewModel::undo() {
  m_worker.write([chats = m_removed](ChatStore& store) -> Status {
    for (const ChatId chat : chats) GALAGO_TRY(store.setDeleted(chat, false));
    return {};
  });
  if (m_removedCurrent != 0 && m_chat.id() == 0) open(QString::number(m_removedCurrent));
  dismissRemoved();
  refresh();
}

void HistoryViewModel::dismissRemoved() { setRemoved({}, {}); }

void HistoryViewModel::setRemoved(std::vector<ChatId> chats, const QString& title) {
  m_removed = std::move(chats);
  m_removedTitle = title;
  emit removedChanged();
}

void HistoryViewModel::tryAgain() {
  const DamagedFile damaged =
      isDamaged() ? DamagedFile::kIsPutAside : DamagedFile::kFoundIsPutAside;
  m_error.reset();
  emit errorChanged();
  m_worker.reopen(damaged);
  m_recorder.recordAll();
  refresh();
}

void HistoryViewModel::dismissAside() {
  m_asideName.clear();
  emit asideChanged();
}

void HistoryViewModel::retranslate() { emit errorChanged(); }

}  // namespace galago::ui
