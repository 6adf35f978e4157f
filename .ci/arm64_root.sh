#!/usr/bin/env bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# Unpacks the ARM libraries that Galago links into build/arm64-root. An apt of its own (state and
# cache below build/) finds them: the machine's architectures and packages stay as they are, and
# libraries whose ARM and x86 packages cannot be installed side by side work as well.
# Exit status 3, with a reason: the archive has no ARM packages.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=.ci/packages.sh
. .ci/packages.sh

root=$PWD/build/arm64-root
stamp="$root/.complete"
read -rd '' -a wanted <<<"$packages_arm64_libraries" || true
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "${wanted[*]}" ]; then
  exit 0
fi
rm -rf "$root"
apt=$PWD/build/arm64-apt
rm -rf "$apt"
mkdir -p "$root" "$apt/state/lists/partial" "$apt/cache/archives/partial"
: >"$apt/status"

private_apt() {
  apt-get -q -o "Dir::State=$apt/state" -o "Dir::State::status=$apt/status" \
    -o "Dir::Cache=$apt/cache" -o APT::Architecture=arm64 -o APT::Architectures=arm64 \
    -o APT::Sandbox::User=root -o Acquire::Retries=3 -o Debug::NoLocking=1 "$@" </dev/null
}

private_apt update >"$apt/log" 2>&1 || true
if ! private_apt -y -d --no-install-recommends install "${wanted[@]}" >>"$apt/log" 2>&1; then
  echo "this archive offers no ARM packages ($(grep -m1 '^E:' "$apt/log" || tail -1 "$apt/log"))" >&2
  exit 3
fi
# The C and C++ libraries are the cross compiler's own.
for package in "$apt"/cache/archives/*.deb; do
  case ${package##*/} in
    libc6* | libc-* | libstdc++* | libgcc* | gcc-* | linux-libc* | libcrypt* | libnsl* | libtirpc* | \
      libssl* | libkrb5* | libk5* | libgssapi* | libkeyutils* | libcom-err* | rpcsvc*) ;;
    *) dpkg-deb -x "$package" "$root" ;;
  esac
done
# Some packages still put libraries into /lib, which installed systems have merged with /usr/lib.
if [ -d "$root/lib" ]; then
  cp -a "$root/lib/." "$root/usr/lib/"
  rm -rf "${root:?}/lib"
fi
rm -rf "$apt/cache"
echo "${wanted[*]}" >"$stamp"
