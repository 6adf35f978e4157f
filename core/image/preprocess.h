// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// From a picture to the numbers the vision tower reads, equal to MobileVLM's Python code
// (mobilevlm/utils.py expand2square, then CLIPImageProcessor on Pillow).
#pragma once

#include <array>
#include <vector>

#include "base/result.h"
#include "image/image.h"

namespace galago {

struct PreprocessConfig {
  int image_size = 336;
  std::array<float, 3> mean{0.48145466F, 0.4578275F, 0.40821073F};
  std::array<float, 3> std{0.26862954F, 0.26130258F, 0.27577711F};
  /// false: shorter side to image_size and centre crop, without padding (image_aspect_ratio
  /// other than "pad").
  bool pad_to_square = true;
};

/// Lays the picture centred on a square of the mean colour.
Image expand_to_square(const Image& image, const std::array<float, 3>& mean);

/// Pillow's Image.resize(BICUBIC): a = -0.5, the support scaled when shrinking, horizontal then
/// vertical pass, 22-bit fixed-point coefficients, each pass rounded to 8 bits. All sizes positive.
Image resize_bicubic(const Image& image, int width, int height);

/// Pads (or crops), resizes: the image_size × image_size picture "as the model sees it". Neither
/// the square nor what is cropped away is made, so that elongated pictures cost no more than
/// others. Errors: kInvalidArgument, when the picture has no pixels.
Result<Image> fit_to_model(const Image& image, const PreprocessConfig& config);

/// (value/255 - mean) / std, channels first: [3, size, size]. `image` is fit_to_model's.
std::vector<float> normalise(const Image& image, const PreprocessConfig& config);

}  // namespace galago
