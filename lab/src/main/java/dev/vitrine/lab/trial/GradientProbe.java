package dev.vitrine.lab.trial;

import dev.vitrine.data.Dataset;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.GradientSizes;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.train.DatasetBatches;
import dev.vitrine.train.PlanGradients;
import dev.vitrine.train.Recipe;
import java.util.List;

/** The gradients of a training's first batch, with other weights each time. */
final class GradientProbe {
  private final String trial;
  private final Recipe recipe;
  private final Dataset data;
  private final Compute compute;

  private GradientProbe(String trial, Recipe recipe, Dataset data, Compute compute) {
    this.trial = trial;
    this.recipe = recipe;
    this.data = data;
    this.compute = compute;
  }

  /** With the weights of its start, with none, and with those of its end. */
  static List<Event.Gradients> of(
      String trial, TrainedNetwork network, Dataset data, Compute compute) {
    RunConfig config = network.run().orElseThrow();
    NetworkSpec spec = config.network().spec();
    Recipe recipe = config.recipe();
    Initializer zero = Initializer.constant(0);
    GradientProbe probe = new GradientProbe(trial, recipe, data, compute);
    return List.of(
        probe.with("start", config.newModel()),
        probe.with("zeros", Model.of(spec.layers(), spec.input(), zero, zero, recipe.seed())),
        probe.with("end", network.model()));
  }

  private Event.Gradients with(String weights, Model model) {
    PlanGradients source = PlanGradients.of(model, recipe, compute);
    double loss = source.compute(DatasetBatches.of(data, recipe, model).at(0), 0);
    Parameters gradients = source.gradients();
    List<GradientSizes> sizes =
        model.specs().stream()
            .filter(spec -> spec.role().learned())
            .map(spec -> GradientSizes.of(spec.name(), gradients.get(spec.name())))
            .toList();
    source.release();
    return new Event.Gradients(trial, weights, loss, sizes);
  }
}
