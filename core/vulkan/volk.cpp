// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The bodies of volk, which opens the Vulkan loader at run time: the program also runs where there
// is none.
#define VOLK_IMPLEMENTATION
#include <volk.h>
