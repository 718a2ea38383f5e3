package dev.vitrine.inside;

import dev.vitrine.op.Op;
import dev.vitrine.tensor.Shape;
import java.util.Optional;

/**
 * What a layer gives.
 *
 * @param path the layer's, such as {@code residual2.body.conv1}
 * @param op the last it computes, from which its outputs come
 * @param shape of what it gives for an example: {@code (C, H, W)} or {@code (N)}
 * @param outputs {@code [example][element]}, row-major; never changed
 * @param gradients of the mean loss, alike; empty if there is no loss or it does not depend on them
 */
public record LayerNumbers(
    String path, Op op, Shape shape, float[][] outputs, Optional<float[][]> gradients) {
  /** {@return how many units it has: channels, or the numbers of a vector} */
  public int units() {
    return shape.rank() == 0 ? 1 : shape.size(0);
  }

  /** {@return how many numbers a unit gives for an example} */
  public int plane() {
    return shape.elements() / units();
  }

  /** {@return all outputs, example after example} */
  public float[] allOutputs() {
    return flat(outputs);
  }

  /** {@return all gradients, example after example} */
  public Optional<float[]> allGradients() {
    return gradients.map(LayerNumbers::flat);
  }

  private static float[] flat(float[][] rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[i].length, rows[i].length);
    }
    return all;
  }
}
