// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Lost connections, servers that cannot or will not, content that is not what was wanted,
// redirects, TLS, proxies.
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>

#include "cutting_proxy.h"
#include "transfer_fixture.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

class DownloadNetworkTest : public TransferTest {
 protected:
  /// Why the download of the model failed; kInternal: it did not.
  Errc failure_of(const std::string& url) {
    Downloader download(unknown_model(url), quick_options());
    if (run(download)) return Errc::kInternal;
    return download.status().error->code;
  }
};

TEST_F(DownloadNetworkTest, LostConnections) {
  CuttingProxy proxy(server_->port());
  proxy.cut_after({1'000'000, 1'000'000, 100, 500'000});
  DownloadRequest request = both();
  request.files[0].url = proxy.url("/plain/model.gguf");
  Downloader download(request, quick_options());
  ASSERT_TRUE(run(download)) << download.status().error->message();
  EXPECT_TRUE(is_installed());
  EXPECT_EQ(proxy.connections(), 5);
  EXPECT_GE(requests("206"), 3);
}

TEST_F(DownloadNetworkTest, LostConnectionsWhereNothingIsKnown) {
  CuttingProxy proxy(server_->port());
  proxy.cut_after({1'000'000, 1'000'000});
  Downloader download(unknown_model(proxy.url("/plain/model.gguf")), quick_options());
  ASSERT_TRUE(run(download)) << download.status().error->message();
  EXPECT_EQ(read_file(target_ / "model.gguf"), model_);
  EXPECT_EQ(requests("206"), 2);
}

TEST_F(DownloadNetworkTest, ServerGoesAndComesBack) {
  DownloadOptions options = quick_options();
  options.attempts = 100;
  Downloader download(both("slow"), options);
  download.start();
  ASSERT_TRUE(receive(download, 300'000));
  server_->stop();
  ASSERT_TRUE(reach(download, DownloadPhase::kWaiting));
  EXPECT_EQ(download.status().error->code, Errc::kNetwork);
  server_->start();
  ASSERT_TRUE(run(download)) << download.status().error->message();
  EXPECT_TRUE(is_installed());
}

TEST_F(DownloadNetworkTest, ServerThatStaysAway) {
  server_->stop();
  Downloader download(both(), quick_options());
  EXPECT_FALSE(run(download));
  EXPECT_EQ(download.status().error->code, Errc::kNetwork);
  server_->start();
  download.resume();
  EXPECT_TRUE(run(download));
}

TEST_F(DownloadNetworkTest, SilentServer) {
  QTcpServer silent;
  silent.listen(QHostAddress::LocalHost);
  DownloadOptions options = quick_options();
  options.attempts = 1;
  options.silence = std::chrono::milliseconds(200);
  Downloader download(
      unknown_model("http://127.0.0.1:" + std::to_string(silent.serverPort()) + "/model.gguf"),
      options);
  EXPECT_FALSE(run(download));
  EXPECT_EQ(download.status().error->code, Errc::kNetwork);
}

TEST_F(DownloadNetworkTest, ServerWithoutRanges) {
  CuttingProxy proxy(server_->port());
  proxy.cut_after({1'000'000});
  DownloadRequest request = both();
  request.files[0].url = proxy.url("/whole/model.gguf");
  Downloader download(request, quick_options());
  ASSERT_TRUE(run(download)) << download.status().error->message();
  EXPECT_TRUE(is_installed());
  EXPECT_EQ(requests("206"), 0);
}

TEST_F(DownloadNetworkTest, ServerWithoutRangesThatNeverGetsThrough) {
  CuttingProxy proxy(server_->port());
  proxy.cut_after(std::deque<std::int64_t>(100, 1'000'000));
  Downloader download(unknown_model(proxy.url("/whole/model.gguf")), quick_options());
  EXPECT_FALSE(run(download));
  EXPECT_EQ(download.status().error->code, Errc::kNetwork);
  EXPECT_LE(proxy.connections(), 6) << "it gives up";
}

TEST_F(DownloadNetworkTest, WrongContentIsNotKept) {
  DownloadRequest request = both();
  serve("model.gguf", random_bytes(kModelSize, 3));
  Downloader download(request, quick_options());
  EXPECT_FALSE(run(download));
  EXPECT_EQ(download.status().error->code, Errc::kHash);
  EXPECT_FALSE(fs::exists(target_));
  EXPECT_FALSE(fs::exists(part_path(target_, "model.gguf")));
  EXPECT_EQ(requests(), 1) << "what is wrong is not asked for again";
}

TEST_F(DownloadNetworkTest, WrongSizeIsNotKept) {
  for (const std::size_t size : {kModelSize - 1, kModelSize + 1}) {
    DownloadRequest request = both();
    serve("model.gguf", random_bytes(size, 1));
    Downloader download(request, quick_options());
    EXPECT_FALSE(run(download));
    EXPECT_EQ(download.status().error->code, Errc::kHash);
    EXPECT_FALSE(fs::exists(target_));
    EXPECT_EQ(bytes_there(target_, request.files[0]), 0U);
  }
}

TEST_F(DownloadNetworkTest, ChangedContentIsNeverMixed) {
  const std::string changed = random_bytes(kModelSize, 4);
  {
    Downloader first(unknown_model(server_->url("/slow/model.gguf")), quick_options());
    first.start();
    ASSERT_TRUE(receive(first, 300'000));
  }
  serve("model.gguf", changed);
  fs::last_write_time(folder_.path() / "server/files/model.gguf",
                      fs::file_time_type::clock::now() + std::chrono::hours(1));
  Downloader second(unknown_model(server_->url("/slow/model.gguf")), quick_options());
  ASSERT_TRUE(run(second)) << second.status().error->message();
  EXPECT_EQ(read_file(target_ / "model.gguf"), changed);
}

TEST_F(DownloadNetworkTest, PartOfUnknownOriginIsBegunAgain) {
  folder_.write("models/publisher/.partial/model/model.gguf.part", random_bytes(100'000, 5));
  folder_.write("models/publisher/.partial/model/model.gguf.part.json", "{\"url\": 7, ");
  Downloader download(unknown_model(server_->url("/plain/model.gguf")), quick_options());
  ASSERT_TRUE(run(download));
  EXPECT_EQ(read_file(target_ / "model.gguf"), model_);
}

TEST_F(DownloadNetworkTest, DamagedPartIsBegunAgain) {
  std::string part = model_.substr(0, 500'000);
  part[7] = static_cast<char>(part[7] ^ 1);
  folder_.write("models/publisher/.partial/model/model.gguf.part", part);
  Downloader download(both(), quick_options());
  ASSERT_TRUE(run(download)) << download.status().error->message();
  EXPECT_TRUE(is_installed());
}

TEST_F(DownloadNetworkTest, PartLongerThanTheFile) {
  folder_.write("models/publisher/.partial/model/model.gguf.part", model_ + "more");
  Downloader known(both(), quick_options());
  ASSERT_TRUE(run(known)) << known.status().error->message();
  fs::remove_all(target_);
  folder_.write("models/publisher/.partial/model/model.gguf.part", model_ + "more");
  DownloadRequest request = unknown_model(server_->url("/plain/model.gguf"));
  request.files[0].sha256 = sha256_of(model_);
  Downloader only_hash(request, quick_options());
  ASSERT_TRUE(run(only_hash)) << only_hash.status().error->message();
  EXPECT_EQ(requests("416"), 1);
  EXPECT_EQ(read_file(target_ / "model.gguf"), model_);
}

TEST_F(DownloadNetworkTest, Redirects) {
  CuttingProxy proxy(server_->port());
  proxy.cut_after({1'000'000});
  DownloadRequest request = both("moved");
  request.files[0].url = proxy.url("/moved/model.gguf");
  Downloader download(request, quick_options());
  ASSERT_TRUE(run(download)) << download.status().error->message();
  EXPECT_TRUE(is_installed());
  EXPECT_EQ(failure_of(server_->url("/circle/model.gguf")), Errc::kNetwork);
  EXPECT_EQ(requests("302 145 \"-\" /circle/"), 11);
  EXPECT_EQ(failure_of(server_->url("/local/model.gguf")), Errc::kNetwork);
}

TEST_F(DownloadNetworkTest, AnnouncedHash) {
  const std::string url = server_->url("/announced/model.gguf?hash=");
  Downloader right(unknown_model(url + sha256_of(model_)), quick_options());
  EXPECT_TRUE(run(right)) << right.status().error->message();
  fs::remove_all(target_);
  EXPECT_EQ(failure_of(url + sha256_of(projector_)), Errc::kHash);
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(DownloadNetworkTest, Refusals) {
  EXPECT_EQ(failure_of(server_->url("/plain/none.gguf")), Errc::kNetwork);
  EXPECT_EQ(requests("404"), 1) << "not asked for again";
  EXPECT_EQ(failure_of(server_->url("/forbidden/model.gguf")), Errc::kNetwork);
  EXPECT_EQ(requests("403"), 1);
  EXPECT_EQ(failure_of(server_->url("/busy/model.gguf")), Errc::kNetwork);
  EXPECT_EQ(requests("503"), quick_options().attempts);
  EXPECT_EQ(failure_of(server_->url("/page/model.gguf")), Errc::kNetwork) << "a page to log in";
  EXPECT_TRUE(nothing_staged() || fs::is_empty(staging_folder(target_)));
}

/// A certificate for 127.0.0.1 that nobody has signed. False: openssl is not installed.
bool make_certificate(const fs::path& folder) {
  QProcess openssl;
  openssl.start("openssl",
                {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                 "-keyout", QString::fromStdString(folder / "key.pem"), "-out",
                 QString::fromStdString(folder / "cert.pem")});
  return openssl.waitForFinished() && openssl.exitCode() == 0;
}

TEST_F(DownloadNetworkTest, TlsIsVerified) {
  const fs::path server = folder_.path() / "server";
  if (!make_certificate(server)) GTEST_SKIP() << "openssl is not installed";
  server_->stop();
  server_->start();
  const std::string url = server_->tls_url("/plain/model.gguf");
  {
    Downloader unknown(unknown_model(url), quick_options());
    EXPECT_FALSE(run(unknown));
    EXPECT_EQ(unknown.status().error->code, Errc::kNetwork);
    EXPECT_NE(unknown.status().error->message().find("not safe"), std::string::npos);
    EXPECT_EQ(requests(), 0);
  }

  const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
  QSslConfiguration trusting = before;
  trusting.addCaCertificates(
      QSslCertificate::fromPath(QString::fromStdString(server / "cert.pem")));
  QSslConfiguration::setDefaultConfiguration(trusting);
  {
    Downloader known(unknown_model(url), quick_options());
    EXPECT_TRUE(run(known)) << known.status().error->message();
  }
  fs::remove_all(target_);
  EXPECT_EQ(failure_of(server_->tls_url("/down/model.gguf")), Errc::kNetwork)
      << "from https to http";
  EXPECT_FALSE(fs::exists(target_));
  QSslConfiguration::setDefaultConfiguration(before);
}

TEST_F(DownloadNetworkTest, ProxyOfTheEnvironment) {
  CuttingProxy proxy(server_->port());
  QProcess program;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("http_proxy", QString::fromStdString(proxy.url("")));
  program.setProcessEnvironment(environment);
  program.setProcessChannelMode(QProcess::ForwardedChannels);
  program.start(DOWNLOAD_PROGRAM,
                {QString::fromStdString(target_), "5000", "http://galago.invalid/plain/model.gguf",
                 "model.gguf", "-", QString::fromStdString(sha256_of(model_))});
  ASSERT_TRUE(wait_until([&] { return program.state() == QProcess::NotRunning; }));
  EXPECT_EQ(program.exitCode(), 0);
  EXPECT_TRUE(proxy.first_request().startsWith("GET http://galago.invalid/plain/model.gguf "));
  EXPECT_EQ(read_file(target_ / "model.gguf"), model_);
}

}  // namespace
}  // namespace galago
