package dev.vitrine.onnx;

import java.util.Arrays;

/**
 * Where along an axis each output's inputs lie, and how much each counts; in single precision, in
 * which other programs compute it.
 *
 * @param mode {@code nearest}, {@code linear} or {@code cubic}
 * @param where ONNX's name for how an output's place becomes one between the inputs
 * @param nearest ONNX's name for how such a place is rounded; empty for that of opset 10
 * @param cubic the coefficient of a cubic function
 * @param inside whether inputs outside the axis do not count, instead of being those at its ends
 */
record Sampling(String mode, String where, String nearest, float cubic, boolean inside) {
  /** One of the inputs of every output: which, and how much it counts. */
  record Tap(int[] places, double[] weights) {}

  /** As before opset 11. */
  static Sampling old(String mode) {
    if (mode.equals("cubic")) {
      throw new Refusal("its mode is cubic, which came with opset 11");
    }
    return new Sampling(mode, "asymmetric", "", 0, false);
  }

  static Sampling of(Site site) {
    if (site.integer("antialias", 0) != 0) {
      throw new Refusal("it filters what it makes smaller (antialias)");
    }
    return new Sampling(
        site.text("mode", "nearest"),
        site.text("coordinate_transformation_mode", "half_pixel"),
        site.text("nearest_mode", "round_prefer_floor"),
        (float) site.real("cubic_coeff_a", -0.75),
        site.integer("exclude_outside", 0) != 0);
  }

  /** The inputs of each of {@code out} outputs along an axis of {@code in} inputs. */
  Tap[] taps(int in, int out, float scale) {
    float[] sources = new float[out];
    for (int i = 0; i < out; i++) {
      sources[i] = source(i, in, out, scale);
    }
    return switch (mode) {
      case "nearest" -> new Tap[] {nearest(sources, in, scale)};
      case "linear" -> linear(sources, in);
      case "cubic" -> cubic(sources, in);
      default -> throw new Refusal("its mode is " + mode);
    };
  }

  private float source(int i, int in, int out, float scale) {
    return switch (where) {
      case "half_pixel" -> (i + 0.5f) / scale - 0.5f;
      case "pytorch_half_pixel" -> out > 1 ? (i + 0.5f) / scale - 0.5f : 0;
      case "half_pixel_symmetric" -> in / 2f * (1 - out / (scale * in)) + (i + 0.5f) / scale - 0.5f;
      case "asymmetric" -> i / scale;
      case "align_corners" -> out == 1 ? 0 : (float) i * (in - 1) / (out - 1);
      default -> throw new Refusal("it samples by " + where);
    };
  }

  private Tap nearest(float[] sources, int in, float scale) {
    int[] places = new int[sources.length];
    for (int i = 0; i < places.length; i++) {
      float x = sources[i];
      double rounded =
          switch (nearest) {
            case "" -> scale < 1 ? Math.ceil(x) : Math.floor(x);
            case "floor" -> Math.floor(x);
            case "ceil" -> Math.ceil(x);
            case "round_prefer_floor" -> Math.ceil(x - 0.5f);
            case "round_prefer_ceil" -> Math.floor(x + 0.5f);
            default -> throw new Refusal("it rounds by " + nearest);
          };
      places[i] = Math.clamp((long) rounded, 0, in - 1);
    }
    return new Tap(places, new double[0]);
  }

  private static Tap[] linear(float[] sources, int in) {
    Tap[] taps = empty(2, sources.length);
    for (int i = 0; i < sources.length; i++) {
      float x = Math.clamp(sources[i], 0, in - 1);
      int left = (int) x;
      taps[0].places[i] = left;
      taps[1].places[i] = Math.min(left + 1, in - 1);
      taps[1].weights[i] = x - left;
      taps[0].weights[i] = 1 - taps[1].weights[i];
    }
    return taps;
  }

  /** Keys' function of four neighbours (1981). */
  private Tap[] cubic(float[] sources, int in) {
    Tap[] taps = empty(4, sources.length);
    for (int i = 0; i < sources.length; i++) {
      int left = (int) Math.floor(sources[i]);
      double sum = 0;
      for (int t = 0; t < taps.length; t++) {
        int place = left - 1 + t;
        boolean counts = !inside || (place >= 0 && place < in);
        taps[t].places[i] = Math.clamp(place, 0, in - 1);
        taps[t].weights[i] = counts ? keys(Math.abs(sources[i] - place)) : 0;
        sum += taps[t].weights[i];
      }
      for (int t = 0; inside && t < taps.length; t++) {
        taps[t].weights[i] /= sum;
      }
    }
    return taps;
  }

  private double keys(double x) {
    if (x <= 1) {
      return ((cubic + 2) * x - (cubic + 3)) * x * x + 1;
    }
    return x < 2 ? ((cubic * x - 5 * cubic) * x + 8 * cubic) * x - 4 * cubic : 0;
  }

  private static Tap[] empty(int count, int size) {
    Tap[] taps = new Tap[count];
    Arrays.setAll(taps, _ -> new Tap(new int[size], new double[size]));
    return taps;
  }
}
