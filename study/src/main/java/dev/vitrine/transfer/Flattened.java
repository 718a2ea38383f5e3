package dev.vitrine.transfer;

import dev.vitrine.tensor.Shape;
import java.util.List;

/** Where the elements of flattened images lie. */
final class Flattened {
  private Flattened() {}

  /**
   * {@return for each element of a vector of ours, where the file's vector has it}
   *
   * @param pieces of what it is put together: images (C, H, W), flattened as C H W, and vectors
   * @param flattening how the file flattens images
   * @param transposed whether the file's images are ours with rows and columns exchanged
   */
  static int[] order(List<Shape> pieces, Convention flattening, boolean transposed) {
    int[] order = new int[pieces.stream().mapToInt(Shape::elements).sum()];
    int start = 0;
    for (Shape piece : pieces) {
      if (piece.rank() == 3) {
        fill(order, start, piece, flattening.name(), transposed);
      } else {
        for (int i = 0; i < piece.elements(); i++) {
          order[start + i] = start + i;
        }
      }
      start += piece.elements();
    }
    return order;
  }

  private static void fill(int[] order, int start, Shape image, String axes, boolean transposed) {
    int height = image.size(1);
    int width = image.size(2);
    int[] step = new int[3];
    int all = 1;
    for (int i = 2; i >= 0; i--) {
      int axis = "CHW".indexOf(axes.charAt(i));
      step[axis] = all;
      all *= axis == 0 ? image.size(0) : (axis == 1) == transposed ? width : height;
    }
    int at = start;
    for (int c = 0; c < image.size(0); c++) {
      for (int h = 0; h < height; h++) {
        for (int w = 0; w < width; w++) {
          int row = transposed ? w : h;
          int column = transposed ? h : w;
          order[at++] = start + c * step[0] + row * step[1] + column * step[2];
        }
      }
    }
  }

  /** Whether nothing moves. */
  static boolean isSame(int[] order) {
    for (int i = 0; i < order.length; i++) {
      if (order[i] != i) {
        return false;
      }
    }
    return true;
  }
}
