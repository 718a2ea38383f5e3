package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunCopy;
import dev.vitrine.run.Team;
import dev.vitrine.train.ShardSource;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A training's shards on the executors of a Spark application, one step at a time: the door.
 *
 * <pre>{@code
 * try (var compute = Compute.best();
 *     var team = SparkTeam.of(new JavaSparkContext(spark.sparkContext()))) {
 *   var run = Run.start(place, config, splits, compute, Optional.of(team));
 *   run.train(listener, control, Duration.ofMinutes(1));
 * }
 * }</pre>
 *
 * <p>The weights are those of the same recipe on one machine, bit for bit, whatever the number of
 * members: the recipe cuts a batch into shards, and one tree sums them. Members are tasks of one
 * barrier stage, which hold their places until {@link #close}; a lost executor costs time alone.
 * Members read the run's data by their name, so these must be found on every node under the same
 * path, or be drawn.
 */
public final class SparkTeam implements Team {
  private final JavaSparkContext context;
  private final int members;
  private final TeamNotes notes;
  private final Runnable after;
  private Broadcast<Object[]> rows;
  private Hub hub;

  SparkTeam(JavaSparkContext context, int members, Consumer<String> listener, Runnable after) {
    this.context = context;
    this.members = members;
    this.after = after;
    notes = new TeamNotes(listener, context.getConf().get("spark.driver.host", "localhost"));
  }

  /**
   * {@return a team of as many members as there are shards, or cores of executors if these are
   * fewer}
   *
   * @param context of a running application; it stays the caller's
   */
  public static SparkTeam of(JavaSparkContext context) {
    return of(context, 0, _ -> {});
  }

  /**
   * {@return a team}
   *
   * @param context of a running application; it stays the caller's
   * @param members how many, 0 for as many as {@link #of(JavaSparkContext)} takes
   * @param notes hears who came and who was lost, a sentence at a time
   * @throws UserException if that is a negative number
   */
  public static SparkTeam of(JavaSparkContext context, int members, Consumer<String> notes) {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(notes, "notes");
    if (members < 0) {
      throw UserException.expecting(
          "The number of members", "1 or more, or 0 for all", Integer.toString(members));
    }
    return new SparkTeam(context, members, notes, () -> {});
  }

  /** Has members learn from rows that the driver has read, in place of data by their name. */
  SparkTeam on(TrainingRows its) {
    rows = context.broadcast(its.sent());
    return this;
  }

  @Override
  public ShardSource join(RunConfig config, Model model) {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(model, "model");
    if (hub != null) {
      throw new IllegalStateException("A team does one run: close it, and make another");
    }
    int shards = config.recipe().cut().count();
    if (shards == 1) {
      throw UserException.advising(
          "A team shares the shards of a batch, but this recipe cuts it into none",
          "choose a %s of 2 or more",
          "number of shards");
    }
    if (members > shards) {
      throw UserException.advising(
          "%s members have no use for a batch of %s shards".formatted(members, shards),
          "choose fewer members, or a larger %s",
          "number of shards");
    }
    int used = Slots.require(context, members, shards);
    Hub first = new Hub(context, model, config, rows, used, notes);
    first.begin();
    hub = first;
    return first;
  }

  @Override
  public RunCopy copy(String place) {
    return HadoopRun.at(place, context.hadoopConfiguration(), notes::say);
  }

  /** {@return what a step cost so far, a sentence; empty before the first} */
  public String costs() {
    return notes.costs();
  }

  @Override
  public void close() {
    if (hub != null) {
      hub.close();
      if (!costs().isEmpty()) {
        notes.say(costs());
      }
      hub = null;
    }
    if (rows != null) {
      rows.destroy();
      rows = null;
    }
    after.run();
  }
}
