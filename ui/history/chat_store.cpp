// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See chat_store.h.
#include "history/chat_store.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <atomic>
#include <unordered_map>
#include <utility>

#include "history/chat_schema.h"
#include "history/message_json.h"
#include "history/sql.h"

namespace galago::ui {
namespace {

/// For "Undo" in another window of the same chats.
constexpr qint64 kUndoMs = 10 * 60 * 1000;

/// As a value of SQL: a null string would be NULL.
QString kept(const QString& text) { return text.isNull() ? QStringLiteral("") : text; }

/// What a search compares: without capitals, and with what looks alike made the same.
QString folded(const QString& text) {
  return kept(text.normalized(QString::NormalizationForm_KC).toCaseFolded());
}

QString jsonText(const QJsonObject& json) {
  return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

QJsonObject jsonObject(const QVariant& text) {
  return QJsonDocument::fromJson(text.toString().toUtf8()).object();
}

/// The place of the words that were searched for, with some of what is around it.
QString excerptOf(const QString& text, const QString& search) {
  constexpr qsizetype kBefore = 24;
  constexpr qsizetype kLength = 120;
  const QString line = text.simplified();
  const qsizetype at = line.indexOf(search, 0, Qt::CaseInsensitive);
  const qsizetype from = std::max<qsizetype>(0, at - kBefore);
  return (from > 0 ? QStringLiteral("…") : QString()) + line.mid(from, kLength);
}

/// The name of a new connection: while somebody holds one it cannot be removed.
Result<QString> connectTo(const QString& file) {
  static std::atomic<int> last = 0;
  const QString name = QStringLiteral("chats%1").arg(++last);
  QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
  database.setDatabaseName(file);
  database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
  if (!database.open())
    return Error{Errc::kIo, "The chats cannot be opened.", {file.toStdString()}};
  return name;
}

QSqlDatabase connection(const QString& name) { return QSqlDatabase::database(name, false); }

void disconnect(const QString& name) {
  connection(name).close();
  QSqlDatabase::removeDatabase(name);
}

Status prepare(const QSqlDatabase& database) {
  // Readers and a writer do not wait for each other, and a killed program leaves nothing half done.
  GALAGO_TRY(execute(database, QStringLiteral("PRAGMA journal_mode=WAL")));
  GALAGO_TRY(execute(database, QStringLiteral("PRAGMA synchronous=NORMAL")));
  GALAGO_TRY(execute(database, QStringLiteral("PRAGMA foreign_keys=ON")));
  // What was deleted is overwritten.
  GALAGO_TRY(execute(database, QStringLiteral("PRAGMA secure_delete=ON")));
  return migrateChats(database);
}

QString picturesBeside(const QString& file) {
  return QFileInfo(file).path() + QStringLiteral("/pictures");
}

/// Gives a damaged file and its journal another name; returns that of the file.
Result<QString> putAside(const QString& file) {
  const QString name =
      file + QStringLiteral(".damaged-%1").arg(QDateTime::currentMSecsSinceEpoch());
  if (!QFile::rename(file, name))
    return Error{Errc::kIo, "The damaged chats cannot be put aside.", {file.toStdString()}};
  for (const char* journal : {"-wal", "-shm"})
    QFile::rename(file + QLatin1String(journal), name + QLatin1String(journal));
  // Its pictures with it: what no chat of the new file shows is swept away.
  QDir().rename(picturesBeside(file), name + QStringLiteral(".pictures"));
  return name;
}

}  // namespace

Result<std::unique_ptr<ChatStore>> ChatStore::open(const QString& folder, DamagedFile damaged) {
  if (!QDir().mkpath(folder))
    return Error{Errc::kIo, "The folder of the chats cannot be made.", {folder.toStdString()}};
  const QString file = folder + QStringLiteral("/chats.sqlite");
  QString aside;
  if (damaged == DamagedFile::kIsPutAside && QFile::exists(file)) {
    GALAGO_TRY(aside, putAside(file));
  }
  GALAGO_TRY(QString name, connectTo(file));
  Status prepared = prepare(connection(name));
  if (!prepared) {
    disconnect(name);
    if (prepared.error().code != Errc::kFormat) return std::move(prepared).error();
    GALAGO_TRY(aside, putAside(file));
    GALAGO_TRY(name, connectTo(file));
    GALAGO_TRY(prepare(connection(name)));
  }
  GALAGO_TRY(PictureShelf shelf, PictureShelf::open(picturesBeside(file)));
  auto store = std::unique_ptr<ChatStore>(new ChatStore(connection(name), std::move(shelf)));
  store->m_asideName = aside;
  GALAGO_TRY(store->purge(kUndoMs));
  return store;
}

ChatStore::ChatStore(QSqlDatabase database, PictureShelf shelf)
    : m_database(std::move(database)), m_shelf(std::move(shelf)) {}

ChatStore::~ChatStore() {
  const QString name = m_database.connectionName();
  m_database = {};
  disconnect(name);
}

Result<std::vector<ChatSummary>> ChatStore::chats(const QString& search) const {
  const QString wanted = folded(search.simplified());
  // The title that a person gave, else the first question; and, for a search, where it is found.
  GALAGO_TRY(QSqlQuery row,
             select(m_database,
                    QStringLiteral(
                        "SELECT id, title, pinned, changed_ms,"
                        " (SELECT text FROM messages WHERE chat = chats.id AND kind = 'question'"
                        "  ORDER BY id LIMIT 1),"
                        " (SELECT text FROM messages WHERE chat = chats.id AND instr(folded, ?) > 0"
                        "  ORDER BY id LIMIT 1)"
                        " FROM chats WHERE deleted_ms IS NULL AND (instr(folded, ?) > 0 OR EXISTS"
                        " (SELECT 1 FROM messages WHERE chat = chats.id AND instr(folded, ?) > 0))"
                        " ORDER BY pinned DESC, changed_ms DESC, id DESC"),
                    {wanted, wanted, wanted}));
  std::vector<ChatSummary> chats;
  while (row.next()) {
    const QString named = row.value(1).toString();
    const QString title = named.isEmpty() ? row.value(4).toString().simplified() : named;
    chats.push_back({row.value(0).toLongLong(), title, row.value(2).toBool(),
                     row.value(3).toLongLong(),
                     wanted.isEmpty() ? QString() : excerptOf(row.value(5).toString(), search)});
  }
  return chats;
}

Result<ChatContent> ChatStore::load(ChatId chat) const {
  GALAGO_TRY(
      QSqlQuery row,
      select(m_database,
             QStringLiteral(
                 "SELECT title, leaf, settings FROM chats WHERE id = ? AND deleted_ms IS NULL"),
             {chat}));
  if (!row.next()) return Error{Errc::kInvalidArgument, "There is no such chat.", {}};
  ChatContent content{chat,
                      row.value(0).toString(),
                      row.value(1).toLongLong(),
                      row.value(2).toString().toUtf8(),
                      {}};
  GALAGO_TRY(content.messages, messagesOf(chat));
  return content;
}

Result<std::vector<ChatMessage>> ChatStore::messagesOf(ChatId chat) const {
  GALAGO_TRY(QSqlQuery row,
             select(m_database,
                    QStringLiteral("SELECT id, parent, kind, text, state, stats, dropped_turns,"
                                   " model, error FROM messages WHERE chat = ? ORDER BY id"),
                    {chat}));
  std::vector<ChatMessage> messages;
  std::unordered_map<MessageId, std::size_t> places;
  while (row.next()) {
    ChatMessage message;
    message.id = row.value(0).toLongLong();
    message.parent = row.value(1).toLongLong();
    const bool isAnswer = row.value(2).toString() == QLatin1String("answer");
    message.kind = isAnswer ? MessageKind::kAnswer : MessageKind::kQuestion;
    message.text = row.value(3).toString();
    message.state = isAnswer ? keptState(row.value(4).toString()) : AnswerState::kComplete;
    message.stats = statsFrom(jsonObject(row.value(5)));
    message.droppedTurns = row.value(6).toInt();
    message.model = row.value(7).toString();
    message.error = errorFrom(jsonObject(row.value(8)));
    places.emplace(message.id, messages.size());
    messages.push_back(std::move(message));
  }
  GALAGO_TRY(QSqlQuery picture,
             select(m_database,
                    QStringLiteral("SELECT message, picture FROM message_pictures JOIN messages ON"
                                   " id = message WHERE chat = ? ORDER BY message, position"),
                    {chat}));
  std::unordered_map<std::string, ChatPicturePtr> known;  // the same picture, asked about twice
  while (picture.next()) {
    const QString name = picture.value(1).toString();
    ChatPicturePtr& shared = known[name.toStdString()];
    if (!shared) shared = std::make_shared<ChatPicture>(m_shelf.path(name));
    messages[places.at(picture.value(0).toLongLong())].pictures.push_back(shared);
  }
  return messages;
}

Status ChatStore::add(ChatId chat, const std::vector<ChatMessage>& messages) {
  if (messages.empty()) return {};
  GALAGO_TRY(Transaction transaction, Transaction::begin(m_database));
  GALAGO_TRY(execute(m_database,
                     QStringLiteral("INSERT INTO chats (id, changed_ms, leaf) VALUES (?, ?, ?)"
                                    " ON CONFLICT (id) DO UPDATE SET changed_ms ="
                                    " excluded.changed_ms, leaf = excluded.leaf"),
                     {chat, QDateTime::currentMSecsSinceEpoch(), messages.back().id}));
  for (const ChatMessage& message : messages) GALAGO_TRY(addMessage(chat, message));
  return transaction.commit();
}

Status ChatStore::addMessage(ChatId chat, const ChatMessage& message) {
  const bool isAnswer = message.kind == MessageKind::kAnswer;
  GALAGO_TRY(execute(
      m_database,
      QStringLiteral("INSERT INTO messages (id, chat, parent, kind, text, folded, state, stats,"
                     " dropped_turns, model) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                     " ON CONFLICT (id) DO UPDATE SET text = excluded.text, folded ="
                     " excluded.folded, state = excluded.state, stats = excluded.stats"),
      {message.id, chat, message.parent,
       isAnswer ? QStringLiteral("answer") : QStringLiteral("question"), kept(message.text),
       folded(message.text), nameOf(message.state), jsonText(toJson(message.stats)),
       message.droppedTurns, kept(message.model)}));
  return addPictures(message);
}

Status ChatStore::addPictures(const ChatMessage& message) {
  int position = 0;
  for (const ChatPicturePtr& picture : message.pictures) {
    QString file = picture->file();
    if (file.isEmpty()) {
      GALAGO_TRY(const QString name, m_shelf.keep(*picture->picture()));
      file = m_shelf.path(name);
      picture->setFile(file);
    }
    GALAGO_TRY(execute(m_database,
                       QStringLiteral("INSERT OR IGNORE INTO message_pictures VALUES (?, ?, ?)"),
                       {message.id, position++, QFileInfo(file).fileName()}));
  }
  return {};
}

Status ChatStore::update(const ChatMessage& message) {
  return execute(
      m_database,
      QStringLiteral("UPDATE messages SET text = ?, folded = ?, state = ?, stats = ?,"
                     " dropped_turns = ?, model = ?, error = ? WHERE id = ?"),
      {kept(message.text), folded(message.text), nameOf(message.state),
       jsonText(toJson(message.stats)), message.droppedTurns, kept(message.model),
       message.error ? QVariant(jsonText(toJson(*message.error))) : QVariant(), message.id});
}

Status ChatStore::setLeaf(ChatId chat, MessageId leaf) {
  return execute(m_database, QStringLiteral("UPDATE chats SET leaf = ? WHERE id = ?"),
                 {leaf, chat});
}

Status ChatStore::setTitle(ChatId chat, const QString& title) {
  const QString line = kept(title.simplified());
  return execute(m_database, QStringLiteral("UPDATE chats SET title = ?, folded = ? WHERE id = ?"),
                 {line, folded(line), chat});
}

Status ChatStore::setPinned(ChatId chat, bool pinned) {
  return execute(m_database, QStringLiteral("UPDATE chats SET pinned = ? WHERE id = ?"),
                 {pinned ? 1 : 0, chat});
}

Status ChatStore::setSettings(ChatId chat, const QByteArray& settings) {
  return execute(m_database, QStringLiteral("UPDATE chats SET settings = ? WHERE id = ?"),
                 {QString::fromUtf8(settings), chat});
}

Status ChatStore::setDeleted(ChatId chat, bool deleted) {
  if (deleted) m_deleted.insert(chat);
  return execute(m_database, QStringLiteral("UPDATE chats SET deleted_ms = ? WHERE id = ?"),
                 {deleted ? QVariant(QDateTime::currentMSecsSinceEpoch()) : QVariant(), chat});
}

Result<std::vector<ChatId>> ChatStore::deleteAll() {
  GALAGO_TRY(Transaction transaction, Transaction::begin(m_database));
  std::vector<ChatId> chats;
  {
    GALAGO_TRY(QSqlQuery row,
               select(m_database, QStringLiteral("SELECT id FROM chats WHERE deleted_ms IS NULL")));
    while (row.next()) chats.push_back(row.value(0).toLongLong());
  }
  for (const ChatId chat : chats) GALAGO_TRY(setDeleted(chat, true));
  GALAGO_TRY(transaction.commit());
  return chats;
}

Status ChatStore::purge(qint64 deletedForMs) {
  GALAGO_TRY(Transaction transaction, Transaction::begin(m_database));
  GALAGO_TRY(execute(m_database, QStringLiteral("DELETE FROM chats WHERE deleted_ms <= ?"),
                     {QDateTime::currentMSecsSinceEpoch() - deletedForMs}));
  GALAGO_TRY(sweepPictures());
  return transaction.commit();
}

Status ChatStore::purgeOwn() {
  if (m_deleted.empty()) return {};
  GALAGO_TRY(Transaction transaction, Transaction::begin(m_database));
  for (const ChatId chat : m_deleted)
    GALAGO_TRY(execute(m_database,
                       QStringLiteral("DELETE FROM chats WHERE id = ? AND deleted_ms IS NOT NULL"),
                       {chat}));
  GALAGO_TRY(sweepPictures());
  return transaction.commit();
}

Status ChatStore::sweepPictures() {
  GALAGO_TRY(QSqlQuery row,
             select(m_database, QStringLiteral("SELECT DISTINCT picture FROM message_pictures")));
  QStringList used;
  while (row.next()) used += row.value(0).toString();
  m_shelf.sweep(used);
  return {};
}

}  // namespace galago::ui
