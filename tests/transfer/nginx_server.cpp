// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "nginx_server.h"

#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <utility>

namespace galago {
namespace {

constexpr const char* kConfiguration = R"(
daemon off;
master_process off;
pid @DIR@/nginx.pid;
error_log @DIR@/error.log;
events { worker_connections 64; }
http {
  log_format short '$status $body_bytes_sent "$http_range" $request_uri';
  access_log @DIR@/access.log short;
  client_body_temp_path @DIR@/tmp;
  proxy_temp_path @DIR@/tmp;
  fastcgi_temp_path @DIR@/tmp;
  uwsgi_temp_path @DIR@/tmp;
  scgi_temp_path @DIR@/tmp;
  default_type application/octet-stream;
  sendfile off;
  server {
    listen 127.0.0.1:@PORT@;
    location /plain/ { alias @DIR@/files/; }
    location /slow/ { alias @DIR@/files/; limit_rate 3000k; }
    location /whole/ { alias @DIR@/files/; max_ranges 0; }
    location /moved/ { rewrite ^/moved/(.*)$ /hop/$1 redirect; }
    location /hop/ { rewrite ^/hop/(.*)$ /plain/$1 permanent; }
    location /circle/ { return 302 $request_uri; }
    location /local/ { return 302 file://@DIR@/files/model.gguf; }
    location /forbidden/ { return 403; }
    location /busy/ { return 503; }
    location /page/ { default_type text/html; return 200 "<html>Please log in</html>"; }
    location /announced/ {
      add_header X-Linked-ETag '"$arg_hash"' always;
      rewrite ^/announced/(.*)$ /plain/$1 redirect;
    }
  }
  @TLS@
})";

constexpr const char* kTls = R"(
  server {
    listen 127.0.0.1:@TLS_PORT@ ssl;
    ssl_certificate @DIR@/cert.pem;
    ssl_certificate_key @DIR@/key.pem;
    location /plain/ { alias @DIR@/files/; }
    location /down/ { return 302 http://127.0.0.1:@PORT@/plain/model.gguf; }
  })";

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

int free_port() {
  QTcpServer server;
  server.listen(QHostAddress::LocalHost);
  return server.serverPort();
}

QString NginxServer::program() {
  const QString found = QStandardPaths::findExecutable("nginx");
  return found.isEmpty() ? QStandardPaths::findExecutable("nginx", {"/usr/sbin"}) : found;
}

NginxServer::NginxServer(std::filesystem::path folder)
    : folder_(std::move(folder)), port_(free_port()), tls_port_(free_port()) {
  std::filesystem::create_directories(folder_ / "files");
}

NginxServer::~NginxServer() { stop(); }

void NginxServer::start() {
  constexpr int kTries = 200;
  write_configuration(folder_);
  process_ = std::make_unique<QProcess>();
  process_->start(program(), {"-p", QString::fromStdString(folder_), "-c",
                              QString::fromStdString(folder_ / "nginx.conf"), "-e",
                              QString::fromStdString(folder_ / "error.log")});
  for (int i = 0; i < kTries; ++i) {
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(port_));
    if (socket.waitForConnected(1000)) return;
    QThread::msleep(10);
  }
  std::fprintf(stderr, "nginx does not start: %s\n", process_->readAllStandardError().constData());
  std::abort();
}

void NginxServer::stop() {
  if (!process_) return;
  process_->kill();  // it would wait for its connections
  process_->waitForFinished();
  process_.reset();
}

void NginxServer::write_configuration(const std::filesystem::path& folder) const {
  std::string text = kConfiguration;
  replace_all(text, "@TLS@", std::filesystem::exists(folder / "cert.pem") ? kTls : "");
  replace_all(text, "@DIR@", folder.string());
  replace_all(text, "@PORT@", std::to_string(port_));
  replace_all(text, "@TLS_PORT@", std::to_string(tls_port_));
  std::ofstream(folder / "nginx.conf") << text;
}

std::string NginxServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + path;
}

std::string NginxServer::tls_url(const std::string& path) const {
  return "https://127.0.0.1:" + std::to_string(tls_port_) + path;
}

std::string NginxServer::log() const {
  std::ostringstream text;
  text << std::ifstream(folder_ / "access.log").rdbuf();
  return text.str();
}

}  // namespace galago
