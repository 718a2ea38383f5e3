package dev.vitrine.train;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.EpochOrder;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.StepTime;
import dev.vitrine.tensor.Parameters;
import java.util.List;
import java.util.Map;

/**
 * A training that goes step by step: it can be stopped after any of them, its state saved, and gone
 * on with from that state to exactly the same end. The model's parameters are updated in place.
 */
public final class TrainingSession {
  private final Model model;
  private final Recipe recipe;
  private final Dataset data;
  private final Model.Training training;
  private final Plan plan;
  private final ParameterUpdate update;
  private final BufferUpdate buffers;
  private final ExampleBytes bytes;
  private final float[] table;
  private final float[] logits;
  private Parameters.Writer writer;
  private final int stepsPerEpoch;
  private int[] order;
  private long orderEpoch = -1;
  private long step;
  private double epochLoss;
  private long epochCorrect;
  private long epochImages;
  private double windowLoss;

  /**
   * A session at its start.
   *
   * @throws UserException if the data do not fit the model, or a batch is larger than the data
   */
  public TrainingSession(Model model, Recipe recipe, Dataset data, Compute compute) {
    this.model = model;
    this.recipe = recipe;
    this.data = data;
    writer = model.parameters().writer();
    if (recipe.batchSize() > data.size()) {
      throw new UserException(
          "The batch size %d is larger than the %d training examples of data set %s: choose a smaller --batch"
              .formatted(recipe.batchSize(), data.size(), data.name()));
    }
    int classes = Evaluator.checkFit(model, model.output(), data);
    training = model.training(recipe.loss());
    Parameters gradients = Parameters.zeros(model.parameters().layout());
    plan =
        Planner.of(training.graph(), model.parameters())
            .outputs(training.output(), training.loss())
            .outputs(BufferUpdate.read(training))
            .gradients(training.gradients(), gradients, training.forwardValues())
            .batchSize(recipe.batchSize())
            .plan(compute.kernels(), compute.workers());
    buffers = new BufferUpdate(training, plan, model.parameters());
    update = new ParameterUpdate(model, gradients, recipe, compute.workers());
    bytes = new ExampleBytes(data);
    table = recipe.normalisation().table(model.input());
    logits = new float[classes];
    stepsPerEpoch = (data.size() + recipe.batchSize() - 1) / recipe.batchSize();
  }

  /** Examples to a step. */
  public int batchSize() {
    return recipe.batchSize();
  }

  /** Steps to an epoch; the last batch may be smaller. */
  public int stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /** Steps of the whole training. */
  public long totalSteps() {
    return Math.min(recipe.maxSteps(), (long) stepsPerEpoch * recipe.epochs());
  }

  /** Steps done. */
  public long step() {
    return step;
  }

  /** Epochs that have ended, the last one perhaps early. */
  public long epochsDone() {
    return step / stepsPerEpoch + (atEpochEnd() && step % stepsPerEpoch != 0 ? 1 : 0);
  }

  /** Whether the last step of an epoch, or of the training, has just been done. */
  public boolean atEpochEnd() {
    return step > 0 && (step % stepsPerEpoch == 0 || step == totalSteps());
  }

  /** The learning rate of a step, before factors of single parameters. */
  public double learningRate(long ofStep) {
    return recipe.optimizer().learningRate() * recipe.schedule().factor(ofStep);
  }

  /**
   * Does one step on the next batch.
   *
   * @return the batch's mean loss before the update
   * @throws DivergedException if the loss is not finite; the parameters stay those of the step
   *     before
   * @throws IllegalStateException if another training changes the model's parameters, or has since
   *     the last step
   */
  public double advance() {
    begin();
    try {
      return trainOnNextBatch();
    } finally {
      plan.release();
      end();
    }
  }

  /** Keeps other trainings from the parameters until {@link #end}. */
  void begin() {
    writer.begin();
  }

  void end() {
    writer.end();
  }

  private double trainOnNextBatch() {
    int batch = (int) (step % stepsPerEpoch);
    if (batch == 0) {
      epochLoss = 0;
      epochCorrect = 0;
      epochImages = 0;
    }
    if (step % Progress.WINDOW == 0) {
      windowLoss = 0;
    }
    int from = batch * recipe.batchSize();
    int count = Math.min(recipe.batchSize(), data.size() - from);
    load(from, count);
    plan.run(count, step, recipe.seed());
    double loss = plan.number(training.loss());
    if (!Double.isFinite(loss)) {
      throw new DivergedException(
          Divergence.explain(model, training, bytes, data, count, step, recipe), null);
    }
    update.apply(learningRate(step), step);
    buffers.apply(count);
    windowLoss += loss;
    epochLoss += loss * count;
    epochImages += count;
    for (int i = 0; i < count; i++) {
      plan.read(training.output(), i, logits);
      epochCorrect += best(logits) == data.label(bytes.example(i)) ? 1 : 0;
    }
    step++;
    return loss;
  }

  /**
   * Checks that the parameters can be gone on with.
   *
   * @throws DivergedException if one is infinite or NaN
   */
  public void requireFinite() {
    Divergence.parameter(model)
        .ifPresent(name -> {
          throw diverged("its update made %s infinite or NaN".formatted(name), null);
        });
  }

  /** The exception for numbers that the last step's update spoilt. */
  DivergedException diverged(String what, Throwable cause) {
    return new DivergedException(Divergence.sentence(step, what, recipe), cause);
  }

  private void load(int from, int count) {
    long epoch = step / stepsPerEpoch;
    if (orderEpoch != epoch) {
      order = EpochOrder.of(data.size(), recipe.seed(), epoch);
      orderEpoch = epoch;
    }
    bytes.at(order, from);
    plan.input(Model.INPUT, count, bytes, table);
    for (int i = 0; i < count; i++) {
      plan.input(Model.TARGET, i, data.label(bytes.example(i)));
    }
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int c = 1; c < logits.length; c++) {
      if (logits[c] > logits[best]) {
        best = c;
      }
    }
    return best;
  }

  /** How far the session is. */
  public Progress progress() {
    return new Progress(step, epochLoss, epochCorrect, epochImages, windowLoss);
  }

  /** Starts to measure how long each step of the plan takes. */
  public void profile() {
    plan.profile();
  }

  /** Bytes of the plan's activations, gradients and scratch memory: all but the parameters. */
  public long planBytes() {
    return plan.bytes();
  }

  /** How long each step of the plan took since {@link #profile}. */
  public List<StepTime> stepTimes() {
    return plan.stepTimes();
  }

  /** All that is needed to go on from here; the arrays are the session's own, not copies. */
  public TrainingState state() {
    return new TrainingState(model.parameters(), update.state(), progress());
  }

  /**
   * Goes back or forward to a state.
   *
   * @throws UserException if it belongs to another network or optimiser
   */
  public void restore(TrainingState state) {
    long saved = state.progress().step();
    if (saved < 0 || saved > totalSteps()) {
      throw new UserException(
          "The checkpoint is of step %,d, but this training has %,d: the data are not those that it began with"
              .formatted(saved, totalSteps()));
    }
    writer = model.parameters().writer();
    begin();
    copy(state.parameters(), model.parameters());
    end();
    for (Map.Entry<String, Parameters> own : update.state().entrySet()) {
      Parameters memory = state.optimizer().get(own.getKey());
      if (memory == null) {
        throw new UserException(
            "The optimiser expects its '%s' in the checkpoint, which has %s"
                .formatted(own.getKey(), state.optimizer().keySet()));
      }
      copy(memory, own.getValue());
    }
    step = state.progress().step();
    epochLoss = state.progress().epochLoss();
    epochCorrect = state.progress().epochCorrect();
    epochImages = state.progress().epochImages();
    windowLoss = state.progress().windowLoss();
  }

  private static void copy(Parameters from, Parameters to) {
    to.layout().entries().forEach(entry -> to.set(entry.name(), from.get(entry.name())));
  }
}
