package dev.vitrine.op;

import dev.vitrine.tensor.Shape;

/** Which input elements each window of a pooling covers, padding left out. */
record PoolWindows(Window window, Shape x, Shape y) {
  /** The input elements of the window of output element {@code k}, in row order. */
  int[] members(int k) {
    int column = k % y.size(2);
    int row = k / y.size(2) % y.size(1);
    int channel = k / (y.size(2) * y.size(1));
    int[] members = new int[window.elements()];
    int count = 0;
    for (int u = 0; u < window.h().kernel(); u++) {
      int i = window.h().source(row, u);
      for (int v = 0; v < window.w().kernel(); v++) {
        int j = window.w().source(column, v);
        if (i >= 0 && i < x.size(1) && j >= 0 && j < x.size(2)) {
          members[count++] = (channel * x.size(1) + i) * x.size(2) + j;
        }
      }
    }
    return java.util.Arrays.copyOf(members, count);
  }
}
