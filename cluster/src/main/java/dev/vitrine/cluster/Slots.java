package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** Whether a cluster has room for all members at once, which a barrier stage needs. */
final class Slots {
  private static final long PATIENCE_MILLIS = 90_000;
  private static final long SETTLED_MILLIS = 1_500;
  private static final long LOOK_MILLIS = 100;
  private static final String DYNAMIC = "spark.dynamicAllocation.";
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[(\\d+),(\\d+),\\d+\\]");

  private Slots() {}

  /**
   * How many members there will be.
   *
   * @param asked how many, 0 for as many as have room and work
   * @param shards the most that have work
   * @throws UserException if there is not enough room
   */
  static int require(JavaSparkContext context, int asked, int shards) {
    if (isDynamic(context)) {
      throw new UserException(
          "A team needs its executors all the time, but spark.dynamicAllocation.enabled is true: set it to false");
    }
    int wanted = asked == 0 ? shards : asked;
    int slots = await(context.sc(), wanted, asked > 0);
    if (slots < Math.max(1, asked)) {
      throw new UserException(
          "%s members need as many cores of executors at once, but the cluster %s has %s: ask for fewer, or give it more executors"
              .formatted(Math.max(1, asked), context.master(), slots));
    }
    return Math.min(wanted, slots);
  }

  private static boolean isDynamic(JavaSparkContext context) {
    return context.getConf().getBoolean(DYNAMIC + "enabled", false);
  }

  /**
   * How many tasks of their own there is room for at once, as soon as executors have come. Where
   * they come only when there are tasks, it is how many may come.
   *
   * @throws UserException if none come, or nobody says how many may
   */
  static int await(JavaSparkContext context) {
    if (isDynamic(context)) {
      return most(context.getConf());
    }
    int slots = await(context.sc(), Integer.MAX_VALUE, false);
    if (slots == 0) {
      throw new UserException(
          "No executor of the cluster %s came within %s s: has it cores and memory left?"
              .formatted(context.master(), PATIENCE_MILLIS / 1000));
    }
    return slots;
  }

  private static int most(SparkConf conf) {
    int executors = conf.getInt(DYNAMIC + "maxExecutors", 0);
    if (executors < 1) {
      throw new UserException(
          "Executors come as they are needed, but nobody says how many may: set %smaxExecutors, or %senabled to false"
              .formatted(DYNAMIC, DYNAMIC));
    }
    return executors
        * Math.max(1, conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1));
  }

  /** Executors come one by one: waits until there are enough, or no more come. */
  private static int await(SparkContext context, int wanted, boolean all) {
    long start = System.currentTimeMillis();
    long changed = start;
    int slots = slots(context);
    while (slots < Math.min(wanted, ever(context)) && !context.isLocal()) {
      long now = System.currentTimeMillis();
      boolean settled = !all && slots > 0 && now - changed > SETTLED_MILLIS;
      if (settled || now - start > PATIENCE_MILLIS) {
        break;
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while executors started", e);
      }
      int found = slots(context);
      changed = found == slots ? changed : now;
      slots = found;
    }
    return slots;
  }

  /** More than a local cluster says that it has never come. */
  private static int ever(SparkContext context) {
    Matcher local = LOCAL_CLUSTER.matcher(context.master());
    return local.matches()
        ? Integer.parseInt(local.group(1))
            * Integer.parseInt(local.group(2))
            / context.getConf().getInt("spark.task.cpus", 1)
        : Integer.MAX_VALUE;
  }

  private static int slots(SparkContext context) {
    return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
  }
}
