// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/cpu_features.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "base/first_line.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#elif defined(__aarch64__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace galago {
namespace {

constexpr std::array<std::pair<Isa, std::string_view>, 10> kNames{{
    {Isa::kScalar, "scalar"},
    {Isa::kAvx2, "avx2"},
    {Isa::kAvx512, "avx512"},
    {Isa::kAvx512Vnni, "avx512-vnni"},
    {Isa::kAvx512Bf16, "avx512-bf16"},
    {Isa::kAmx, "amx"},
    {Isa::kNeon, "neon"},
    {Isa::kNeonDotprod, "neon-dotprod"},
    {Isa::kNeonI8mm, "neon-i8mm"},
    {Isa::kNeonBf16, "neon-bf16"},
}};

std::string trimmed(std::string text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\0'; };
  while (!text.empty() && is_space(text.back())) text.pop_back();
  text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), is_space));
  return text;
}

/// The value of the first line "key : value" of /proc/cpuinfo.
std::string cpuinfo_value(std::string_view key) {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(':');
    if (colon != std::string::npos && trimmed(line.substr(0, colon)) == key)
      return trimmed(line.substr(colon + 1));
  }
  return {};
}

#if defined(__x86_64__)
/// Leaf 7 of CPUID; not every compiler's __builtin_cpu_supports knows AMX.
bool has_amx_bf16() {
  unsigned eax = 0;
  unsigned ebx = 0;
  unsigned ecx = 0;
  unsigned edx = 0;
  constexpr unsigned kBf16AndTiles = (1U << 22) | (1U << 24);
  return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 &&
         (edx & kBf16AndTiles) == kBf16AndTiles;
}

/// Asks Linux for the tile registers, which are 8 KB more for each thread that uses them
/// (Documentation/arch/x86/xstate.rst): without its leave, the first use ends the process.
bool may_use_tiles() {
  constexpr int kArchRequestState = 0x1023;
  constexpr int kTileData = 18;
  return syscall(SYS_arch_prctl, kArchRequestState, kTileData) == 0;
}
#endif

std::string supported_names() {
  std::string names;
  for (const Isa isa : supported_isas())
    names += (names.empty() ? "" : ", ") + std::string(isa_name(isa));
  return names;
}

}  // namespace

std::string_view isa_name(Isa isa) {
  for (const auto& [known, name] : kNames)
    if (known == isa) return name;
  return "unknown";
}

std::optional<Isa> isa_from_name(std::string_view name) {
  for (const auto& [isa, known] : kNames)
    if (known == name) return isa;
  return std::nullopt;
}

CpuFeatures detect_cpu_features() {
  CpuFeatures features;
#if defined(__x86_64__)
  __builtin_cpu_init();
  unsigned eax = 0;
  unsigned ebx = 0;
  unsigned ecx = 0;
  unsigned edx = 0;
  // Not every compiler's __builtin_cpu_supports knows F16C.
  const bool has_f16c = __get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0 && (ecx & (1U << 29)) != 0;
  features.avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && has_f16c;
  features.avx512 = features.avx2 && __builtin_cpu_supports("avx512f") &&
                    __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                    __builtin_cpu_supports("avx512dq");
  features.avx512_vnni = features.avx512 && __builtin_cpu_supports("avx512vnni");
  features.avx512_bf16 = features.avx512 && __builtin_cpu_supports("avx512bf16");
  features.amx_bf16 = has_amx_bf16() && may_use_tiles();
#elif defined(__aarch64__)
  features.neon = true;
  features.neon_dotprod = (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0;
  features.neon_i8mm = (getauxval(AT_HWCAP2) & HWCAP2_I8MM) != 0;
  features.neon_bf16 = (getauxval(AT_HWCAP2) & HWCAP2_BF16) != 0;
#endif
  return features;
}

std::vector<Isa> supported_isas() {
  const CpuFeatures features = detect_cpu_features();
  std::vector<Isa> isas{Isa::kScalar};
  if (features.avx2) isas.push_back(Isa::kAvx2);
  if (features.avx512) isas.push_back(Isa::kAvx512);
  if (features.avx512_vnni) isas.push_back(Isa::kAvx512Vnni);
  if (features.avx512_vnni && features.avx512_bf16) isas.push_back(Isa::kAvx512Bf16);
  if (features.avx512_vnni && features.avx512_bf16 && features.amx_bf16) isas.push_back(Isa::kAmx);
  if (features.neon) isas.push_back(Isa::kNeon);
  if (features.neon_dotprod) isas.push_back(Isa::kNeonDotprod);
  if (features.neon_dotprod && features.neon_i8mm) isas.push_back(Isa::kNeonI8mm);
  if (features.neon_dotprod && features.neon_i8mm && features.neon_bf16)
    isas.push_back(Isa::kNeonBf16);
  return isas;
}

Result<Isa> choose_isa(std::optional<Isa> wanted) {
  const std::vector<Isa> isas = supported_isas();
  if (!wanted) {
    const char* name = std::getenv("GALAGO_ISA");
    if (name == nullptr || *name == '\0') return isas.back();
    wanted = isa_from_name(name);
    if (!wanted)
      return Error{Errc::kInvalidArgument,
                   "GALAGO_ISA names no instruction set: '" + std::string(name) +
                       "'; this machine has " + supported_names(),
                   {}};
  }
  if (std::find(isas.begin(), isas.end(), *wanted) == isas.end())
    return Error{
        Errc::kUnsupported,
        "this processor has no " + std::string(isa_name(*wanted)) + "; it has " + supported_names(),
        {}};
  return *wanted;
}

std::string processor_name() {
  for (const char* key : {"model name", "Model"})
    if (std::string name = cpuinfo_value(key); !name.empty()) return name;
  // Boards say what they are in the device tree.
  if (std::string name = trimmed(first_line_of("/proc/device-tree/model")); !name.empty())
    return name;
#if defined(__aarch64__)
  return "64-bit ARM processor";
#else
  return "unknown processor";
#endif
}

}  // namespace galago
