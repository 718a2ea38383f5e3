package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.trial.SentTrial;
import dev.vitrine.lab.trial.TrialAnswer;
import dev.vitrine.lab.trial.TrialSteps;
import dev.vitrine.lab.trial.TrialTeam;
import dev.vitrine.train.TrainingControl;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A study's trials as tasks of a Spark application: the door.
 *
 * <pre>{@code
 * try (var team = SparkTrials.of(new JavaSparkContext(spark.sparkContext()));
 *     var run = StudyRun.begin(study, options.jobs("jobs", team.room()), listener, Optional.of(team))) {
 *   run.run();
 * }
 * }</pre>
 *
 * <p>What comes of a trial is its task's result, of which Spark takes one, however many copies of
 * the task it started: a lost executor costs what its trials had done, and they begin again from
 * what they were sent. Trials say over a socket how far they are, and hear there that they are to
 * stop.
 */
public final class SparkTrials implements TrialTeam {
  private static final int LOOK_MILLIS = 100;

  private final JavaSparkContext context;
  private final Consumer<String> notes;
  private final Runnable after;
  private final int room;
  private final Rendezvous here;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, TrialLines> lines = new ConcurrentHashMap<>();

  SparkTrials(JavaSparkContext context, Consumer<String> notes, Runnable after) {
    this.context = context;
    this.notes = notes;
    this.after = after;
    room = Slots.await(context);
    String host = context.getConf().get("spark.driver.host", "localhost");
    try {
      here = new Rendezvous(Rendezvous.address(host));
    } catch (IOException e) {
      throw new UserException("The driver cannot listen at " + host, e);
    }
    Thread.ofPlatform().daemon().name("vitrine-trials-come").start(this::receive);
  }

  /**
   * {@return a team on all executors that there are}
   *
   * @param context of a running application; it stays the caller's
   * @throws UserException if it has no executors
   */
  public static SparkTrials of(JavaSparkContext context) {
    return of(context, _ -> {});
  }

  /**
   * {@return a team on all executors that there are}
   *
   * @param context of a running application; it stays the caller's
   * @param notes hears where trials are trained anew, a sentence at a time
   * @throws UserException if it has no executors
   */
  public static SparkTrials of(JavaSparkContext context, Consumer<String> notes) {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(notes, "notes");
    return new SparkTrials(context, notes, () -> {});
  }

  @Override
  public int room() {
    return room;
  }

  /**
   * Trials that have come are told apart by their number; a task that Spark repeats has the same.
   */
  private void receive() {
    try {
      while (true) {
        Rendezvous.Arrival arrival = here.next();
        if (arrival == null) {
          continue;
        }
        TrialLines its = lines.get(arrival.number());
        if (its == null) {
          arrival.wire().close(); // a copy whose other has come to its end
        } else {
          its.add(arrival.wire());
        }
      }
    } catch (IOException e) {
      // The team is closed: nobody is awaited.
      return;
    }
  }

  @Override
  public Optional<TrialAnswer> train(SentTrial trial, TrialSteps steps, TrainingControl control) {
    Objects.requireNonNull(trial, "trial");
    int number = numbers.incrementAndGet();
    TrialLines its = new TrialLines(trial.id(), steps, notes);
    lines.put(number, its);
    TrialTask task = new TrialTask(trial, number, here.host(), here.port(), here.token());
    AtomicReference<TrialAnswer> answer = new AtomicReference<>();
    SparkJob job =
        new SparkJob(
            context,
            "Trial " + trial.id(),
            () ->
                answer.set(TrialTask.answer(context.parallelize(List.of(0), 1).map(task).first())));
    try {
      while (!job.isOver()) {
        job.await(LOOK_MILLIS);
        if (control.stopped() && !its.stop()) {
          break; // It waits for an executor: there is nothing to keep.
        }
      }
      if (answer.get() == null && job.failure().isPresent() && !control.stopped()) {
        throw failed(trial, job.failure().get());
      }
      return Optional.ofNullable(answer.get());
    } finally {
      lines.remove(number);
      its.close();
      job.end();
    }
  }

  private static RuntimeException failed(SentTrial trial, Throwable why) {
    return SparkJob.mendable(why)
        .orElseGet(() ->
            new UserException(
                "Spark gave up the trial %s: %s"
                    .formatted(
                        trial.id(),
                        String.valueOf(why.getMessage()).lines().findFirst().orElse("")),
                why));
  }

  @Override
  public void close() {
    try {
      here.close();
    } catch (IOException e) {
      // Nobody can come any more, which is what was wanted.
    }
    after.run();
  }
}
