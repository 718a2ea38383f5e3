package dev.vitrine.kernel;

/**
 * Where the members of a sum lie.
 *
 * @param at for each, its offset
 * @param step if number i lies at {@code i · step} for all i: that; 0 if not, or if nobody has
 *     looked
 */
@SuppressWarnings("ArrayRecordComponent") // tables made once, never compared
public record Offsets(int[] at, int step) {
  /**
   * Finds the step out.
   *
   * @param at for each member, its offset
   * @return them and their step
   */
  public static Offsets of(int... at) {
    int step = at.length < 2 ? 0 : at[1];
    for (int i = 0; i < at.length && step != 0; i++) {
      step = at[i] == i * step ? step : 0;
    }
    return new Offsets(at, step);
  }
}
