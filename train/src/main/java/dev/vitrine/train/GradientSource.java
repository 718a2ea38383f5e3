package dev.vitrine.train;

import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.tensor.Parameters;
import java.util.Objects;

/**
 * Who computes a batch's loss and its gradients, for the model's parameters as they are. Everything
 * to be read is of the newest batch, on the thread that computed it.
 */
public interface GradientSource {
  /**
   * {@return gradients computed in this process, of whole batches or of shards, as the recipe says;
   * whether its steps are local is nothing to them}
   *
   * @param model whose parameters are read
   * @param recipe loss, batch size, shards, and the seed of random ops
   * @param compute what it runs on; it stays the caller's
   * @throws dev.vitrine.error.UserException if the loss does not fit the network
   */
  static GradientSource of(Model model, Recipe recipe, Compute compute) {
    Objects.requireNonNull(recipe, "recipe");
    return recipe.shards().isPresent()
        ? ShardedGradients.of(model, recipe, compute)
        : PlanGradients.of(model, recipe, compute);
  }

  /**
   * {@return what a session takes its steps by, in this process: gradients, or rounds of local
   * steps if the recipe has such}
   *
   * @param model whose parameters are trained
   * @param recipe loss, batch size, shards, local steps, and the seed of random ops
   * @param compute what it runs on; it stays the caller's
   * @throws dev.vitrine.error.UserException if the loss does not fit the network
   */
  static GradientSource ofSteps(Model model, Recipe recipe, Compute compute) {
    Objects.requireNonNull(recipe, "recipe");
    return recipe.shards().isPresent()
        ? ofSteps(model, recipe, ShardWork.of(model, recipe, compute), compute)
        : of(model, recipe, compute);
  }

  /**
   * {@return the same by shards that somebody computes}
   *
   * @param model whose parameters are trained
   * @param recipe how a batch is cut, and whether its shards take steps of their own
   * @param source who computes them
   * @param compute who adds them up; it stays the caller's
   */
  static GradientSource ofSteps(Model model, Recipe recipe, ShardSource source, Compute compute) {
    Objects.requireNonNull(recipe, "recipe");
    return recipe.localSteps().isPresent()
        ? new LocalRounds(model, recipe, source, compute)
        : new ShardedGradients(model, recipe, source, compute);
  }

  /** {@return the network whose parameters it reads, and never writes} */
  Model model();

  /** {@return the graph that it computes} */
  Model.Training training();

  /**
   * Computes a batch.
   *
   * @param batch the examples
   * @param step its number, from 0, which random ops depend on
   * @return the mean loss of its examples
   */
  double compute(Batch batch, long step);

  /**
   * {@return the gradients of the objective, by parameter name, laid out as the parameters; what is
   * not learned has zeros} The array is the source's own: read it, or take copies with {@link
   * Parameters#get}.
   */
  Parameters gradients();

  /**
   * The network's output for an example.
   *
   * @param example its place in the batch
   * @param into where it goes, row-major
   */
  void output(int example, float[] into);

  /**
   * A statistic of the batch; the mean of its shards', each weighted by its share of the examples,
   * where the recipe cuts batches.
   *
   * @param value a mean or a variance that {@link Model.Training#statistics} names
   * @param into where it goes, row-major
   */
  void statistic(Value value, float[] into);

  /** Ends the reading of the newest batch: another thread may compute the next one. */
  void release();
}
