package dev.vitrine.train;

import dev.vitrine.data.Dataset;
import dev.vitrine.image.Normalisation;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.EvaluationBuilder;
import dev.vitrine.nn.Folding;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Target;
import dev.vitrine.op.Softmax;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * Measures a classifier on a dataset, from its logits, or from its probabilities if it ends in a
 * softmax. Keeps its plan, so that it can be asked again and again, by one thread at a time.
 */
public final class Evaluator {
  /** How many examples it looks at at once, if there are so many. */
  public static final int BATCH = 256;

  private final Dataset data;
  private final Folding folding;
  private final Model.Network network;
  private final Plan plan;
  private final ExampleFeed examples;
  private final int classes;

  /**
   * An evaluator of a model, whose parameters are read anew at each {@link #evaluate}.
   *
   * @param model what is evaluated
   * @param data with classes
   * @param normalisation how pixels become numbers
   * @param compute what it runs on; it stays the caller's
   * @throws dev.vitrine.error.UserException if the data do not fit the model
   */
  public Evaluator(Model model, Dataset data, Normalisation normalisation, Compute compute) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(normalisation, "normalisation");
    Objects.requireNonNull(compute, "compute");
    this.data = data;
    folding = Folding.of(model);
    network = folding.network();
    examples = new ExampleFeed(data, normalisation, model.input());
    TargetFeed.of(data, Target.CLASS_NUMBER, model, network.output().shape());
    classes = network.output().shape().elements();
    plan =
        Planner.of(network.graph(), folding.parameters())
            .outputs(network.output())
            .batchSize(Math.min(BATCH, data.size()))
            .plan(compute.kernels(), compute.workers());
  }

  /**
   * Accuracy, loss and mistakes on all examples.
   *
   * @param keptMistakes how many of the worst mistakes to keep
   * @return the figures, with the worst mistakes first
   * @throws DivergedException if the network gives numbers that are not finite
   */
  public Evaluation evaluate(int keptMistakes) {
    return evaluate(keptMistakes, _ -> {});
  }

  /**
   * {@link #evaluate(int)}, telling how far it is.
   *
   * @param keptMistakes how many of the worst mistakes to keep
   * @param heard hears how many examples were looked at, after each batch, on this thread
   * @return the figures, with the worst mistakes first
   * @throws DivergedException if the network gives numbers that are not finite
   */
  public Evaluation evaluate(int keptMistakes, IntConsumer heard) {
    Objects.requireNonNull(heard, "heard");
    folding.refresh();
    EvaluationBuilder builder =
        new EvaluationBuilder(classes, Softmax.isOutput(network.output()), keptMistakes);
    float[] logits = new float[classes];
    for (int from = 0; from < data.size(); from += plan.batchSize()) {
      int count = Math.min(plan.batchSize(), data.size() - from);
      examples.at(null, from);
      examples.feed(plan, Model.INPUT, count);
      plan.run(count);
      for (int i = 0; i < count; i++) {
        plan.read(network.output(), i, logits);
        for (float logit : logits) {
          if (!Float.isFinite(logit)) {
            throw new DivergedException(
                "The network's output for example %s of data set %s is not finite"
                    .formatted(from + i, data.name()),
                null);
          }
        }
        builder.add(from + i, data.label(from + i), logits, 0);
      }
      heard.accept(from + count);
    }
    plan.release();
    return builder.build();
  }
}
