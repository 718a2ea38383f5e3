package dev.vitrine.op;

import java.util.function.Supplier;

/** What a derivative rule sees of its op's use in a graph, and where it leaves its results. */
public interface Adjoint {
  /**
   * {@return the op's input}
   *
   * @param input its place, from 0
   */
  Value x(int input);

  /** {@return the op's output} */
  Value y();

  /**
   * {@return the gradient of the objective with respect to the output; it has the output's shape}
   */
  Value dy();

  /** {@return where new ops are added} */
  Ops ops();

  /**
   * States the gradient with respect to an input. The supplier is called only if somebody needs
   * that gradient, so a network's first layer never computes its image's. The result must have the
   * input's shape; a per-example result for a shared input is summed over the batch by the caller.
   *
   * @param input its place, from 0
   * @param gradient adds the ops that make it, and answers the last
   */
  void to(int input, Supplier<Value> gradient);
}
