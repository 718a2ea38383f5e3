package dev.vitrine.train;

import dev.vitrine.error.Quote;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.plan.Workers;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** One optimiser step on all learned parameters, cut into stretches that the workers share. */
public final class ParameterUpdate {
  /** Elements a stretch: what a core's nearest caches hold of parameters, gradients and state. */
  private static final int STRETCH = 16 * 1024;

  private record Stretch(int from, int to, double rateFactor, boolean decay) {}

  /** Whole rows of a weight, whose norms are held. */
  private record Rows(int from, int to, int length) {}

  /** A part of an update that the next waits for. */
  private record Phase(int tasks, IntConsumer task) {}

  private final Optimizer optimizer;
  private final Parameters parameters;
  private final Map<String, Parameters> state = new LinkedHashMap<>();
  private final float[][] stateArrays;
  private final Stretch[] stretches;
  private final Rows[] rows;
  private final Restraining restraining;
  private final List<Phase> phases;
  private final Workers workers;
  private final Workers.Job job = new Phases();
  private Parameters.Writer writer;
  private Parameters gradients;

  /** The layout that was compared last, and found right. */
  private Layout accepted;

  private double rate;
  private long step;

  /**
   * The update of a model's learned parameters, with the optimiser's memory at its start.
   *
   * @param model whose parameters are updated, in place
   * @param recipe the optimiser, and which factors and decay apply to which parameter
   * @param workers who does it; they stay the caller's
   * @throws dev.vitrine.error.UserException if the recipe names a parameter that is not there
   */
  public ParameterUpdate(Model model, Recipe recipe, Workers workers) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(workers, "workers");
    this.optimizer = recipe.optimizer();
    this.parameters = model.parameters();
    this.writer = parameters.writer();
    this.workers = workers;
    optimizer.state().forEach(name -> state.put(name, Parameters.zeros(parameters.layout())));
    stateArrays = state.values().stream().map(Parameters::values).toArray(float[][]::new);
    recipe.rates().keySet().forEach(parameters.layout()::entry); // refuses unknown names
    List<Stretch> all = new ArrayList<>();
    List<Rows> held = new ArrayList<>();
    for (ParameterSpec spec : model.specs()) {
      if (!spec.role().learned()) {
        continue;
      }
      Layout.Entry entry = parameters.layout().entry(spec.name());
      int end = entry.offset() + entry.shape().elements();
      double factor = recipe.rateFactor(spec);
      for (int from = entry.offset(); from < end; from += STRETCH) {
        int to = Math.min(end, from + STRETCH);
        all.add(new Stretch(from, to, factor, recipe.decays(spec)));
      }
      if (spec.role() == ParameterSpec.Role.WEIGHT && factor != 0) {
        addRows(held, entry);
      }
    }
    stretches = all.toArray(Stretch[]::new);
    rows = held.toArray(Rows[]::new);
    restraining = new Restraining(recipe.restraints().orElse(Restraints.NONE), stretches.length);
    phases = phases();
  }

  private static void addRows(List<Rows> rows, Layout.Entry entry) {
    int length = entry.shape().elements() / entry.shape().size(0);
    int step = Math.max(1, STRETCH / length) * length;
    int end = entry.offset() + entry.shape().elements();
    for (int from = entry.offset(); from < end; from += step) {
      rows.add(new Rows(from, Math.min(end, from + step), length));
    }
  }

  private List<Phase> phases() {
    List<Phase> all = new ArrayList<>();
    if (restraining.measures()) {
      all.add(new Phase(stretches.length, this::measure));
      all.add(new Phase(1, _ -> restraining.sumUp()));
    }
    all.add(new Phase(stretches.length, this::move));
    if (restraining.shortens()) {
      all.add(new Phase(rows.length, this::shorten));
    }
    return all;
  }

  /**
   * {@return the optimiser's memory, by name, laid out as the parameters; the arrays are its own}
   */
  public Map<String, Parameters> state() {
    return Collections.unmodifiableMap(state);
  }

  /**
   * Moves the parameters against their gradients.
   *
   * @param newGradients laid out as the parameters
   * @param newRate the learning rate, before factors of single parameters
   * @param newStep the step's number, from 0
   * @throws IllegalArgumentException if the gradients are laid out otherwise, or the rate or the
   *     step is no number of 0 or more
   * @throws IllegalStateException if another thread trains the parameters, or something else has
   *     changed them since this update's last step
   */
  public void apply(Parameters newGradients, double newRate, long newStep) {
    Objects.requireNonNull(newGradients, "newGradients");
    requireSameLayout(newGradients.layout());
    if (!(newRate >= 0) || newRate == Double.POSITIVE_INFINITY || newStep < 0) {
      throw new IllegalArgumentException(
          "An update expects a learning rate and a step of 0 or more, but got %s and %s"
              .formatted(newRate, newStep));
    }
    writer.begin();
    try {
      gradients = newGradients;
      rate = newRate;
      step = newStep;
      workers.run(job);
    } finally {
      writer.end();
    }
  }

  /** The right to change the parameters; within its turn steps may begin and end. */
  Parameters.Writer writer() {
    return writer;
  }

  /** Goes on from the parameters of this moment, whoever changed them. */
  void goOn() {
    writer = parameters.writer();
  }

  private void requireSameLayout(Layout layout) {
    if (layout == accepted) {
      return;
    }
    List<Layout.Entry> expected = parameters.layout().entries();
    List<Layout.Entry> got = layout.entries();
    if (!got.equals(expected)) {
      throw new IllegalArgumentException(
          "An update expects gradients laid out as its model's parameters, %s, but got %s"
              .formatted(names(expected), names(got)));
    }
    accepted = layout;
  }

  private static String names(List<Layout.Entry> entries) {
    return Quote.of(
        entries.stream()
            .map(entry -> entry.name() + " " + entry.shape())
            .collect(Collectors.joining(", ")));
  }

  private void measure(int stretch) {
    Stretch s = stretches[stretch];
    restraining.measure(stretch, gradients.values(), s.from, s.to);
  }

  private void move(int stretch) {
    Stretch s = stretches[stretch];
    float[] w = parameters.values();
    float[] g = gradients.values();
    restraining.restrain(w, g, s.from, s.to, s.decay);
    float factored = (float) (rate * s.rateFactor);
    optimizer.update(w, g, stateArrays, s.from, s.to, factored, s.decay, step);
  }

  private void shorten(int task) {
    Rows r = rows[task];
    restraining.shorten(parameters.values(), r.from, r.to, r.length);
  }

  /** One step, phase by phase. */
  private final class Phases implements Workers.Job {
    @Override
    public int steps() {
      return phases.size();
    }

    @Override
    public int tasks(int number) {
      return phases.get(number).tasks();
    }

    @Override
    public void run(int number, int task, int worker) {
      phases.get(number).task().accept(task);
    }
  }
}
