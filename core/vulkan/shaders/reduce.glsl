// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Sums across a workgroup: by subgroups where the device has them, else through shared memory.
// SUM_VALUES sums at once; every thread calls it, and every thread gets the sums.

#ifdef SUBGROUPS
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_shader_subgroup_arithmetic : require
#endif

shared float partial_sums[SUM_VALUES * THREADS];

void sum_over_group(inout float values[SUM_VALUES]) {
#ifdef SUBGROUPS
  for (uint i = 0; i < SUM_VALUES; ++i) {
    float sum = subgroupAdd(values[i]);
    if (subgroupElect()) partial_sums[i * THREADS + gl_SubgroupID] = sum;
  }
  barrier();
  uint parts = gl_NumSubgroups;
#else
  for (uint i = 0; i < SUM_VALUES; ++i)
    partial_sums[i * THREADS + gl_LocalInvocationID.x] = values[i];
  barrier();
  uint parts = THREADS;
  for (; parts > 8; parts /= 2) {
    if (gl_LocalInvocationID.x < parts / 2)
      for (uint i = 0; i < SUM_VALUES; ++i)
        partial_sums[i * THREADS + gl_LocalInvocationID.x] +=
            partial_sums[i * THREADS + gl_LocalInvocationID.x + parts / 2];
    barrier();
  }
#endif
  for (uint i = 0; i < SUM_VALUES; ++i) {
    values[i] = 0.0;
    for (uint p = 0; p < parts; ++p) values[i] += partial_sums[i * THREADS + p];
  }
  barrier();  // the next sums use the same memory
}
