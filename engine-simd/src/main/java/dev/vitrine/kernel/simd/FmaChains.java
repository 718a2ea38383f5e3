package dev.vitrine.kernel.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The ceiling of all kernels: fused multiply-adds in registers. Twelve chains cover the latency of
 * every processor known (4 cycles on two units), and fit the 16 registers of AVX2.
 */
final class FmaChains {
  private static final VectorSpecies<Float> SPECIES = Width.of(MethodHandles.lookup());

  private FmaChains() {}

  /** Each chain repeats {@code a ← a / 2 + 1}, which ends at 2: no overflow, no tiny numbers. */
  static long run(int rounds, float[] sink) {
    FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    FloatVector a0 = FloatVector.broadcast(SPECIES, 0);
    FloatVector a1 = FloatVector.broadcast(SPECIES, 1);
    FloatVector a2 = FloatVector.broadcast(SPECIES, 2);
    FloatVector a3 = FloatVector.broadcast(SPECIES, 3);
    FloatVector a4 = FloatVector.broadcast(SPECIES, 4);
    FloatVector a5 = FloatVector.broadcast(SPECIES, 5);
    FloatVector a6 = FloatVector.broadcast(SPECIES, 6);
    FloatVector a7 = FloatVector.broadcast(SPECIES, 7);
    FloatVector a8 = FloatVector.broadcast(SPECIES, 8);
    FloatVector a9 = FloatVector.broadcast(SPECIES, 9);
    FloatVector a10 = FloatVector.broadcast(SPECIES, 10);
    FloatVector a11 = FloatVector.broadcast(SPECIES, 11);
    for (int i = 0; i < rounds; i++) {
      a0 = a0.fma(half, one);
      a1 = a1.fma(half, one);
      a2 = a2.fma(half, one);
      a3 = a3.fma(half, one);
      a4 = a4.fma(half, one);
      a5 = a5.fma(half, one);
      a6 = a6.fma(half, one);
      a7 = a7.fma(half, one);
      a8 = a8.fma(half, one);
      a9 = a9.fma(half, one);
      a10 = a10.fma(half, one);
      a11 = a11.fma(half, one);
    }
    FloatVector s0 = a0.add(a1).add(a2.add(a3));
    FloatVector s1 = a4.add(a5).add(a6.add(a7));
    FloatVector s2 = a8.add(a9).add(a10.add(a11));
    s0.add(s1).add(s2).intoArray(sink, 0);
    return 2L * 12 * SPECIES.length() * rounds;
  }
}
