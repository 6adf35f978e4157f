// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What all shaders share: the size of a workgroup, and the step. A shader's push constants begin
// with at[6], the word in its binding where each tensor begins, and hold rows_max and rows_is_step.

layout(local_size_x_id = 0) in;
layout(constant_id = 0) const uint THREADS = 64;

layout(binding = 6, std430) readonly buffer StepParams {
  int step_position;
  int step_rows;
};

/// Groups are spread over x and y, because a device may allow few along one axis.
uint group_index() { return gl_WorkGroupID.y * gl_NumWorkGroups.x + gl_WorkGroupID.x; }

uint thread_index() { return group_index() * THREADS + gl_LocalInvocationID.x; }

uint step_rows_of(uint rows_max, uint rows_is_step) {
  return rows_is_step != 0 ? min(uint(step_rows), rows_max) : rows_max;
}
