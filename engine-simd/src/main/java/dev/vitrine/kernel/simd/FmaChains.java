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

  /**
   * Each chain repeats {@code a ← x · y + a}, as kernels do: x86's instruction that overwrites the
   * sum is the only one that C2 uses, so that any other form needs a copy. The product is so small
   * that a chain stands still before long: no overflow, no tiny numbers.
   */
  static long run(int rounds, float[] sink) {
    FloatVector x = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector y = FloatVector.broadcast(SPECIES, 1e-3f);
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
      a0 = x.fma(y, a0);
      a1 = x.fma(y, a1);
      a2 = x.fma(y, a2);
      a3 = x.fma(y, a3);
      a4 = x.fma(y, a4);
      a5 = x.fma(y, a5);
      a6 = x.fma(y, a6);
      a7 = x.fma(y, a7);
      a8 = x.fma(y, a8);
      a9 = x.fma(y, a9);
      a10 = x.fma(y, a10);
      a11 = x.fma(y, a11);
    }
    FloatVector s0 = a0.add(a1).add(a2.add(a3));
    FloatVector s1 = a4.add(a5).add(a6.add(a7));
    FloatVector s2 = a8.add(a9).add(a10.add(a11));
    s0.add(s1).add(s2).intoArray(sink, 0);
    return 2L * 12 * SPECIES.length() * rounds;
  }
}
