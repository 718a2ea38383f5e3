package dev.vitrine.summary;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.plan.PlannedStep;
import dev.vitrine.plan.PlannedStep.Form;
import dev.vitrine.plan.PlannedStep.Place;
import dev.vitrine.plan.Planner;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.report.Numbers;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.train.PlanGradients;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The steps by which a trained network answers, or by which one is trained, and where their numbers
 * lie.
 *
 * @param name the network's
 * @param training whether a batch's gradients are computed, not answers
 * @param examples how many are computed at once
 * @param steps in the order in which they are done
 * @param bytes of activations and scratch memory, on one thread
 */
public record PlanTable(
    String name, boolean training, int examples, List<PlannedStep> steps, long bytes) {
  private static final double MEGABYTE = 1e6;

  /** Copies the list. */
  public PlanTable {
    Objects.requireNonNull(name, "name");
    steps = List.copyOf(steps);
  }

  /**
   * {@return the plan that a predictor makes on this machine's kernels}
   *
   * @param network any network; its numbers do not matter
   * @param examples how many are asked for at once, at least 1
   */
  public static PlanTable of(NetworkSpec network, int examples) {
    try (Predictor predictor = Predictor.of(model(network))) {
      return of(network.name(), false, examples, predictor.planner(examples));
    }
  }

  /**
   * {@return the plan that a training's gradients are computed by on this machine's kernels: the
   * forward pass, the loss, the backward pass, but not the optimiser's update}
   *
   * @param network any network that ends in a vector; its numbers do not matter
   * @param examples the batch, at least 1
   * @throws UserException if the network ends in something else
   */
  public static PlanTable ofTraining(NetworkSpec network, int examples) {
    Model model = model(network);
    if (model.output().rank() != 1) {
      throw new UserException(
          "The steps of a training expect a network that ends in a vector, but %s ends in %s: let it end in flatten and linear"
              .formatted(Quote.of(network.name()), model.output()));
    }
    int outputs = model.output().elements();
    Model.Training training =
        model.training(outputs == 1 ? Loss.meanSquaredError() : Loss.crossEntropy());
    Parameters gradients = Parameters.zeros(model.parameters().layout());
    Planner planner = PlanGradients.planner(model, training, gradients).batchSize(examples);
    return of(network.name(), true, examples, planner);
  }

  /** Its weights need all of their bits: those that 16 bits hold would be kept so. */
  private static Model model(NetworkSpec network) {
    Initializer weights = Initializer.constant(0.1);
    Initializer biases = Initializer.constant(0);
    return Model.of(network.layers(), network.input(), weights, biases, Seed.of(0));
  }

  private static PlanTable of(String name, boolean training, int examples, Planner planner) {
    Kernels kernels = KernelChoice.best().kernels();
    int atOnce = Math.min(examples, planner.batchSize());
    return new PlanTable(
        name, training, atOnce, planner.describe(kernels), planner.bytes(kernels, 1));
  }

  /** {@return a line a step} */
  public Table table() {
    List<Table.Column> columns = new ArrayList<>();
    if (training) {
      columns.add(new Table.Column("pass", "pass", true));
    }
    columns.addAll(
        List.of(
            new Table.Column("number", "#", false),
            new Table.Column("step", "step", true),
            new Table.Column("tasks", "tasks", false),
            new Table.Column("reads", "reads", true),
            new Table.Column("writes", "writes", true),
            new Table.Column("form", "form", true),
            new Table.Column("megabytes", "MB", false),
            new Table.Column("until", "needed until", false)));
    List<List<Object>> rows = new ArrayList<>();
    for (PlannedStep step : steps) {
      List<Object> row = new ArrayList<>();
      if (training) {
        row.add(step.backward() ? "backward" : "forward");
      }
      row.addAll(cells(rows.size() + 1, step));
      rows.add(row);
    }
    return new Table(columns, rows, List.of());
  }

  private List<Object> cells(long number, PlannedStep step) {
    Place to = step.writes().getFirst();
    boolean outside = to.form() == Form.OUTSIDE;
    return List.of(
        number,
        step.name(),
        (long) step.tasks(),
        names(step.reads()),
        outside ? "gradients" : names(step.writes()) + (step.inPlace() ? " in place" : ""),
        to.form().name().toLowerCase(Locale.ROOT),
        Float.BYTES * (double) to.floats() / MEGABYTE,
        outside || to.last() >= steps.size() ? "the end" : Integer.toString(to.last() + 1));
  }

  private static String names(List<Place> places) {
    String names =
        places.stream()
            .filter(place -> place.form() != Form.OUTSIDE)
            .map(place -> "b" + place.number())
            .distinct()
            .collect(Collectors.joining(" "));
    return names.isEmpty() ? "–" : names;
  }

  /** {@return what the table shows, in a few sentences} */
  public String heading() {
    long buffers = buffers().size();
    double alone = buffers().values().stream().mapToDouble(p -> Float.BYTES * (double) p).sum();
    long turned = steps.stream().filter(PlanTable::isTurn).count();
    return """
    %s: %s at once, %s%s
    %s %s MB of memory, scratch included; each by itself would take %s MB.
    %s turn numbers from one form to another.\
    """
        .formatted(
            name,
            examples == 1 ? "1 example" : Numbers.count(examples) + " examples",
            steps.size() == 1 ? "1 step" : steps.size() + " steps",
            training ? " forward and backward; the optimiser's update follows" : "",
            buffers == 1 ? "1 buffer takes" : buffers + " buffers share",
            Numbers.significant(bytes / MEGABYTE, 3),
            Numbers.significant(alone / MEGABYTE, 3),
            turned == 0 ? "No steps" : turned == 1 ? "1 step has to" : turned + " steps");
  }

  private static boolean isTurn(PlannedStep step) {
    return step.name().endsWith("To lanes") || step.name().endsWith("To channels");
  }

  /** Each buffer's floats: those of the largest part of it that a step touches. */
  private Map<Integer, Integer> buffers() {
    Map<Integer, Integer> floats = new LinkedHashMap<>();
    for (PlannedStep step : steps) {
      List<Place> places = new ArrayList<>(step.reads());
      places.addAll(step.writes());
      places.stream()
          .filter(place -> place.form() != Form.OUTSIDE)
          .forEach(place -> floats.merge(place.number(), place.floats(), Math::max));
    }
    return floats;
  }

  /** {@return the same for scripts} */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", name);
    json.put("training", training);
    json.put("examples", examples);
    json.put("bytes", bytes);
    json.put("steps", steps.stream().map(PlanTable::json).toList());
    return json;
  }

  private static Map<String, Object> json(PlannedStep step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", step.name());
    json.put("pass", step.backward() ? "backward" : "forward");
    json.put("tasks", step.tasks());
    json.put("reads", step.reads().stream().map(PlanTable::json).toList());
    json.put("writes", step.writes().stream().map(PlanTable::json).toList());
    json.put("scratch", step.scratch());
    return json;
  }

  private static Map<String, Object> json(Place place) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("buffer", place.number());
    json.put("form", place.form().name().toLowerCase(Locale.ROOT));
    json.put("offset", place.offset());
    json.put("floats", place.floats());
    return json;
  }
}
