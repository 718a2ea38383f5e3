package dev.vitrine.bench.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.vitrine.bench.Batches;
import dev.vitrine.bench.Contender;
import dev.vitrine.bench.ContenderProcess;
import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Sgd;
import dev.vitrine.workload.Workload;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** PyTorch through DJL, by its functions rather than its trainer, which costs more a step. */
public final class DjlContender implements Contender {
  private static final Loss LOSS = Loss.softmaxCrossEntropyLoss();

  private final NDManager manager = NDManager.newBaseManager();
  private final DjlNetwork network;
  private final Batches batches;
  private final Rule rule;
  private final int[] input;
  private final DataType type;

  /** What an optimiser does to one parameter. */
  private interface Rule {
    void update(String name, NDArray weight, NDArray gradient);
  }

  /**
   * A training from a model's numbers.
   *
   * @param type the precision: floats as in the other frameworks, or doubles for reference
   */
  DjlContender(Workload workload, Model model, Dataset data, DataType type) {
    this.type = type;
    network = new DjlNetwork(model, manager, type);
    batches = new Batches(data, workload.recipe(), false);
    input = workload.network().input().sizes();
    rule = rule(workload);
  }

  /** DJL's own Adam adds its epsilon elsewhere; the property asks for PyTorch's formula. */
  private Rule rule(Workload workload) {
    return switch (workload.recipe().optimizer()) {
      case Sgd sgd ->
          Optimizer.sgd()
                  .setLearningRateTracker(Tracker.fixed((float) sgd.learningRate()))
                  .optMomentum((float) sgd.momentum())
                  .optWeightDecays((float) sgd.weightDecay())
                  .build()
              ::update;
      case Adam adam when Boolean.getBoolean("vitrine.parity") ->
          new PyTorchAdam(adam, manager)::update;
      case Adam adam ->
          Optimizer.adam()
                  .optLearningRateTracker(Tracker.fixed((float) adam.learningRate()))
                  .optBeta1((float) adam.beta1())
                  .optBeta2((float) adam.beta2())
                  .optEpsilon((float) adam.epsilon())
                  .optWeightDecays((float) adam.weightDecay())
                  .build()
              ::update;
      default -> throw new IllegalArgumentException("No translation of " + workload.recipe());
    };
  }

  @Override
  public double step() {
    batches.next();
    double loss;
    try (NDManager step = manager.newSubManager();
        GradientCollector tape = Engine.getInstance().newGradientCollector()) {
      NDArray mean = LOSS.evaluate(new NDList(labels(step)), new NDList(logits(step)));
      tape.backward(mean);
      loss = type == DataType.FLOAT64 ? mean.getDouble() : mean.getFloat();
    }
    network.learned().forEach(this::update); // after the tape, which would record it
    return loss;
  }

  private void update(String name, NDArray weight) {
    try (NDArray gradient = weight.getGradient()) {
      rule.update(name, weight, gradient);
    }
  }

  private NDArray logits(NDManager step) {
    int count = batches.count();
    ByteBuffer bytes = ByteBuffer.wrap(batches.pixels(), 0, count * input[0] * input[1] * input[2]);
    NDArray images =
        step.create(bytes, new Shape(count, input[0], input[1], input[2]), DataType.UINT8);
    NDArray pixels = images.toType(DataType.FLOAT32, false).divi(255).toType(type, false);
    return network.logits(pixels, true);
  }

  private NDArray labels(NDManager step) {
    return step.create(Arrays.copyOf(batches.labels(), batches.count()));
  }

  @Override
  public float[] parameter(String name) {
    return network.numbers().get(name).toType(DataType.FLOAT32, false).toFloatArray();
  }

  /** Says how many threads PyTorch may use, before it is loaded. */
  static void limit(int threads) {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
  }

  /** Serves {@link ContenderProcess}. */
  public static void main(String... args) {
    ContenderProcess.serve(new Make(), args);
  }

  /** Makes DJL contenders. */
  static final class Make implements Factory {
    @Override
    public String title() {
      Engine engine = Engine.getInstance();
      return "DJL %s + PyTorch %s".formatted(Engine.getDjlVersion(), engine.getVersion());
    }

    @Override
    public Contender open(Workload workload, Dataset data, int threads) {
      limit(threads);
      return new DjlContender(workload, workload.model(), data, DataType.FLOAT32);
    }
  }
}
