package dev.vitrine.image;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Connected regions of a picture's pixels, which carry a number each. */
final class Regions {
  private final int width;
  private final int height;
  private final int[] numbers;
  private final int[] open;
  private int last;

  Regions(int width, int height) {
    this.width = width;
    this.height = height;
    numbers = new int[width * height];
    open = new int[width * height];
  }

  /** The region of a pixel, counted from 1; 0 before it has one. */
  int at(int pixel) {
    return numbers[pixel];
  }

  /** The number of the newest region. */
  int newest() {
    return last;
  }

  boolean isBorder(int pixel) {
    int x = pixel % width;
    int y = pixel / width;
    return x == 0 || y == 0 || x == width - 1 || y == height - 1;
  }

  /**
   * Makes a new region of a pixel and of all that can be reached from it, side by side, over pixels
   * of the same region as its own that fulfil a condition.
   *
   * @return how many pixels it has
   */
  int grow(int from, IntPredicate condition) {
    int was = numbers[from];
    last++;
    int count = 0;
    int waiting = 0;
    numbers[from] = last;
    open[waiting++] = from;
    while (waiting > 0) {
      int pixel = open[--waiting];
      count++;
      int x = pixel % width;
      int[] near = {
        x > 0 ? pixel - 1 : pixel, x < width - 1 ? pixel + 1 : pixel, pixel - width, pixel + width
      };
      for (int next : near) {
        if (next >= 0 && next < numbers.length && numbers[next] == was && condition.test(next)) {
          numbers[next] = last;
          open[waiting++] = next;
        }
      }
    }
    return count;
  }

  /** The area of a region's convex hull, of which every pixel is a square. */
  double hull(int region) {
    long[] corners = new long[4 * height];
    int count = 0;
    for (int y = 0; y < height; y++) {
      int first = 0;
      while (first < width && numbers[y * width + first] != region) {
        first++;
      }
      int end = width;
      while (end > first && numbers[y * width + end - 1] != region) {
        end--;
      }
      if (first < end) {
        corners[count++] = corner(first, y);
        corners[count++] = corner(first, y + 1);
        corners[count++] = corner(end, y);
        corners[count++] = corner(end, y + 1);
      }
    }
    long[] sorted = Arrays.copyOf(corners, count);
    Arrays.sort(sorted);
    long[] back = new long[count];
    Arrays.setAll(back, i -> sorted[sorted.length - 1 - i]);
    return Math.abs(under(sorted) + under(back)) / 2.0;
  }

  /** Twice the signed area of one side of the hull and the origin (Andrew's monotone chain). */
  private static long under(long[] corners) {
    long[] chain = new long[corners.length];
    int length = 0;
    for (long corner : corners) {
      while (length >= 2 && turn(chain[length - 2], chain[length - 1], corner) <= 0) {
        length--;
      }
      chain[length++] = corner;
    }
    long area = 0;
    for (int i = 1; i < length; i++) {
      area += x(chain[i - 1]) * y(chain[i]) - x(chain[i]) * y(chain[i - 1]);
    }
    return area;
  }

  private static long turn(long a, long b, long c) {
    return (x(b) - x(a)) * (y(c) - y(a)) - (y(b) - y(a)) * (x(c) - x(a));
  }

  /** Sorted by columns, then rows. */
  private static long corner(int x, int y) {
    return ((long) x << 32) | y;
  }

  private static long x(long corner) {
    return corner >> 32;
  }

  private static long y(long corner) {
    return (int) corner;
  }
}
