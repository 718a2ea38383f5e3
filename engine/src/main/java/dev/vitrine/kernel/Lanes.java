package dev.vitrine.kernel;

/** Sums across lanes, in one order for every implementation. */
public final class Lanes {
  private Lanes() {}

  /**
   * {@return the sum of 16 consecutive elements as a balanced tree: lane i meets lane i + 8, then +
   * 4, …}
   *
   * @param a the array
   * @param at the first one's index
   */
  public static float sum(float[] a, int at) {
    float s0 = (a[at] + a[at + 8]) + (a[at + 4] + a[at + 12]);
    float s1 = (a[at + 1] + a[at + 9]) + (a[at + 5] + a[at + 13]);
    float s2 = (a[at + 2] + a[at + 10]) + (a[at + 6] + a[at + 14]);
    float s3 = (a[at + 3] + a[at + 11]) + (a[at + 7] + a[at + 15]);
    return (s0 + s2) + (s1 + s3);
  }
}
