package dev.vitrine.train;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.tensor.Parameters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A training that goes step by step: batches, gradients, updates and measures put together. It can
 * be stopped after any step, its state saved, and gone on with from that state to exactly the same
 * end. The model's parameters are updated in place.
 */
public final class TrainingSession {
  private final Model model;
  private final Recipe recipe;
  private final Compute compute;
  private final BatchSource batches;
  private final GradientSource gradients;
  private final ParameterUpdate update;
  private final BufferUpdate averages;
  private final ProgressMeter meter;
  private final Course course;
  private final Standing standing;

  /**
   * A session at its start, on a dataset's batches and gradients computed here.
   *
   * @param model whose parameters are trained, in place
   * @param recipe how it is trained
   * @param data what is learned from
   * @param compute what it runs on; it stays the caller's
   * @throws UserException if the data do not fit the model, or a batch is larger than the data
   */
  public TrainingSession(Model model, Recipe recipe, Dataset data, Compute compute) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(compute, "compute");
    this(
        recipe,
        DatasetBatches.of(data, recipe, model),
        GradientSource.ofSteps(model, recipe, compute),
        compute);
  }

  /**
   * A session at its start.
   *
   * @param recipe optimiser, schedule and length
   * @param batches the examples of each step
   * @param gradients of the batches, or {@link GradientSource#ofSteps} where steps are local; their
   *     model's parameters are trained, in place
   * @param compute what updates run on; it stays the caller's
   * @throws IllegalArgumentException if the recipe's steps are local and the source's are not, or
   *     the other way round
   */
  public TrainingSession(
      Recipe recipe, BatchSource batches, GradientSource gradients, Compute compute) {
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(batches, "batches");
    Objects.requireNonNull(gradients, "gradients");
    Objects.requireNonNull(compute, "compute");
    this.recipe = recipe;
    this.compute = compute;
    this.batches = batches;
    this.gradients = gradients;
    if (recipe.localSteps().isPresent() != gradients instanceof LocalRounds) {
      throw new IllegalArgumentException(
          "A session expects steps as its recipe has them: make them by GradientSource.ofSteps");
    }
    model = gradients.model();
    update = new ParameterUpdate(model, recipe, compute.workers());
    averages = new BufferUpdate(gradients);
    meter = new ProgressMeter(gradients.training().output().shape().elements());
    course = Course.of(recipe, batches);
    standing = new Standing(recipe, course);
  }

  /** {@return how long the training is} */
  public Course course() {
    return course;
  }

  /** {@return how many steps are done} */
  public long step() {
    return meter.step();
  }

  /** {@return how far the session is} */
  public Progress progress() {
    return meter.progress();
  }

  /**
   * {@return the learning rate of a step, from 0, before factors of single parameters}
   *
   * @param ofStep the step's number, from 0
   */
  public double learningRate(long ofStep) {
    return recipe.optimizer().learningRate() * recipe.schedule().factor(ofStep, standing.past());
  }

  /** {@return whether the training is at its end: the course's, or an early one} */
  public boolean isOver() {
    return step() >= course.totalSteps() || standing.isOver();
  }

  /** {@return the epoch whose numbers the network has at the end, if the recipe keeps the best} */
  public OptionalInt bestEpoch() {
    return standing.bestEpoch();
  }

  /**
   * Notes what validation gave after an epoch that has just ended, on which the rest of the
   * training may depend. {@link #run} does it by itself.
   *
   * @param loss the mean loss of the validation examples
   * @throws IllegalStateException if no epoch has just ended, or it was noted
   */
  public void validated(double loss) {
    standing.validated(step(), loss, model.parameters());
  }

  /**
   * Checks that there is what the recipe depends on.
   *
   * @param validation to be evaluated on after every epoch
   * @throws UserException if the recipe depends on validation and there are none
   */
  public void requireValidation(Optional<Dataset> validation) {
    Objects.requireNonNull(validation, "validation");
    if (recipe.watchesValidation() && validation.isEmpty()) {
      throw UserException.advising(
          recipe.earlyStop().isPresent()
              ? "Early stopping expects validation data, but there are none"
              : "The schedule expects validation data, but there are none",
          "choose a %s above 0",
          "validation share");
    }
  }

  /** {@return the gradients of the newest step, as {@link GradientSource#gradients} gives them} */
  public Parameters gradients() {
    return gradients.gradients();
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
    update.writer().begin();
    try {
      return trainOnNextBatch();
    } finally {
      gradients.release();
      update.writer().end();
    }
  }

  private double trainOnNextBatch() {
    long step = meter.step();
    Batch batch = batches.at(step);
    double rate = learningRate(step);
    if (Double.isInfinite(rate)) {
      throw diverged("its schedule made the learning rate infinite", null);
    }
    double loss =
        gradients instanceof LocalRounds rounds
            ? rounds.compute(batch, step, rate, update.state())
            : gradients.compute(batch, step);
    if (!Double.isFinite(loss)) {
      throw new DivergedException(Divergence.explain(gradients, batch, step, recipe), null);
    }
    if (gradients instanceof LocalRounds rounds) {
      rounds.apply(update.state());
    } else {
      update.apply(gradients.gradients(), rate, step);
      averages.apply(batch.size(), recipe.cut().of(batch.size()));
    }
    meter.add(loss, batch, batches, gradients);
    return loss;
  }

  /**
   * Trains to the end, or until it is stopped.
   *
   * @param validation to be evaluated on after every epoch
   * @param listener who is told
   * @param control who may pause and stop it
   * @return what the epochs that ended meanwhile came to
   * @throws UserException if the recipe depends on validation, and there is nothing to validate on
   * @throws DivergedException if numbers become infinite or NaN
   * @throws IllegalStateException if another training changes the model's parameters meanwhile
   */
  public List<EpochSummary> run(
      Optional<Dataset> validation, TrainingListener listener, TrainingControl control) {
    Objects.requireNonNull(validation, "validation");
    Objects.requireNonNull(listener, "listener");
    Objects.requireNonNull(control, "control");
    requireValidation(validation);
    Optional<Validation> after =
        validation.map(data -> Validation.of(batches.labelled(), model, recipe, data, compute));
    TrainingLoop loop = new TrainingLoop(this, batches.labelled(), after, listener, control);
    update.writer().begin();
    List<EpochSummary> epochs;
    try {
      epochs = loop.run();
    } finally {
      update.writer().end();
    }
    if (isOver()) {
      standing.best().ifPresent(best -> copy(best, model.parameters()));
      update.goOn();
    }
    return epochs;
  }

  /**
   * Checks that the parameters can be gone on with.
   *
   * @throws DivergedException if one is infinite or NaN
   */
  void requireFinite() {
    Divergence.parameter(model)
        .ifPresent(name -> {
          throw diverged("its update made %s infinite or NaN".formatted(name), null);
        });
  }

  /** The exception for numbers that the last step's update spoilt. */
  DivergedException diverged(String what, Throwable cause) {
    return new DivergedException(Divergence.sentence(meter.step(), what, false, recipe), cause);
  }

  /**
   * {@return all that is needed to go on from here; the arrays are the session's own, not copies}
   *
   * @throws DivergedException if a parameter is infinite or NaN, so that nobody could
   */
  public TrainingState state() {
    requireFinite();
    return new TrainingState(
        model.parameters(), update.state(), progress(), standing.past(), standing.best());
  }

  /**
   * Goes back or forward to a state.
   *
   * @param state parameters, optimiser's memory and progress; copied
   * @throws UserException if it belongs to another network or optimiser
   */
  public void restore(TrainingState state) {
    Objects.requireNonNull(state, "state");
    long saved = state.progress().step();
    if (saved < 0 || saved > course.totalSteps()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "The checkpoint is of step %,d, but this training has %,d: its data, batch size, epochs or steps are not those that it began with",
              saved,
              course.totalSteps()));
    }
    copy(state.parameters(), model.parameters());
    update.goOn();
    for (Map.Entry<String, Parameters> own : update.state().entrySet()) {
      Parameters memory = state.optimizer().get(own.getKey());
      if (memory == null) {
        throw new UserException(
            "The optimiser expects its %s in the checkpoint, which has %s"
                .formatted(Quote.of(own.getKey()), state.optimizer().keySet()));
      }
      copy(memory, own.getValue());
    }
    meter.set(state.progress());
    standing.restore(state);
  }

  private static void copy(Parameters from, Parameters to) {
    to.layout().entries().forEach(entry -> to.set(entry.name(), from.get(entry.name())));
  }
}
