package dev.vitrine.kernel;

/**
 * Whether the processor multiplies and adds in one instruction, as every sum here does. Without it
 * Java gives the same bits by decimal numbers of any length, hundreds of times slower: on x86
 * without FMA3, such as processors before 2013 and virtual machines of a plain model.
 */
final class FusedMultiplyAdd {
  /** Found out once, by the interpreter, before anything is compiled. */
  static final boolean IN_HARDWARE = fastest() < 1_000;

  private FusedMultiplyAdd() {}

  /**
   * {@return the nanoseconds of one, of the fastest of a few tries, since one may be held up} Some
   * 25 with the instruction, 10,000 without.
   */
  private static long fastest() {
    int calls = 50;
    long fastest = Long.MAX_VALUE;
    float sum = 1;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      for (int k = 0; k < calls; k++) {
        sum = Math.fma(sum, 0.7f, 0.3f);
      }
      fastest = Math.min(fastest, (System.nanoTime() - start) / calls);
    }
    return sum > 0 ? fastest : Long.MAX_VALUE;
  }
}
