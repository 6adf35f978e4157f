// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the processor that runs this program can do, asked at run time: one binary serves all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace galago {

/// Instruction sets that kernels are compiled for.
enum class Isa : std::uint8_t {
  kScalar,       ///< portable code, every processor
  kAvx2,         ///< x86-64 with AVX2, FMA and F16C (2013)
  kAvx512,       ///< AVX-512 F, BW, VL, DQ (2017)
  kAvx512Vnni,   ///< and its int8 dot products (2019)
  kAvx512Bf16,   ///< and its bf16 dot products (2020; Zen 4, Sapphire Rapids)
  kAmx,          ///< and a matrix unit for bf16 (2023; Sapphire Rapids)
  kNeon,         ///< every 64-bit ARM
  kNeonDotprod,  ///< and its int8 dot products (ARMv8.2, Cortex-A76, Orin)
  kNeonI8mm,     ///< and int8 products of 2 rows by 2 columns (ARMv8.6)
  kNeonBf16,     ///< and those of bf16 (ARMv8.6; Cortex-A710, Neoverse V1 and N2)
};

/// Lower case, as GALAGO_ISA and reports spell it: "avx512-vnni".
std::string_view isa_name(Isa isa);
std::optional<Isa> isa_from_name(std::string_view name);

/// What kernels may use beyond an Isa.
struct CpuFeatures {
  bool avx2 = false;  ///< with FMA and F16C
  bool avx512 = false;
  bool avx512_vnni = false;
  bool avx512_bf16 = false;
  bool amx_bf16 = false;  ///< and this process may use it
  bool neon = false;
  bool neon_dotprod = false;
  bool neon_i8mm = false;
  bool neon_bf16 = false;
};

/// Of the processor and the operating system together, which is asked for the registers of AMX.
CpuFeatures detect_cpu_features();

/// The instruction sets this machine runs, the slowest (kScalar) first.
std::vector<Isa> supported_isas();

/// `wanted`, else the environment's GALAGO_ISA, else the best. Errors: kInvalidArgument (unknown
/// name), kUnsupported (not on this machine).
Result<Isa> choose_isa(std::optional<Isa> wanted);

/// As the maker calls it: "AMD EPYC 9354", "NVIDIA Jetson Orin Nano".
std::string processor_name();

}  // namespace galago
