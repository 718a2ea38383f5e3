package dev.vitrine.collapse;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Model;
import dev.vitrine.predict.Predictor;
import java.util.stream.IntStream;

/** Networks in double precision. */
final class Numerics {
  private Numerics() {}

  /** An interpreter that knows a model's numbers. */
  static Interpreter interpreter(Model model, int examples) {
    Interpreter interpreter = new Interpreter(examples);
    model
        .specs()
        .forEach(spec ->
            interpreter.parameter(spec.name(), doubles(model.parameters().get(spec.name()))));
    return interpreter;
  }

  /** What a model makes of one input. */
  static double[] output(Model model, double... input) {
    Model.Network network = model.inference();
    return interpreter(model, 1)
        .input(Model.INPUT, input)
        .run(network.graph())
        .of(network.output(), 0);
  }

  /** The same as it is used, in single precision. */
  static double[] single(Model model, double... input) {
    float[] singles = new float[input.length];
    for (int i = 0; i < singles.length; i++) {
      singles[i] = (float) input[i];
    }
    try (Predictor predictor = Predictor.of(model)) {
      return doubles(predictor.predict(singles));
    }
  }

  static double[] doubles(float... singles) {
    return IntStream.range(0, singles.length).mapToDouble(i -> singles[i]).toArray();
  }
}
