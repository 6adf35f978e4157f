// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "model/projector.h"

#include <string>

#include "model/ldp_projector.h"
#include "model/ldpv2_projector.h"
#include "model/mlp_projector.h"

namespace galago {
namespace {

/// The matrix whose rows are the projector's output width.
std::string output_matrix(ProjectorKind kind, const WeightLoader& loader) {
  switch (kind) {
    case ProjectorKind::kLdp:
      return "mm.model.mlp.3.weight";
    case ProjectorKind::kLdpV2:
      return "mm.model.mlp.2.weight";
    case ProjectorKind::kMlp:
      return "mm.2.weight";
    case ProjectorKind::kLinear:
      return loader.has("mm.0.weight") ? "mm.0.weight" : "mm.weight";
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Projector>> load_projector(const VisionConfig& config, int out_dim,
                                                  WeightLoader& loader) {
  const std::string output = output_matrix(config.projector, loader);
  const int width = loader.rows_of(output);
  if (width == 0)
    return Error{Errc::kFormat,
                 "the projector's tensor " + output +
                     " is missing: the file is incomplete or its "
                     "projector is not of the kind '" +
                     std::string(projector_name(config.projector)) + "' it names",
                 {}};
  if (width != out_dim)
    return Error{Errc::kUnsupported,
                 "the projector makes tokens of width " + std::to_string(width) +
                     ", but the language model reads width " + std::to_string(out_dim) +
                     ": these two files do not belong together; choose the mmproj file that was "
                     "published with this language model",
                 {}};
  switch (config.projector) {
    case ProjectorKind::kLdp:
      return LdpProjector::load(config, out_dim, loader);
    case ProjectorKind::kLdpV2:
      return LdpV2Projector::load(config, out_dim, loader);
    case ProjectorKind::kMlp:
    case ProjectorKind::kLinear:
      return MlpProjector::load(config, out_dim, loader);
  }
  return Error{Errc::kInternal, "unknown projector kind", {}};
}

}  // namespace galago
