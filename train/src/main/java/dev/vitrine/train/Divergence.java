package dev.vitrine.train;

import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.tensor.Layout;
import java.util.Optional;

/** Finds where the first number that is not finite comes from, by running the step once more. */
final class Divergence {
  private Divergence() {}

  /**
   * What to say of a loss that is not finite.
   *
   * @param step the step's number, from 0
   */
  static String explain(GradientSource source, Batch batch, long step, Recipe recipe) {
    return sentence(
        step + 1,
        "the loss is not a finite number. It started in " + origin(source, batch, step, recipe),
        step == 0,
        recipe);
  }

  /**
   * What to say of a training whose numbers are not finite any more.
   *
   * @param step the step that showed it, from 1
   * @param untouched whether no update has been made yet
   */
  static String sentence(long step, String what, boolean untouched, Recipe recipe) {
    return "Training diverged at step %s: %s. %s"
        .formatted(step, what, Remedy.of(recipe, step, untouched));
  }

  /** The first parameter that is not finite. */
  static Optional<String> parameter(Model model) {
    return model.parameters().layout().entries().stream()
        .map(Layout.Entry::name)
        .filter(name -> !finite(model.parameters().get(name)))
        .findFirst();
  }

  private static String origin(GradientSource source, Batch batch, long step, Recipe recipe) {
    Model model = source.model();
    Model.Training training = source.training();
    int count = batch.size();
    Shards cut = recipe.cut();
    Optional<String> parameter = parameter(model);
    if (parameter.isPresent()) {
      return "%s, by the update of step %s".formatted(parameter.get(), step);
    }
    Value[] forward =
        training.graph().values().subList(0, training.forwardValues()).toArray(Value[]::new);
    try (Workers alone = new Workers(1)) {
      Plan plan =
          Planner.of(training.graph(), model.parameters())
              .outputs(forward)
              .batchSize(cut.largest(count))
              .plan(new ScalarKernels(), alone);
      for (int shard = 0; shard < cut.of(count); shard++) {
        int from = cut.from(shard, count);
        int size = cut.size(shard, count);
        batch.feed(plan, from, size);
        plan.run(from, size, count, step, recipe.seed());
        Optional<Value> bad = notFinite(plan, forward, size);
        if (bad.isPresent()) {
          return origin(model, bad.get());
        }
      }
    }
    return recipe.localSteps().isPresent()
        ? "a local step after the first"
        : "the mean of the losses";
  }

  private static Optional<Value> notFinite(Plan plan, Value[] forward, int count) {
    for (Value value : forward) {
      for (int i = 0; i < (value.perExample() ? count : 1); i++) {
        if (!finite(plan.read(value, i))) {
          return Optional.of(value);
        }
      }
    }
    return Optional.empty();
  }

  private static String origin(Model model, Value value) {
    Layer layer = model.inference().layers().get(value.scope());
    return layer == null
        ? "the loss"
        : "the output of layer %s, %s".formatted(value.scope(), layer.text());
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
