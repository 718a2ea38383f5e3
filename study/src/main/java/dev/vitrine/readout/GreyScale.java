package dev.vitrine.readout;

import dev.vitrine.readout.Maps.Statistics;
import java.util.Locale;

/**
 * Which greys stand for which numbers.
 *
 * @param black the number that is black
 * @param white the number that is white; not below {@code black}
 */
record GreyScale(float black, float white) {
  private static final int WHITE = 255;

  /**
   * Of one map.
   *
   * @param own of the map
   * @param all of all maps that are shown
   */
  static GreyScale of(MapSheet.Range range, Statistics own, Statistics all) {
    return switch (range) {
      case OWN -> new GreyScale(own.min(), own.max());
      case COMMON -> new GreyScale(all.min(), all.max());
      case ZERO -> {
        // A map of zeros has no largest number, and is as grey as any other 0.
        float most = Math.max(Math.max(Math.abs(own.min()), Math.abs(own.max())), Float.MIN_VALUE);
        yield new GreyScale(all.min() < 0 ? -most : 0, most);
      }
    };
  }

  /** The grey of a number between the two, 0 … 255; black if there is nothing between them. */
  int shade(float value) {
    double width = (double) white - black;
    return width == 0 ? 0 : (int) Math.round(WHITE * ((double) value - black) / width);
  }

  /**
   * What the greys of a sheet mean.
   *
   * @param black what stands for black, in a few letters
   * @param middle what stands for the grey between; may be empty
   * @param white what stands for white
   * @param whose which maps' numbers they are
   */
  record Meaning(String black, String middle, String white, String whose) {
    static Meaning of(MapSheet.Range range, Statistics all) {
      return switch (range) {
        case ZERO ->
            all.min() < 0
                ? new Meaning("-max", "0", "max", "largest size in each map")
                : new Meaning("0", "", "max", "largest in each map");
        case OWN -> new Meaning("min", "", "max", "of each map");
        case COMMON -> new Meaning(number(all.min()), "", number(all.max()), "for all maps");
      };
    }
  }

  /** A number in a few characters. */
  static String number(float value) {
    double size = Math.abs(value);
    boolean plain = size == 0 || (size >= 0.01 && size < 10_000);
    return String.format(Locale.ROOT, size == 0 ? "%.0f" : plain ? "%.2f" : "%.0e", value);
  }
}
