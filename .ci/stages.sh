# shellcheck shell=bash
# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# The stages of ./test, each a function stage_<name>, and the counting of what they find.

passed=0
failed=0
skipped=0
table=()
problems=()

# A home of their own, so that tests neither see nor touch a person's settings and models.
prepare_environment() {
  mkdir -p build
  # The compiler's cache, if there is one, is the person's own, and serves every checkout.
  export CCACHE_DIR=${CCACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/ccache}
  export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=true
  home=$PWD/build/test-home
  rm -rf "$home"
  mkdir -p "$home"/{config,data,state,cache,runtime}
  chmod 700 "$home/runtime"
  export XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache
  export XDG_STATE_HOME=$home/state
  export XDG_RUNTIME_DIR=$home/runtime QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8
  export CTEST_OUTPUT_ON_FAILURE=1
  # Findings end the program; leaks too.
  export ASAN_OPTIONS=${ASAN_OPTIONS:-abort_on_error=1:detect_leaks=1:allocator_may_return_null=1}
  export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}
  export TSAN_OPTIONS=${TSAN_OPTIONS:-halt_on_error=1:second_deadlock_stack=1}
  jobs=$(nproc)
}

heading() { printf '\n=== %s\n' "$1"; }

fail() {
  failed=$((failed + 1))
  problems+=("$stage: $1")
  echo "FAILED: $1"
}

skip() {
  skipped=$((skipped + 1))
  problems+=("$stage: skipped, $1")
  echo "SKIPPED: $1"
}

# check NAME COMMAND...: one test; exit status 3 says that it could not be done here.
check() {
  local name=$1 status=0
  shift
  echo "- $name"
  "$@" || status=$?
  case $status in
    0) passed=$((passed + 1)) ;;
    3) skip "$name" ;;
    *) fail "$name" ;;
  esac
  return $status
}

# build PRESET CONFIGURE_ARGUMENT... -- TARGET...
build() {
  local preset=$1 configure=()
  shift
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    configure+=("$1")
    shift
  done
  [ $# -gt 0 ] && shift
  if ! cmake --preset "$preset" "${configure[@]}" >"build/configure-$preset.log" 2>&1; then
    tail -40 "build/configure-$preset.log"
    fail "configuring $preset"
    return 1
  fi
  if ! cmake --build "build/$preset" -j "$jobs" ${1+--target "$@"}; then
    fail "building $preset"
    return 1
  fi
}

# report_failures CTEST_FOLDER: names of failed tests, and the end of what each printed, for the summary.
report_failures() {
  local name
  while IFS=: read -r _ name; do
    problems+=("--- $name" "$(awk -v name="$name" '
      $0 ~ "^[0-9]+/[0-9]+ Testing: " { inside = ($3 == name) }
      inside' "$1/LastTest.log" | tail -60)")
  done <"$1/LastTestsFailed.log"
}

# run_ctest PRESET ARGUMENT...: the tests of one build folder; their numbers are added up.
run_ctest() {
  local preset=$1 report=$PWD/build/ctest-$1.xml total=0 bad=0 not_run=0 line
  shift
  rm -f "$report"
  ctest --test-dir "build/$preset" -j "$jobs" --no-tests=error --output-junit "$report" "$@"
  local status=$?
  line=$(tr '\n\t' '  ' <"$report" 2>/dev/null | grep -o '<testsuite [^>]*>' | head -1)
  number() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$line"; }
  total=$(number tests)
  bad=$(number failures)
  not_run=$(($(number skipped || true) + $(number disabled || true) + 0))
  if [ -z "$total" ]; then
    fail "ctest of $preset ran no tests"
    return 1
  fi
  passed=$((passed + total - bad - not_run))
  failed=$((failed + bad))
  skipped=$((skipped + not_run))
  if [ "$bad" -gt 0 ]; then
    problems+=("$stage: $bad tests failed")
    report_failures "build/$preset/Testing/Temporary"
  fi
  # Anything ctest minds beyond failed tests, an incomplete build for example.
  [ "$status" -ne 0 ] && [ "$bad" -eq 0 ] && fail "ctest of $preset ended with status $status"
  return "$status"
}

stage_lint() {
  install_packages lint || fail "packages"
  check "C++ is formatted" .ci/format.sh --check
  check "layers" .ci/layers.sh
  check "licence lines" .ci/spdx.sh
  if command -v shellcheck >/dev/null; then
    check "shell scripts" shellcheck -x run test .ci/run .ci/*.sh \
      tests/cli/*.sh tests/e2e/*.sh tests/gpu/*.sh tests/qml/*.sh docs/screenshots/*.sh
  else
    skip "shellcheck is not installed"
  fi
}

stage_release() {
  install_packages core app test || fail "packages"
  build release -DGALAGO_TESTS=ON -DGALAGO_APP=ON -DGALAGO_BENCHMARKS=ON || return
  local no_cuda
  no_cuda=$(sed -n 's/^-- \(CUDA: left out.*\)/\1/p' build/configure-release.log)
  [ -n "$no_cuda" ] && skip "$no_cuda"
  check "QML lint" cmake --build build/release --target all_qmllint
  run_ctest release
}

# One label of the release build.
stage_part() {
  case $1 in
    qml | e2e)
      install_packages core app test || fail "packages"
      build release -DGALAGO_TESTS=ON -DGALAGO_APP=ON || return
      ;;
    cli)
      install_packages core app test || fail "packages"
      build release -DGALAGO_TESTS=ON -- galago-cli || return
      ;;
    *)
      install_packages core app test || fail "packages"
      build release -DGALAGO_TESTS=ON -- "tests-$1" || return
      ;;
  esac
  run_ctest release -L "^$1"
}

# Cases of the reference data beyond the first of each model, for ways to run that are tens of times
# slower: under sanitizers and under qemu.
repeated_golden='ReferenceGolden_.*\.(.*_(landscape|rgba)_.*|.*_p[23]|.*long.*)|(Reference|Tiny)Golden_reference'

stage_asan() {
  install_packages core test transfer || fail "packages"
  build asan || return
  # Vulkan drivers compile and allocate where the sanitizer does not see it.
  run_ctest asan -LE 'slow' -E "$repeated_golden|/cuda_host_backward|[Vv]ulkan"
}

stage_tsan() {
  install_packages core test || fail "packages"
  build tsan -- tests-thread || return
  run_ctest tsan -L thread
}

stage_fuzz() {
  install_packages core fuzz transfer || fail "packages"
  if ! command -v clang++ >/dev/null; then
    skip "clang is not installed"
    return
  fi
  build fuzz -- fuzz-targets || return
  run_ctest fuzz -L fuzz
}

stage_arm64() {
  local status=0
  if [ "$(uname -m)" = aarch64 ]; then
    skip "this is an ARM machine: the release stage covers it"
    return
  fi
  install_packages core arm64 || fail "packages"
  if ! command -v aarch64-linux-gnu-g++ >/dev/null || ! command -v qemu-aarch64 >/dev/null; then
    skip "no ARM cross compiler or qemu-user in this release"
    return
  fi
  .ci/arm64_root.sh || status=$?
  if [ "$status" -eq 3 ]; then
    skip "no ARM packages"
    return
  fi
  [ "$status" -eq 0 ] || { fail "ARM libraries"; return; }
  build arm64 || return
  # Hundreds of answers take minutes under emulation: the gallery's have to do.
  run_ctest arm64 -L '^(unit|golden|ops)' -LE 'slow|fuzz' \
    -E "$repeated_golden|/cuda_host|^Comparison\.|TinyAcceptance\.(AnswersHeldOut|FastArithmetic)"
  # qemu's own processor has everything; most boards have what a Cortex-A76 has.
  if qemu-aarch64 -cpu help | grep -q cortex-a76; then
    QEMU_CPU=cortex-a76 run_ctest arm64 -LE slow -E "$repeated_golden" \
      -R '^(CpuFeatures|OwnGolden_cpu_f16|TinyGolden_cpu_f16)'
  else
    skip "this qemu has no Cortex-A76"
  fi
}

stage_package() {
  local root=$PWD/build/package-root deb
  command -v dpkg-deb >/dev/null || { skip "dpkg-deb is not installed"; return; }
  install_packages core app package || fail "packages"
  check "desktop file is valid" desktop-file-validate packaging/linux/*.desktop
  check "metainfo is valid" appstreamcli validate --no-net packaging/linux/*.metainfo.xml
  build release -DGALAGO_APP=ON -- all || return
  rm -rf build/release/packages "$root"
  check "package is made" cpack --config build/release/CPackConfig.cmake -G DEB \
    -B build/release/packages || return
  deb=$(find build/release/packages -maxdepth 1 -name '*.deb' | head -1)
  check "package unpacks" dpkg-deb -x "$deb" "$root" || return
  check "galago-cli starts" "$root/usr/bin/galago-cli" --version
  check "galago starts" "$root/usr/bin/galago" --version
  check "the built-in model answers" tests/cli/built_in_test.sh "$root/usr/bin/galago-cli" \
    "$root/usr/share/galago/samples"
}

run_stage() {
  stage=$1
  local began=$SECONDS before=$failed
  heading "$stage"
  case $stage in
    unit | ops | golden | cli | history | transfer | qml | e2e) stage_part "$stage" ;;
    *) "stage_$stage" ;;
  esac
  local verdict=ok
  [ "$failed" -gt "$before" ] && verdict=FAILED
  table+=("$(printf '%-10s %4d:%02d  %s' "$stage" $(((SECONDS - began) / 60)) \
    $(((SECONDS - began) % 60)) "$verdict")")
}

print_summary() {
  heading summary
  [ ${#problems[@]} -gt 0 ] && printf '%s\n' "${problems[@]}"
  printf '%-10s %7s\n' stage time
  printf '%s\n' "${table[@]}"
  printf 'total      %4d:%02d\n\n' $((SECONDS / 60)) $((SECONDS % 60))
  echo "$passed passed, $failed failed, $skipped skipped"
}
