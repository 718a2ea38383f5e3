package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag;

/** Members as a barrier stage, which Spark starts all together or not at all. */
final class SparkJob {
  private final JavaSparkContext context;
  private final String group = "vitrine-" + UUID.randomUUID();
  private final Thread thread;
  private volatile Throwable failure;

  SparkJob(JavaSparkContext context, Assignment assignment) {
    this.context = context;
    thread = Thread.ofPlatform().daemon().name(group).unstarted(() -> run(assignment));
    thread.start();
  }

  private void run(Assignment assignment) {
    try {
      context.setJobGroup(group, "Members of a training", true);
      ClassTag<Integer> integers = scala.reflect.ClassTag$.MODULE$.apply(Integer.class);
      int members = assignment.members();
      RDD<Integer> numbers =
          context.parallelize(IntStream.range(0, members).boxed().toList(), members).rdd();
      numbers.barrier().mapPartitions(new MemberTask(assignment), false, integers).count();
    } catch (Exception | LinkageError e) {
      failure = e;
    }
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  /** Why it ended, if it ended badly. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** What a person can mend of a job that did not begin. */
  static Optional<UserException> mendable(Throwable failure) {
    String said = String.valueOf(failure.getMessage());
    if (said.contains("UnsupportedClassVersionError")) {
      return Optional.of(
          new UserException(
              "The executors run an older Java than this program's 25: point spark.executorEnv.JAVA_HOME at a JDK 25 or newer on every node",
              failure));
    }
    if (said.contains("ClassNotFoundException: dev.vitrine")) {
      return Optional.of(
          new UserException(
              "The executors do not have Vitrine's jars: give them with spark.jars", failure));
    }
    return Optional.empty();
  }

  void end() {
    try {
      thread.join(2_000);
      if (thread.isAlive()) {
        context.cancelJobGroup(group);
        thread.join(10_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
