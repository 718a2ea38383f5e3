package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * One evaluation of an op for one example, in double precision.
 *
 * @param shapes the inputs' shapes
 * @param in the inputs' elements, row-major
 * @param shape the output's shape
 * @param out the output's elements, row-major, to be written
 * @param example which example of which batch this is
 */
public record Call(List<Shape> shapes, double[][] in, Shape shape, double[] out, Example example) {
  /**
   * {@return the elements of an input}
   *
   * @param input its place, from 0
   */
  public double[] in(int input) {
    return in[input];
  }

  /**
   * {@return the shape of an input}
   *
   * @param input its place, from 0
   */
  public Shape shape(int input) {
    return shapes.get(input);
  }
}
