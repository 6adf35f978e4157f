# shellcheck shell=bash disable=SC2034
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# The packages of Debian and Ubuntu that Galago needs, and their installation. Sourced by ./run,
# ./test and .ci/*.sh. Names joined by | are alternatives: the first that the archive has is taken
# (Ubuntu 22.04 and later releases call some packages differently).

packages_core='
  g++ cmake ninja-build pkg-config|pkgconf
  libsentencepiece-dev libpng-dev libjpeg-dev libwebp-dev libgif-dev libexif-dev
  libxxhash-dev libcli11-dev nlohmann-json3-dev
  libvulkan-dev libvulkan-volk-dev glslc|glslang-tools'

# QML modules do not depend on each other: each one that the window imports, directly or through
# Qt Quick Controls, is named.
packages_app='
  qt6-base-dev qt6-declarative-dev qt6-declarative-dev-tools qt6-svg-dev|libqt6svg6-dev
  qt6-multimedia-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libgl-dev
  libquazip1-qt6-dev libqt6sql6-sqlite qt6-qpa-plugins qt6-wayland fonts-dejavu-core fonts-noto-cjk
  qml6-module-qtquick qml6-module-qtquick-controls qml6-module-qtquick-templates
  qml6-module-qtquick-window qml6-module-qtquick-layouts qml6-module-qtquick-dialogs
  qml6-module-qtquick-shapes qml6-module-qtqml qml6-module-qtqml-models
  qml6-module-qtqml-workerscript qml6-module-qtcore qml6-module-qt-labs-folderlistmodel'

packages_test='
  libgtest-dev googletest libbenchmark-dev libopenblas-dev qml6-module-qttest imagemagick
  nginx-light openssl mesa-vulkan-drivers vulkan-validationlayers'
packages_lint='clang-format-14|clang-format clang-tidy-14|clang-tidy shellcheck git'
packages_fuzz='clang libclang-rt-14-dev|libclang-rt-18-dev|libclang-rt-dev'
# Downloads and packs, where the window is not built.
packages_transfer='qt6-base-dev libquazip1-qt6-dev nginx-light openssl'
packages_package='dpkg-dev file desktop-file-utils appstream'
packages_arm64='g++-aarch64-linux-gnu qemu-user googletest'

# For arm64: unpacked into a folder, never installed (.ci/arm64_root.sh).
packages_arm64_libraries='
  libsentencepiece-dev libpng-dev libjpeg-dev libwebp-dev libgif-dev
  libexif-dev libxxhash-dev libvulkan-dev libvulkan-volk-dev'

is_installed() {
  local name
  for name in ${1//|/ }; do
    case $(dpkg-query -W -f='${db:Status-Abbrev}' "$name" 2>/dev/null) in
      ii*) return 0 ;;
    esac
  done
  return 1
}

# The first alternative that the archive offers; nothing when there is none.
available() {
  local name
  for name in ${1//|/ }; do
    if apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [^(]'; then
      echo "$name"
      return
    fi
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif [ -n "${CI:-}" ] || [ ! -t 0 ]; then
    sudo -n "$@"  # nobody is there to type a password
  else
    sudo "$@"
  fi
}

# install_packages GROUP...: brings what is missing of these groups. Silent and quick when nothing
# is. Packages that this release does not have are left out with a word: the build says whether it
# can do without.
install_packages() {
  local group list name spec names=() missing=()
  if ! command -v apt-get >/dev/null; then
    echo "This is not Debian or Ubuntu: packages are not installed by this script." >&2
    return 0
  fi
  for group in "$@"; do
    list=packages_$group
    for spec in ${!list}; do
      is_installed "$spec" || missing+=("$spec")
    done
  done
  [ ${#missing[@]} -eq 0 ] && return 0

  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    echo "These packages are missing and only root can install them: ${missing[*]}" >&2
    echo "Run as root: apt-get install ${missing[*]//|*/}" >&2
    return 1
  fi
  echo "Installing ${#missing[@]} packages: ${missing[*]}"
  # Another source of the machine may be out of reach; what counts is whether the packages come.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 \
    -o DPkg::Lock::Timeout=300 update </dev/null || echo "apt-get update reported errors" >&2
  for spec in "${missing[@]}"; do
    name=$(available "$spec")
    if [ -n "$name" ]; then
      names+=("$name")
    else
      echo "Not in this release's archive, left out: $spec" >&2
    fi
  done
  [ ${#names[@]} -eq 0 ] && return 0
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Acquire::Retries=3 \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 --no-install-recommends \
    install "${names[@]}" </dev/null
}
