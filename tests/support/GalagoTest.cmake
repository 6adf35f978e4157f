# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# galago_test(<name> SOURCES a.cpp … [LIBS …] [LABELS …] [TIMEOUT seconds] [NO_MAIN])
# makes one GoogleTest program and makes each of its tests known to CTest. It finds the headers of
# tests/support. The folder's name (unit, ops, golden) is always a label: ./test chooses by it.
# `thread` marks tests for the thread sanitizer. NO_MAIN: the sources bring their main().
include_guard(GLOBAL)

# Debian's library is built for this machine only; for another one its sources are built.
if(CMAKE_CROSSCOMPILING AND NOT TARGET GTest::gtest_main)
  set(GOOGLETEST_SOURCE /usr/src/googletest CACHE PATH "Sources of GoogleTest, for cross builds")
  set(INSTALL_GTEST OFF CACHE BOOL "" FORCE)
  add_subdirectory(${GOOGLETEST_SOURCE} ${CMAKE_BINARY_DIR}/googletest EXCLUDE_FROM_ALL)
endif()

# Half the time of compiling a small test goes into GoogleTest's headers. A compiler's cache does better still, and does
# not go together with headers that are compiled beforehand.
if(CMAKE_CXX_COMPILER_LAUNCHER)
  set(test_headers OFF)
else()
  set(test_headers ON)
endif()
option(GALAGO_TEST_HEADERS "Compile the headers that most tests include once" ${test_headers})

function(galago_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NO_MAIN" "TIMEOUT" "SOURCES;LIBS;LABELS")
  # Here, not above: imported targets, and the module's variables, are known in the caller's folder
  # only.
  include(GoogleTest)
  if(NOT CMAKE_CROSSCOMPILING)
    find_package(GTest REQUIRED)
  endif()
  find_package(nlohmann_json REQUIRED)
  cmake_path(GET CMAKE_CURRENT_FUNCTION_LIST_DIR PARENT_PATH tests_dir)
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME folder)
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 900)
  endif()
  set(gtest GTest::gtest_main)
  if(arg_NO_MAIN)
    set(gtest GTest::gtest)
  endif()

  # One label that names them all: CTest's discovery breaks lists, and `ctest -L` matches parts.
  list(JOIN arg_LABELS "-" labels)
  if(labels)
    string(PREPEND labels "-")
  endif()

  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
  target_compile_definitions(${name} PRIVATE GALAGO_TESTS_DIR="${tests_dir}")
  target_link_libraries(${name} PRIVATE
    galago_core ${gtest} nlohmann_json::nlohmann_json galago_warnings ${arg_LIBS})
  # Tests are compiled more often than they run: what is tested is optimised, they are not.
  target_compile_options(${name} PRIVATE -O1)
  if(GALAGO_TEST_HEADERS AND folder MATCHES "^(unit|ops|golden)$")
    if(NOT TARGET galago_test_headers)
      add_library(galago_test_headers OBJECT ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/test_headers.cpp)
      target_compile_options(galago_test_headers PRIVATE -O1)
      target_compile_definitions(galago_test_headers PRIVATE GALAGO_TESTS_DIR="${tests_dir}")
      target_link_libraries(galago_test_headers PRIVATE
        galago_core GTest::gtest nlohmann_json::nlohmann_json galago_warnings)
      target_precompile_headers(galago_test_headers PRIVATE
        <gtest/gtest.h> <algorithm> <filesystem> <fstream> <map> <random> <nlohmann/json.hpp>)
    endif()
    target_precompile_headers(${name} REUSE_FROM galago_test_headers)
  endif()
  # One target for all programs of a folder, and of each label: tests-unit, tests-thread, …
  foreach(kind IN LISTS folder arg_LABELS)
    if(NOT TARGET tests-${kind})
      add_custom_target(tests-${kind})
    endif()
    add_dependencies(tests-${kind} ${name})
  endforeach()
  # PRE_TEST: a program is asked for its tests when ctest starts, not while building, which for
  # another machine's programs and for slow starters would hold up the build.
  gtest_discover_tests(${name}
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 120
    PROPERTIES LABELS "${folder}${labels}" TIMEOUT ${arg_TIMEOUT})
endfunction()
