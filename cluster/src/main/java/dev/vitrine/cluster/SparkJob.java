package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import scala.reflect.ClassTag;

/** A job of Spark's on a thread of its own, which can be ended from outside. */
final class SparkJob {
  private static final Pattern UNREGISTERED = Pattern.compile("Class is not registered: (\\S+)");

  private final JavaSparkContext context;
  private final String group = "vitrine-" + UUID.randomUUID();
  private final Thread thread;
  private volatile Throwable failure;

  /**
   * A job that begins now.
   *
   * @param what it is, for Spark's pages
   * @param work asks Spark, and waits
   */
  SparkJob(JavaSparkContext context, String what, Runnable work) {
    this.context = context;
    thread = Thread.ofPlatform().daemon().name(group).unstarted(() -> run(what, work));
    thread.start();
  }

  /** Members as a barrier stage, which Spark starts all together or not at all. */
  static SparkJob ofMembers(JavaSparkContext context, Assignment assignment) {
    ClassTag<Integer> integers = scala.reflect.ClassTag$.MODULE$.apply(Integer.class);
    int members = assignment.members();
    return new SparkJob(
        context,
        "Members of a training",
        () ->
            context
                .parallelize(IntStream.range(0, members).boxed().toList(), members)
                .rdd()
                .barrier()
                .mapPartitions(new MemberTask(assignment), false, integers)
                .count());
  }

  private void run(String what, Runnable work) {
    try {
      context.setJobGroup(group, what, true);
      work.run();
    } catch (Exception | LinkageError e) {
      failure = e;
    }
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  /** Waits a moment for its end. */
  void await(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a job ran", e);
    }
  }

  /** Why it ended, if it ended badly. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** As {@code spark.kryo.classesToRegister} wants it. */
  private static String registered(String name) {
    return name.endsWith("[]") ? "[L%s;".formatted(name.substring(0, name.length() - 2)) : name;
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
    Matcher unknown = UNREGISTERED.matcher(said);
    if (unknown.find()) {
      return Optional.of(
          new UserException(
              "spark.kryo.registrationRequired is true, but nobody registered %s, which Spark sends: name it in spark.kryo.classesToRegister, or set that to false"
                  .formatted(registered(unknown.group(1))),
              failure));
    }
    if (said.contains("InaccessibleObjectException")) {
      return Optional.of(
          new UserException(
              "Spark's Kryo serializer expects java.base to open java.nio, java.util and java.lang.invoke to it: start the program with spark-submit, which sees to it, or leave spark.serializer as it is",
              failure));
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
