package dev.vitrine.run;

import dev.vitrine.data.DataOutline;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.Split;
import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.nn.Folding;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.plan.Planner;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.PlanGradients;
import dev.vitrine.train.Recipe;
import java.util.Locale;

/**
 * The memory that a training or an evaluation needs at least, known before its data are read.
 *
 * @param data bytes of images and labels
 * @param parameters bytes of the parameters and of what is kept for each of them
 * @param plans bytes of what layers compute, for a batch
 * @param confusion bytes of the counts of which class was read as which
 * @param loading bytes that are needed while data are read, and free again before the plans are
 *     made
 */
public record MemoryNeed(long data, long parameters, long plans, long confusion, long loading) {
  private static final int MEGABYTE = 20;

  /**
   * A need of data that are read where they stay.
   *
   * @param data bytes of images and labels
   * @param parameters bytes of the parameters and of what is kept for each of them
   * @param plans bytes of what layers compute, for a batch
   * @param confusion bytes of the counts of which class was read as which
   */
  public MemoryNeed(long data, long parameters, long plans, long confusion) {
    this(data, parameters, plans, confusion, 0);
  }

  /**
   * What Java holds besides, in bytes, measured: the program, and the nursery of 8 MB in which no
   * array of data or plans finds room.
   */
  private static final long ITSELF = 10L << MEGABYTE;

  /** How many classes data have at least; how many more is not known before they are read. */
  private static final int LEAST_CLASSES = 2;

  /**
   * {@return the part of a run's need that is known without computing its plans, for which its
   * parameters must be had: where already this is too much, nothing more is to be tried}
   *
   * @param config what the run computes
   * @param source the data
   */
  public static MemoryNeed withoutPlans(RunConfig config, DataSource source) {
    return withoutPlans(config, source, outputs(source.outline()));
  }

  /**
   * {@return the same of data of which it is known how many outputs tell their targets}
   *
   * @param config what the run computes
   * @param source the data
   * @param outputs how many
   */
  public static MemoryNeed withoutPlans(RunConfig config, DataSource source, int outputs) {
    DataOutline outline = source.outline();
    NetworkSpec spec = config.specFor(outline.shape(), outputs, source.name());
    // Beside each parameter stand its gradient, the optimiser's memory and the evaluators' copies.
    Recipe recipe = config.recipe();
    int memory = recipe.optimizer().state().size();
    // Local steps have a copy of parameters, gradients and memory, and sums of all that they move.
    int local =
        recipe.localSteps().isPresent()
            ? 3 + memory + (1 + memory) * (3 + recipe.cut().arrays())
            : recipe.cut().arrays();
    int arrays =
        (validation(config, outline) == 0 ? 3 : 4)
            + (recipe.earlyStop().isPresent() ? 1 : 0) // the best ones
            + local
            + memory;
    long counts = outline.targets().isPresent() ? 0 : confusion(spec);
    return new MemoryNeed(
        outline.bytes(outline.all()), arrays * bytes(spec), 0, counts, outline.loading());
  }

  /** How many outputs data need at least. */
  private static int outputs(DataOutline outline) {
    return outline.targets().map(Shape::elements).orElse(LEAST_CLASSES);
  }

  private static long validation(RunConfig config, DataOutline outline) {
    RunData.Use use = config.data().use();
    return use.validation() != 0 && outline.validation() != 0
        ? outline.validation()
        : Split.held(used(use.trainImages(), outline.train()), use.validation());
  }

  /**
   * {@return the part of an evaluation's need that is known without computing its plan}
   *
   * @param network what would look
   * @param source the data
   * @param counted whether it is counted which class is read as which
   */
  public static MemoryNeed withoutPlans(
      TrainedNetwork network, DataSource source, boolean counted) {
    DataOutline outline = source.outline();
    NetworkSpec spec = network.spec();
    return new MemoryNeed(
        // What has no test part of its own is read whole.
        outline.bytes(source.remark().isPresent() ? outline.all() : outline.test()),
        2 * bytes(spec),
        0,
        counted && outline.targets().isEmpty() ? confusion(spec) : 0,
        outline.loading());
  }

  /**
   * {@return the need of a run from data that are still to be read}
   *
   * @param config what the run computes
   * @param source the data
   * @param kernels the routines it would run on
   * @param threads how many it would run on
   */
  public static MemoryNeed ofTraining(
      RunConfig config, DataSource source, Kernels kernels, int threads) {
    DataOutline outline = source.outline();
    Recipe recipe = config.outlined(outline).recipe();
    NetworkSpec spec = config.specFor(outline.shape(), outputs(outline), source.name());
    Model model = Model.of(spec.layers(), spec.input());
    RunData.Use use = config.data().use();
    long test = used(use.testImages(), outline.test());
    long validation = validation(config, outline);
    MemoryNeed least = withoutPlans(config, source);
    return new MemoryNeed(
        least.data(),
        least.parameters(),
        trainingPlan(model, recipe, kernels, threads)
            + evaluationPlan(model, Math.min(Evaluator.BATCH, test), kernels, threads)
            + evaluationPlan(model, Math.min(Evaluator.BATCH, validation), kernels, threads),
        least.confusion(),
        least.loading());
  }

  /**
   * {@return the same with the plan of an evaluation of test images that are still to be read}
   *
   * @param network what would look
   * @param atOnce how many are given to the network in one batch
   * @param kernels the routines it would run on
   * @param threads how many it would run on
   */
  public MemoryNeed withPlan(TrainedNetwork network, long atOnce, Kernels kernels, int threads) {
    Model model = Model.of(network.spec().layers(), network.spec().input());
    long plan = evaluationPlan(model, atOnce, kernels, threads);
    return new MemoryNeed(data, parameters, plan, confusion, loading);
  }

  /**
   * 0 of a network that does not end in what is to be told, which is refused when it is trained.
   */
  private static long trainingPlan(Model model, Recipe recipe, Kernels kernels, int threads) {
    if (model.output().rank() != 1) {
      return 0;
    }
    Model.Training training = model.training(recipe.loss());
    Parameters gradients = Parameters.zeros(model.parameters().layout());
    return PlanGradients.planner(model, training, gradients)
        .batchSize(recipe.atOnce())
        .bytes(kernels, threads);
  }

  /** 0 of no images. */
  private static long evaluationPlan(Model model, long images, Kernels kernels, int threads) {
    if (images == 0) {
      return 0;
    }
    Folding folding = Folding.of(model);
    return Planner.of(folding.network().graph(), folding.parameters())
        .outputs(folding.network().output())
        .batchSize((int) images)
        .bytes(kernels, threads);
  }

  private static long used(int asked, long there) {
    return asked == 0 ? there : Math.min(asked, there);
  }

  /** Of a classifier's evaluation, which gathers the counts and then keeps a copy of them. */
  private static long confusion(NetworkSpec spec) {
    Shape output = Model.inference(spec.layers(), spec.input()).output().shape();
    long classes = output.rank() == 1 ? output.elements() : 0;
    return 2 * Long.BYTES * classes * classes;
  }

  /** Bytes of one array of all parameters, none of which is allocated. */
  private static long bytes(NetworkSpec spec) {
    return (long) Float.BYTES * Model.layout(spec.layers(), spec.input()).size();
  }

  /** {@return all of it, in bytes} */
  public long total() {
    return data + Math.max(loading, parameters + plans + confusion) + ITSELF;
  }

  /**
   * Checks that it is there.
   *
   * @param most what Java may use, in bytes
   * @throws UserException if it is not
   */
  public void requireAtMost(long most) {
    if (total() > most) {
      throw UserException.advising(
          String.format(
              Locale.ROOT,
              "This needs %,d MB of memory at least (data %,d, parameters %,d,%s%s Java itself %,d), but Java may use %,d",
              Math.ceilDiv(total(), 1L << MEGABYTE), // up: what is too much is more than there is
              mega(data),
              mega(parameters),
              part("outputs of layers", plans),
              part("confusion matrix", confusion)
                  + part("reading", loading > parameters + plans + confusion ? loading : 0),
              mega(ITSELF),
              mega(most)),
          "use a smaller batch or network, or more memory");
    }
  }

  private static String part(String name, long bytes) {
    return mega(bytes) == 0 ? "" : String.format(Locale.ROOT, " %s %,d,", name, mega(bytes));
  }

  private static long mega(long bytes) {
    return bytes >> MEGABYTE;
  }
}
