package dev.vitrine.parity;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Model;
import dev.vitrine.parity.Agreement.Reference;
import dev.vitrine.predict.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network on some inputs.
 *
 * @param output the name of its output
 * @param model the network with its numbers
 * @param examples {@code [example][element]}
 * @param stored what should come out, if that is known
 */
record Trial(String output, Model model, float[][] examples, Optional<double[][]> stored) {
  List<Agreement> agreements() {
    boolean vector = model.output().rank() == 1;
    float[][] got;
    try (Predictor predictor = Predictor.of(model)) {
      got = predictor.predict(examples);
    }
    List<Agreement> agreements = new ArrayList<>();
    agreements.add(Agreement.of(output, Reference.DOUBLE, vector, got, interpreted()));
    stored.ifPresent(
        expected -> agreements.add(Agreement.of(output, Reference.STORED, vector, got, expected)));
    return agreements;
  }

  private double[][] interpreted() {
    Model.Network network = model.inference();
    Interpreter interpreter = new Interpreter(1);
    model
        .specs()
        .forEach(spec ->
            interpreter.parameter(
                spec.name(), Agreement.widened(model.parameters().get(spec.name()))));
    double[][] results = new double[examples.length][];
    for (int n = 0; n < results.length; n++) {
      interpreter.input(Model.INPUT, Agreement.widened(examples[n]));
      results[n] = interpreter.run(network.graph()).of(network.output(), 0);
    }
    return results;
  }
}
