package dev.vitrine.onnx;

import dev.vitrine.error.UserException;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Model;
import dev.vitrine.predict.Predictor;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxValue;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One case of ONNX's own tests: a model, its inputs and what must come out. The first input is the
 * network's, the others are given to it as numbers of its own.
 */
record BackendCase(Path folder) {
  /** The tolerances of ONNX's runner: |got − expected| ≤ ABSOLUTE + RELATIVE · |expected|. */
  private static final double ABSOLUTE = 1e-7;

  private static final double RELATIVE = 1e-3;

  /** Why the case does not pass; empty if it does, in single precision and in double. */
  Optional<String> fault() {
    OnnxModel file = OnnxModel.read(folder.resolve("model.onnx"));
    Map<String, Stored> fixed = new HashMap<>();
    for (int i = 1; i < file.graph().inputs().size(); i++) {
      fixed.put(file.graph().inputs().get(i).name(), new Stored.Numbers(data("input_" + i)));
    }
    float[] input = data("input_0").floats();
    for (int i = 0; i < file.graph().outputs().size(); i++) {
      OnnxValue output = file.graph().outputs().get(i);
      Optional<String> fault;
      try {
        Model model = OnnxNetwork.of(file, Optional.of(output.name()), fixed);
        fault = compare(model, input, data("output_" + i).floats());
      } catch (UserException e) {
        fault = Optional.of(e.getMessage().replaceFirst("^.*?model.onnx: ", ""));
      }
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private StoredTensor data(String name) {
    return OnnxModel.tensor(folder.resolve("test_data_set_0").resolve(name + ".pb"));
  }

  private static Optional<String> compare(Model model, float[] input, float[] expected) {
    int size = model.input().elements();
    int outputs = model.output().elements();
    int examples = input.length / size;
    if (examples * outputs != expected.length) {
      return Optional.of(
          "%s numbers come out instead of %s".formatted(examples * outputs, expected.length));
    }
    Model.Network network = model.inference();
    try (Predictor predictor = Predictor.of(model)) {
      for (int n = 0; n < examples; n++) {
        float[] example = Arrays.copyOfRange(input, n * size, (n + 1) * size);
        float[] got = predictor.predict(example);
        double[] precise = interpreted(model, network, example);
        for (int k = 0; k < outputs; k++) {
          double wanted = expected[n * outputs + k];
          if (isOff(got[k], wanted) || isOff(precise[k], wanted)) {
            return Optional.of(
                "number %s is %s, in double %s, instead of %s"
                    .formatted(n * outputs + k, got[k], precise[k], wanted));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static double[] interpreted(Model model, Model.Network network, float[] example) {
    Interpreter interpreter = new Interpreter(1).input(Model.INPUT, doubles(example));
    model
        .specs()
        .forEach(spec ->
            interpreter.parameter(spec.name(), doubles(model.parameters().get(spec.name()))));
    return interpreter.run(network.graph()).of(network.output(), 0);
  }

  private static double[] doubles(float[] singles) {
    double[] doubles = new double[singles.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = singles[i];
    }
    return doubles;
  }

  private static boolean isOff(double got, double wanted) {
    return !(Math.abs(got - wanted) <= ABSOLUTE + RELATIVE * Math.abs(wanted)) && got != wanted;
  }
}
