package dev.vitrine.vision.photo;

import java.util.Arrays;
import java.util.Objects;

/**
 * Connected components of a mask, eight neighbours each, in two passes with union–find (Rosenfeld,
 * Pfaltz 1966). They are numbered from 0 in the order of their first pixel.
 */
public final class Labels {
  private final int[] labels;
  private final int count;

  private Labels(int[] labels, int count) {
    this.labels = labels;
    this.count = count;
  }

  /**
   * {@return the components}
   *
   * @param mask row by row
   * @param width columns
   * @param height rows
   */
  public static Labels of(boolean[] mask, int width, int height) {
    Objects.requireNonNull(mask, "mask");
    int[] labels = new int[mask.length];
    Arrays.fill(labels, -1);
    Sets sets = new Sets();
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        if (mask[i]) {
          labels[i] = provisional(labels, i, x, y, width, sets);
        }
      }
    }
    int[] numbers = sets.numbers();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labels[i] < 0 ? -1 : numbers[labels[i]];
    }
    return new Labels(labels, sets.count);
  }

  private static int provisional(int[] labels, int i, int x, int y, int width, Sets sets) {
    int label = -1;
    if (x > 0) {
      label = sets.joined(label, labels[i - 1]);
    }
    if (y > 0) {
      label = sets.joined(label, labels[i - width]);
      if (x > 0) {
        label = sets.joined(label, labels[i - width - 1]);
      }
      if (x < width - 1) {
        label = sets.joined(label, labels[i - width + 1]);
      }
    }
    return label < 0 ? sets.add() : label;
  }

  /** {@return how many components there are} */
  public int count() {
    return count;
  }

  /**
   * {@return the number of a pixel's component; −1 where nothing is set}
   *
   * @param pixel its place, row by row
   */
  public int at(int pixel) {
    return labels[pixel];
  }

  /** Disjoint sets, halving paths on the way; the smaller number is the root. */
  private static final class Sets {
    private int[] parents = new int[256];
    private int size;
    private int count;

    int add() {
      if (size == parents.length) {
        parents = Arrays.copyOf(parents, 2 * size);
      }
      parents[size] = size;
      return size++;
    }

    int joined(int one, int other) {
      if (one < 0 || other < 0) {
        return Math.max(one, other);
      }
      int a = root(one);
      int b = root(other);
      parents[Math.max(a, b)] = Math.min(a, b);
      return Math.min(a, b);
    }

    private int root(int element) {
      int at = element;
      while (parents[at] != at) {
        parents[at] = parents[parents[at]];
        at = parents[at];
      }
      return at;
    }

    /** The final number of each provisional one. */
    int[] numbers() {
      int[] numbers = new int[size];
      for (int i = 0; i < size; i++) {
        int root = root(i);
        numbers[i] = root == i ? count++ : numbers[root];
      }
      return numbers;
    }
  }
}
