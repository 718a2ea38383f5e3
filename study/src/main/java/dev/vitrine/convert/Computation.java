package dev.vitrine.convert;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.Model;
import dev.vitrine.onnx.Heads;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.predict.Predictor;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A network as what it makes of an example, input by input and output by output. */
final class Computation {
  private final Model model;
  private final Heads heads;
  private final List<Value> inputs;

  Computation(Model model) {
    this.model = model;
    heads = Heads.of(model);
    inputs = List.copyOf(heads.inputs().values());
  }

  /** How many numbers each input has, and how many-th of all inputs it is. */
  List<End> inputs() {
    List<End> ends = new ArrayList<>();
    heads.inputs().forEach((place, value) -> ends.add(new End(place, value.shape())));
    return ends;
  }

  /** How many inputs there are, read or not. */
  int places() {
    return (int)
        heads.network().graph().values().stream()
            .filter(value -> value.op() instanceof Leaf.Input)
            .count();
  }

  /** The sizes of each output. */
  List<Shape> made() {
    return heads.outputs().stream().map(Value::shape).toList();
  }

  /** How many numbers each output has. */
  List<Integer> outputs() {
    return heads.outputs().stream().map(value -> value.shape().elements()).toList();
  }

  /**
   * An input or output.
   *
   * @param place its number among all of the file, from 0
   * @param shape its sizes for an example
   */
  record End(int place, Shape shape) {
    /** How many numbers it has. */
    int size() {
      return shape.elements();
    }
  }

  private String name(int input) {
    return ((Leaf.Input) inputs.get(input).op()).name();
  }

  /** What it makes in double precision, by plain loops. */
  List<double[]> precise(List<float[]> given) {
    Interpreter interpreter = new Interpreter(1);
    for (int i = 0; i < given.size(); i++) {
      interpreter.input(name(i), doubles(given.get(i)));
    }
    model
        .specs()
        .forEach(spec ->
            interpreter.parameter(spec.name(), doubles(model.parameters().get(spec.name()))));
    Interpreter.Values values = interpreter.run(heads.network().graph());
    return heads.outputs().stream().map(output -> values.of(output, 0)).toList();
  }

  /** What it makes of examples in single precision, as it is used: {@code [example][output]}. */
  List<List<double[]>> plain(List<List<float[]>> examples) {
    return inputs.size() == 1 && heads.outputs().size() == 1
        ? predicted(examples)
        : planned(examples);
  }

  private List<List<double[]>> predicted(List<List<float[]>> examples) {
    try (Predictor predictor = Predictor.of(model)) {
      return examples.stream()
          .map(example -> List.of(doubles(predictor.predict(example.getFirst()))))
          .toList();
    }
  }

  /** A predictor has one input and one output. */
  private List<List<double[]>> planned(List<List<float[]>> examples) {
    List<List<double[]>> made = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      Plan plan =
          Planner.of(heads.network().graph(), model.parameters())
              .outputs(heads.outputs().toArray(Value[]::new))
              .batchSize(1)
              .plan(KernelChoice.best().kernels(), workers);
      for (List<float[]> example : examples) {
        for (int i = 0; i < example.size(); i++) {
          plan.input(name(i), 0, example.get(i));
        }
        plan.run(1);
        made.add(heads.outputs().stream().map(each -> doubles(plan.read(each, 0))).toList());
        plan.release();
      }
    }
    return made;
  }

  static double[] doubles(float[] singles) {
    return IntStream.range(0, singles.length).mapToDouble(i -> singles[i]).toArray();
  }
}
