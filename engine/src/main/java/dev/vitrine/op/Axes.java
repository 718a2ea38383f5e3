package dev.vitrine.op;

import dev.vitrine.tensor.Shape;

/**
 * Maps each element of a large shape to the element of a small one that it is summed into, or
 * repeated from, where the small shape has some of the large one's axes shrunk to size 1.
 */
final class Axes {
  private Axes() {}

  /**
   * Finds which element of a broadcast value each element of the result reads.
   *
   * @param large the shape with all elements
   * @param small the shape of equal rank with sizes equal or 1
   * @return for each element of {@code large}, in order, its element of {@code small}
   */
  static int[] projection(Shape large, Shape small) {
    int[] target = new int[large.elements()];
    int[] index = new int[large.rank()];
    for (int k = 0; k < target.length; k++) {
      int t = 0;
      for (int a = 0; a < index.length; a++) {
        t = t * small.size(a) + (small.size(a) == 1 ? 0 : index[a]);
      }
      target[k] = t;
      for (int a = index.length - 1; a >= 0 && ++index[a] == large.size(a); a--) {
        index[a] = 0;
      }
    }
    return target;
  }
}
