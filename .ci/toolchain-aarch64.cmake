# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# Builds for 64-bit ARM with the distribution's cross compiler. Libraries come from
# build/arm64-root (.ci/arm64_root.sh unpacks them there); programs run under qemu.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)

# try_compile() runs this file again in a project of its own: the path has to come from here.
get_filename_component(root "${CMAKE_CURRENT_LIST_DIR}/../build/arm64-root" ABSOLUTE)
if(DEFINED ENV{GALAGO_ARM64_ROOT})
  set(root "$ENV{GALAGO_ARM64_ROOT}")
endif()
set(libraries "${root}/usr/lib/aarch64-linux-gnu")
if(NOT IS_DIRECTORY "${libraries}")
  message(FATAL_ERROR "There are no ARM libraries in ${root}: run .ci/arm64_root.sh first.")
endif()

# Which OpenBLAS it is, an alternative of the system decides elsewhere; here there is one.
set(blas "${libraries}/openblas-pthread")
set(CMAKE_LIBRARY_PATH "${libraries}" "${blas}")
set(CMAKE_INCLUDE_PATH "${root}/usr/include" "${root}/usr/include/aarch64-linux-gnu")
set(CMAKE_FIND_ROOT_PATH "${root}" /usr/aarch64-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY BOTH)  # the root's libraries are named by full paths as well
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE BOTH)  # header-only libraries are the host's
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)
set(ENV{PKG_CONFIG_SYSROOT_DIR} "${root}")
set(ENV{PKG_CONFIG_LIBDIR}
  "${libraries}/pkgconfig:${blas}/pkgconfig:${root}/usr/share/pkgconfig")
set(ENV{PKG_CONFIG_PATH} "")

set(CMAKE_CXX_FLAGS_INIT
  "-isystem ${root}/usr/include -isystem ${root}/usr/include/aarch64-linux-gnu -Wno-psabi")
set(CMAKE_EXE_LINKER_FLAGS_INIT
  "-L${libraries} -L${blas} -Wl,-rpath-link,${libraries} -Wl,-rpath-link,${blas}")

set(CMAKE_CROSSCOMPILING_EMULATOR
  qemu-aarch64 -L /usr/aarch64-linux-gnu
  -E "LD_LIBRARY_PATH=${libraries}:${blas}:/usr/aarch64-linux-gnu/lib")
