package dev.vitrine.testkit;

import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;

/** Networks as if they had been trained: no parameter or buffer is what it begins as. */
public final class DrawnModel {
  private DrawnModel() {}

  /**
   * {@return a network with numbers that neither grow nor shrink from layer to layer (He et al.,
   * 2015)}
   *
   * @param network the layers
   * @param input the shape of one example
   * @param seed where the draws come from
   */
  public static Model of(Layer network, Shape input, Seed seed) {
    Model model = Model.of(network, input);
    for (ParameterSpec spec : model.specs()) {
      RandomStream random = seed.stream(spec.name());
      float[] values = new float[spec.shape().elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) points(spec).draw(random, i);
      }
      model.parameters().set(spec.name(), values);
    }
    return model;
  }

  /** Scales are small, so that fifty residual blocks one after another stay well conditioned. */
  private static Points points(ParameterSpec spec) {
    return switch (spec.role()) {
      case WEIGHT, FIXED -> Points.normal(Math.sqrt(2.0 / spec.fanIn()));
      case SCALE, SLOPE -> Points.between(0.1, 0.5);
      case RUNNING_VARIANCE -> Points.between(0.3, 1.5);
      case BIAS, SHIFT, RUNNING_MEAN -> Points.between(-0.1, 0.3);
    };
  }

  /**
   * {@return one example}
   *
   * @param input its shape
   * @param seed where the draws come from
   */
  public static float[] example(Shape input, Seed seed) {
    RandomStream random = seed.stream("example");
    float[] values = new float[input.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.normal(i);
    }
    return values;
  }
}
