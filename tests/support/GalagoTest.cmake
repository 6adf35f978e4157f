# galago_test(<name> SOURCES a.cpp … [LABELS x …]): one GoogleTest program, each of its tests known
# to CTest. It finds the headers of tests/support.
include_guard(GLOBAL)
include(GoogleTest)

function(galago_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LABELS")
  # Here, not above: imported targets are known in the caller's folder only.
  find_package(GTest REQUIRED)
  find_package(nlohmann_json REQUIRED)
  cmake_path(GET CMAKE_CURRENT_FUNCTION_LIST_DIR PARENT_PATH tests_dir)
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
  target_compile_definitions(${name} PRIVATE GALAGO_TESTS_DIR="${tests_dir}")
  target_link_libraries(${name} PRIVATE
    galago_core GTest::gtest_main nlohmann_json::nlohmann_json galago_warnings)
  gtest_discover_tests(${name} PROPERTIES LABELS "${arg_LABELS}" DISCOVERY_MODE PRE_TEST)
endfunction()
