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
import java.util.stream.Collectors;

/** One optimiser step on all learned parameters, cut into stretches that the workers share. */
public final class ParameterUpdate {
  /** Elements a stretch: what a core's nearest caches hold of parameters, gradients and state. */
  private static final int STRETCH = 16 * 1024;

  private record Stretch(int from, int to, double rateFactor, boolean decay) {}

  private final Optimizer optimizer;
  private final Parameters parameters;
  private final Map<String, Parameters> state = new LinkedHashMap<>();
  private final float[][] stateArrays;
  private final Stretch[] stretches;
  private final Workers workers;
  private final Workers.Job job = new Stretches();
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
    this.workers = workers;
    optimizer.state().forEach(name -> state.put(name, Parameters.zeros(parameters.layout())));
    stateArrays = state.values().stream().map(Parameters::values).toArray(float[][]::new);
    recipe.rates().keySet().forEach(parameters.layout()::entry); // refuses unknown names
    List<Stretch> all = new ArrayList<>();
    for (ParameterSpec spec : model.specs()) {
      if (!spec.role().learned()) {
        continue;
      }
      Layout.Entry entry = parameters.layout().entry(spec.name());
      int end = entry.offset() + entry.shape().elements();
      for (int from = entry.offset(); from < end; from += STRETCH) {
        int to = Math.min(end, from + STRETCH);
        all.add(new Stretch(from, to, recipe.rateFactor(spec), recipe.decays(spec)));
      }
    }
    stretches = all.toArray(Stretch[]::new);
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
   * @throws IllegalArgumentException if the gradients are laid out otherwise
   */
  public void apply(Parameters newGradients, double newRate, long newStep) {
    Objects.requireNonNull(newGradients, "newGradients");
    requireSameLayout(newGradients.layout());
    gradients = newGradients;
    rate = newRate;
    step = newStep;
    workers.run(job);
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

  /** One step, a task for each stretch. */
  private final class Stretches implements Workers.Job {
    @Override
    public int steps() {
      return 1;
    }

    @Override
    public int tasks(int number) {
      return stretches.length;
    }

    @Override
    public void run(int number, int stretch, int worker) {
      Stretch s = stretches[stretch];
      optimizer.update(
          parameters.values(),
          gradients.values(),
          stateArrays,
          s.from,
          s.to,
          (float) (rate * s.rateFactor),
          s.decay,
          step);
    }
  }
}
