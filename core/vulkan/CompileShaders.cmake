# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
#
# galago_shader(<name> <source> [definition …]) compiles shaders/<source>.comp to SPIR-V, as numbers
# of a C++ array; galago_shader_table() then makes the source that finds them by name.
include_guard(GLOBAL)

set(shader_folder ${CMAKE_CURRENT_SOURCE_DIR}/shaders)
set(shader_output ${CMAKE_CURRENT_BINARY_DIR}/shaders)
file(MAKE_DIRECTORY ${shader_output})
file(GLOB_RECURSE shader_includes CONFIGURE_DEPENDS ${shader_folder}/*.glsl)
set(shader_names "")

function(galago_shader name source)
  list(TRANSFORM ARGN PREPEND -D OUTPUT_VARIABLE definitions)
  set(input ${shader_folder}/${source}.comp)
  set(output ${shader_output}/${name}.inc)
  if(GLSLC)
    set(command ${GLSLC} --target-env=vulkan1.1 -O -Werror ${definitions} -mfmt=num
      -o ${output} ${input})
  else()
    set(command ${GLSLANG} -V --target-env vulkan1.1 --quiet ${definitions} -x
      -o ${output} ${input})
  endif()
  add_custom_command(OUTPUT ${output} COMMAND ${command} DEPENDS ${input} ${shader_includes}
    COMMENT "Compiling shader ${name}" VERBATIM)
  set(shader_names ${shader_names} ${name} PARENT_SCOPE)
endfunction()

function(galago_shader_table)
  set(arrays "")
  set(rows "")
  set(outputs "")
  foreach(name IN LISTS shader_names)
    string(APPEND arrays "constexpr std::uint32_t k_${name}[] = {\n#include \"${name}.inc\"\n};\n")
    string(APPEND rows "    {\"${name}\", k_${name}},\n")
    list(APPEND outputs ${shader_output}/${name}.inc)
  endforeach()
  set(table ${shader_output}/shader_table.cpp)
  configure_file(${CMAKE_CURRENT_SOURCE_DIR}/shader_table.cpp.in ${table} @ONLY)
  target_sources(galago_core PRIVATE ${table})
  set_source_files_properties(${table} TARGET_DIRECTORY galago_core PROPERTIES
    OBJECT_DEPENDS "${outputs}")
  # The target is made one folder up: it must know of the rules that are made here.
  add_custom_target(galago_shaders DEPENDS ${outputs})
  add_dependencies(galago_core galago_shaders)
endfunction()
