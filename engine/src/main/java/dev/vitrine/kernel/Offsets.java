package dev.vitrine.kernel;

/**
 * Where the members of a sum lie.
 *
 * @param at for each, its offset
 * @param step how far each lies from the one before; 0 if that differs, or nobody has looked
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
    int step = at.length < 2 ? 0 : at[1] - at[0];
    for (int i = 2; i < at.length && step != 0; i++) {
      step = at[i] - at[i - 1] == step ? step : 0;
    }
    return new Offsets(at, step);
  }
}
