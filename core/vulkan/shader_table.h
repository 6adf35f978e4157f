// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The compiled shaders (shaders/*.comp), by name: "matvec_q4_0_subgroup". CompileShaders.cmake
// writes the table.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace galago::vulkan {

/// SPIR-V; empty when there is no shader of this name, which is a bug.
std::span<const std::uint32_t> shader_code(std::string_view name);

}  // namespace galago::vulkan
