package dev.vitrine.trace.network;

import dev.vitrine.op.Op;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * What a layer gives, or a parameter's numbers, and the gradient that comes back to it.
 *
 * @param name the layer's path, such as {@code residual2.body.conv1}, the parameter's name, or
 *     {@code input}
 * @param op the last that the layer computes, or the leaf
 * @param shape of both
 * @param values row-major
 * @param gradient of the loss, alike; zeros where the loss does not depend on it
 * @param users what the gradient comes from
 */
public record Stage(
    String name, Op op, Shape shape, double[] values, double[] gradient, List<User> users) {
  /** Copies the list. */
  public Stage {
    users = List.copyOf(users);
  }

  /**
   * Something computed from it.
   *
   * @param layer the path of the layer that does; {@code L} for the loss
   * @param op by which the gradient comes back
   * @param input the place among the op's inputs
   */
  public record User(String layer, Op op, int input) {}
}
