// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// nginx on a free port of 127.0.0.1, serving one folder in several ways.
#pragma once

#include <QProcess>
#include <QString>
#include <filesystem>
#include <memory>
#include <string>

namespace galago {

class NginxServer {
 public:
  /// Empty: not installed.
  static QString program();

  /// Serves files/ of the folder; keeps what else it needs there too. With cert.pem and key.pem in
  /// the folder it serves them by TLS as well.
  explicit NginxServer(std::filesystem::path folder);
  NginxServer(const NginxServer&) = delete;
  NginxServer& operator=(const NginxServer&) = delete;
  ~NginxServer();

  /// Aborts the test program where it does not come up.
  void start();
  void stop();

  int port() const { return port_; }

  /// /plain/a, for example.
  std::string url(const std::string& path) const;
  std::string tls_url(const std::string& path) const;

  /// The requests so far, one a line: "STATUS BYTES RANGE PATH".
  std::string log() const;

 private:
  void write_configuration(const std::filesystem::path& folder) const;

  std::filesystem::path folder_;
  int port_ = 0;
  int tls_port_ = 0;
  std::unique_ptr<QProcess> process_;
};

/// Of 127.0.0.1, free a moment ago.
int free_port();

}  // namespace galago
