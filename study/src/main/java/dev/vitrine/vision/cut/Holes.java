package dev.vitrine.vision.cut;

/** Small holes in a mask, such as a crayon or a dry pen leaves within a stroke. */
final class Holes {
  private Holes() {}

  /**
   * Fills what is not set, touches the border nowhere, hangs together over sides and has no more
   * than so many points.
   */
  static void fill(boolean[] mask, int width, int height, int most) {
    boolean[] seen = new boolean[mask.length];
    int[] stack = new int[mask.length];
    int[] hole = new int[Math.max(1, most + 1)];
    for (int start = 0; start < mask.length; start++) {
      if (mask[start] || seen[start]) {
        continue;
      }
      int size = 0;
      int depth = 0;
      stack[depth++] = start;
      seen[start] = true;
      boolean open = false;
      while (depth > 0) {
        int at = stack[--depth];
        if (size <= most) {
          hole[size] = at;
        }
        size++;
        int x = at % width;
        int y = at / width;
        open |= x == 0 || y == 0 || x == width - 1 || y == height - 1;
        for (int side = 0; side < 4; side++) {
          int toX = x + (side == 0 ? -1 : side == 1 ? 1 : 0);
          int toY = y + (side == 2 ? -1 : side == 3 ? 1 : 0);
          int to = toY * width + toX;
          if (toX >= 0 && toX < width && toY >= 0 && toY < height && !mask[to] && !seen[to]) {
            seen[to] = true;
            stack[depth++] = to;
          }
        }
      }
      for (int i = 0; !open && size <= most && i < size; i++) {
        mask[hole[i]] = true;
      }
    }
  }
}
