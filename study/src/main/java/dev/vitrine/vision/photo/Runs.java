package dev.vitrine.vision.photo;

import java.util.Arrays;

/**
 * The runs of set pixels in each column of a mask, from the left and from the top.
 *
 * @param first where in the other arrays each column begins; one more at the end
 * @param top the first row of each run
 * @param length rows
 */
record Runs(int[] first, int[] top, int[] length) {
  static Runs of(boolean[] mask, int width, int height) {
    int[] first = new int[width + 1];
    int[] top = new int[1024];
    int[] length = new int[1024];
    int count = 0;
    for (int x = 0; x < width; x++) {
      first[x] = count;
      for (int y = 0; y < height; y++) {
        if (mask[y * width + x]) {
          int from = y;
          while (y < height && mask[y * width + x]) {
            y++;
          }
          if (count == top.length) {
            top = Arrays.copyOf(top, 2 * count);
            length = Arrays.copyOf(length, 2 * count);
          }
          top[count] = from;
          length[count++] = y - from;
        }
      }
    }
    first[width] = count;
    return new Runs(first, top, length);
  }

  double middle(int run) {
    return top[run] + (length[run] - 1) / 2.0;
  }

  /**
   * The run of a column that is nearest to a row, if it comes within so many rows of it; else −1.
   */
  int nearest(int column, double row, double within) {
    int best = -1;
    double least = within;
    for (int run = first[column]; run < first[column + 1]; run++) {
      double beside = Math.max(0, Math.max(top[run] - row, row - (top[run] + length[run] - 1)));
      if (beside <= least) {
        least = beside;
        best = run;
      }
    }
    return best;
  }
}
