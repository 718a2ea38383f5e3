package dev.vitrine.train;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.metrics.Regression;
import dev.vitrine.nn.Folding;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Target;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Measures how near the numbers that a network tells come to those of a dataset. */
public final class RegressionEvaluator {
  private final Dataset data;
  private final Targets.Numbers right;
  private final Folding folding;
  private final Plan plan;
  private final ExampleFeed examples;
  private final LossEvaluator loss;

  /**
   * An evaluator of a model, whose parameters are read anew at each {@link #evaluate}.
   *
   * @param model what is evaluated
   * @param loss whose mean is told, too
   * @param data with numbers of the shape of the network's output
   * @param normalisation how examples become inputs
   * @param compute what it runs on; it stays the caller's
   * @throws UserException if the data do not fit the model
   */
  public RegressionEvaluator(
      Model model, Loss loss, Dataset data, Normalisation normalisation, Compute compute) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(normalisation, "normalisation");
    Objects.requireNonNull(compute, "compute");
    this.data = data;
    folding = Folding.of(model);
    Model.Network network = folding.network();
    TargetFeed.of(data, Target.NUMBERS, model, network.output().shape());
    right = (Targets.Numbers) data.targets();
    examples = new ExampleFeed(data, normalisation, model.input());
    this.loss = new LossEvaluator(model, loss, data, normalisation, compute);
    plan =
        Planner.of(network.graph(), folding.parameters())
            .outputs(network.output())
            .batchSize(Math.min(Evaluator.BATCH, data.size()))
            .plan(compute.kernels(), compute.workers());
  }

  /**
   * Evaluates on all examples; sums are in double precision, in their order.
   *
   * @return how near it comes
   * @throws DivergedException if the network gives numbers that are not finite
   */
  public Regression evaluate() {
    return evaluate((_, _) -> {});
  }

  /** Hears of each example, in their order. */
  @FunctionalInterface
  public interface Heard {
    /**
     * An example was evaluated.
     *
     * @param example its place, from 0
     * @param told the numbers that the network tells; the next call writes over them
     */
    void example(int example, float[] told);
  }

  /**
   * {@link #evaluate()}, telling what the network says of each example.
   *
   * @param heard hears it, on this thread
   * @return how near it comes
   * @throws DivergedException if the network gives numbers that are not finite
   */
  public Regression evaluate(Heard heard) {
    Objects.requireNonNull(heard, "heard");
    folding.refresh();
    int width = right.shape().elements();
    double[] mean = mean(width);
    double[] errors = new double[width];
    double[] spread = new double[width];
    float[] told = new float[width];
    for (int from = 0; from < data.size(); from += plan.batchSize()) {
      int count = Math.min(plan.batchSize(), data.size() - from);
      examples.at(null, from);
      examples.feed(plan, Model.INPUT, count);
      plan.run(count);
      for (int i = 0; i < count; i++) {
        plan.read(folding.network().output(), i, told);
        heard.example(from + i, told);
        float[] wanted = right.read(from + i);
        for (int t = 0; t < width; t++) {
          double error = (double) told[t] - wanted[t];
          double distance = wanted[t] - mean[t];
          errors[t] += error * error;
          spread[t] += distance * distance;
        }
      }
    }
    plan.release();
    return result(errors, spread);
  }

  /** Counted from the first, so that the mean of equal numbers is that number, to the bit. */
  private double[] mean(int width) {
    double[] mean = new double[width];
    float[] first = right.read(0).clone();
    for (int i = 1; i < data.size(); i++) {
      float[] numbers = right.read(i);
      for (int t = 0; t < width; t++) {
        mean[t] += ((double) numbers[t] - first[t]) / data.size();
      }
    }
    for (int t = 0; t < width; t++) {
      mean[t] += first[t];
    }
    return mean;
  }

  private Regression result(double[] errors, double[] spread) {
    List<Regression.Fit> fits = new ArrayList<>();
    for (int t = 0; t < errors.length; t++) {
      fits.add(new Regression.Fit(errors[t] / data.size(), spread[t] / data.size()));
    }
    return new Regression(data.size(), loss.meanLoss(), fits);
  }
}
