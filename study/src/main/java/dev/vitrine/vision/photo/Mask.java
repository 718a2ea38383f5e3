package dev.vitrine.vision.photo;

import java.util.Objects;

/**
 * Which pixels are ink, and how much of it each has.
 *
 * @param width columns
 * @param height rows
 * @param set row by row
 * @param ink as a share of the darkest ink around: ½ at the edge of a stroke
 * @param contrast how much darker each pixel is than the paper, 0 … 1
 * @param stroke how wide strokes are, in pixels; 0 if there are none
 */
public record Mask(int width, int height, boolean[] set, Plane ink, Plane contrast, float stroke) {
  /** Refuses {@code null} and arrays of another size. */
  public Mask {
    Objects.requireNonNull(ink, "ink");
    Objects.requireNonNull(contrast, "contrast");
    if (set.length != width * height || ink.values().length != set.length) {
      throw new IllegalArgumentException(
          "A mask of %s × %s expects as many values, but got %s"
              .formatted(width, height, set.length));
    }
  }

  /** {@return how many pixels are set} */
  public int area() {
    int area = 0;
    for (boolean each : set) {
      area += each ? 1 : 0;
    }
    return area;
  }

  /**
   * {@return the mask turned clockwise}
   *
   * @param quarters of a turn, 0 … 3
   */
  public Mask turned(int quarters) {
    if (quarters == 0) {
      return this;
    }
    Plane other = ink.turned(quarters);
    float[] flags = new float[set.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = set[i] ? 1 : 0;
    }
    Plane turned = new Plane(width, height, flags).turned(quarters);
    boolean[] turnedSet = new boolean[set.length];
    for (int i = 0; i < flags.length; i++) {
      turnedSet[i] = turned.values()[i] > 0;
    }
    return new Mask(
        turned.width(), turned.height(), turnedSet, other, contrast.turned(quarters), stroke);
  }
}
