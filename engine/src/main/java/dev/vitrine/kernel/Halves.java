package dev.vitrine.kernel;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Weights of a dense layer in 16 bits each, two to an int, so that half as many bytes pass by: in
 * vectors of 16 outputs, {@code [output / 16][term / 2][16 outputs]}, the even term in an int's low
 * half. They are the very numbers, not rounded ones: single precision computes with them as with
 * any.
 *
 * @param format what 16 bits mean
 * @param pairs the numbers; zeros behind the last output and the last term
 * @param terms how many an output has
 */
@SuppressWarnings("ArrayRecordComponent") // weights made once, never compared
public record Halves(Format format, int[] pairs, int terms) {
  /** Sums are made of so many outputs at once. */
  private static final int LANES = Kernels.LANES;

  /** Refuses {@code null}. */
  public Halves {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(pairs, "pairs");
  }

  /** What 16 bits mean. */
  public enum Format {
    /** The upper half of a single. */
    BF16,
    /** IEEE 754's half precision, finite ones. */
    F16;

    /** Whether a number is one of these. */
    private boolean holds(float number) {
      return switch (this) {
        case BF16 -> (Float.floatToRawIntBits(number) & 0xffff) == 0;
        case F16 ->
            Float.float16ToFloat(Float.floatToFloat16(number)) == number
                && !Float.isInfinite(number);
      };
    }

    private int bits(float number) {
      return switch (this) {
        case BF16 -> Float.floatToRawIntBits(number) >>> Short.SIZE;
        case F16 -> Float.floatToFloat16(number) & 0xffff;
      };
    }

    /** {@return the number of an int's low half} */
    float low(int pair) {
      return switch (this) {
        case BF16 -> Float.intBitsToFloat(pair << Short.SIZE);
        case F16 -> Float.float16ToFloat((short) pair);
      };
    }
  }

  /**
   * {@return weights in 16 bits, if all of them are numbers that one of the formats holds}
   *
   * @param rows weights, output by output
   * @param from where the first stands
   * @param outputs how many outputs
   * @param terms how many weights of each
   */
  public static Optional<Halves> of(float[] rows, int from, int outputs, int terms) {
    return format(rows, from, outputs * terms)
        .map(format -> packed(format, rows, from, outputs, terms));
  }

  /**
   * {@return the first format that holds all of some numbers, if there is one}
   *
   * @param numbers among others
   * @param from where the first stands
   * @param count how many
   */
  public static Optional<Format> format(float[] numbers, int from, int count) {
    return Stream.of(Format.values())
        .filter(format -> fits(format, numbers, from, count))
        .findFirst();
  }

  private static boolean fits(Format format, float[] rows, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (!format.holds(rows[i])) {
        return false;
      }
    }
    return true;
  }

  private static Halves packed(Format format, float[] rows, int from, int outputs, int terms) {
    int vectors = (outputs + LANES - 1) / LANES;
    int steps = (terms + 1) / 2;
    int[] pairs = new int[Math.toIntExact((long) vectors * steps * LANES)];
    for (int o = 0; o < outputs; o++) {
      int at = o / LANES * steps * LANES + o % LANES;
      for (int t = 0; t < terms; t++) {
        pairs[at + t / 2 * LANES] |=
            format.bits(rows[from + o * terms + t]) << (t % 2 * Short.SIZE);
      }
    }
    return new Halves(format, pairs, terms);
  }

  /**
   * {@return the weights as singles, output by output}
   *
   * @param outputs how many
   */
  public float[] singles(int outputs) {
    float[] rows = new float[Math.multiplyExact(outputs, terms)];
    for (int o = 0; o < outputs; o++) {
      for (int t = 0; t < terms; t++) {
        rows[o * terms + t] = weight(o, t);
      }
    }
    return rows;
  }

  /** {@return ints from one vector of outputs to the next} */
  public int stride() {
    return (terms + 1) / 2 * LANES;
  }

  /** {@return the weight of an output for a term} */
  float weight(int output, int term) {
    int pair = pairs[output / LANES * stride() + term / 2 * LANES + output % LANES];
    return format.low(pair >>> (term % 2 * Short.SIZE));
  }
}
