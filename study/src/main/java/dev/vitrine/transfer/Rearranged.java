package dev.vitrine.transfer;

import dev.vitrine.tensor.Shape;
import java.util.List;

/** Numbers, row-major, in another order. */
final class Rearranged {
  private Rearranged() {}

  /** (in, out) as (out, in). */
  static float[] transposed(float[] values, int out) {
    int in = values.length / out;
    float[] turned = new float[values.length];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        turned[o * in + i] = values[i * out + o];
      }
    }
    return turned;
  }

  /** (H, W, I, O) as (O, I, H, W). */
  static float[] fromHwio(float[] values, int out, int in) {
    int taps = values.length / out / in;
    float[] turned = new float[values.length];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        for (int t = 0; t < taps; t++) {
          turned[(o * in + i) * taps + t] = values[(t * in + i) * out + o];
        }
      }
    }
    return turned;
  }

  /** (O, H, W, I) as (O, I, H, W). */
  static float[] fromOhwi(float[] values, int out, int in) {
    int taps = values.length / out / in;
    float[] turned = new float[values.length];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        for (int t = 0; t < taps; t++) {
          turned[(o * in + i) * taps + t] = values[(o * taps + t) * in + i];
        }
      }
    }
    return turned;
  }

  /** Filters (…, H, W), each turned by half a turn: its numbers from the last to the first. */
  static float[] flipped(float[] values, Shape filters) {
    int taps = filters.size(2) * filters.size(3);
    float[] turned = new float[values.length];
    for (int at = 0; at < values.length; at++) {
      int tap = at % taps;
      turned[at] = values[at - tap + taps - 1 - tap];
    }
    return turned;
  }

  /** Filters (…, W, H) as (…, H, W). */
  static float[] mirrored(float[] values, Shape filters) {
    int height = filters.size(2);
    int width = filters.size(3);
    int taps = height * width;
    float[] turned = new float[values.length];
    for (int at = 0; at < values.length; at++) {
      int tap = at % taps;
      turned[at] = values[at - tap + tap % width * height + tap / width];
    }
    return turned;
  }

  /** Filters (O, I, H, W) with the last of their inputs first. */
  static float[] reversed(float[] values, Shape filters) {
    int taps = filters.size(2) * filters.size(3);
    int in = filters.size(1);
    float[] turned = new float[values.length];
    for (int at = 0; at < values.length; at++) {
      int input = at / taps % in;
      turned[at] = values[at + (in - 1 - 2 * input) * taps];
    }
    return turned;
  }

  /** The last axis in another order: element {@code i} is that of {@code order[i]}. */
  static float[] ordered(float[] values, int[] order) {
    float[] turned = new float[values.length];
    for (int row = 0; row < values.length; row += order.length) {
      for (int i = 0; i < order.length; i++) {
        turned[row + i] = values[row + order[i]];
      }
    }
    return turned;
  }

  /** The first axis spread: what was row {@code i} is row {@code places[i]} of {@code rows}. */
  static float[] spread(float[] values, List<Integer> places, int rows) {
    int row = values.length / places.size();
    float[] spread = new float[rows * row];
    for (int i = 0; i < places.size(); i++) {
      System.arraycopy(values, i * row, spread, places.get(i) * row, row);
    }
    return spread;
  }

  /** Columns {@code from} to {@code to} (exclusive) of a matrix of so many. */
  static float[] columns(float[] values, int columns, int from, int to) {
    int rows = values.length / columns;
    float[] cut = new float[rows * (to - from)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * columns + from, cut, row * (to - from), to - from);
    }
    return cut;
  }
}
