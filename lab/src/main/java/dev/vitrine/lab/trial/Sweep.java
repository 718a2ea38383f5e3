package dev.vitrine.lab.trial;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.train.TrainingControl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/** Trains trials side by side, each on threads of its own. */
public final class Sweep {
  /** Different data that are kept where trials only begin. */
  private static final int KEPT = 2;

  private final Path folder;
  private final Trainings trainings;
  private final Log log;
  private final Options options;
  private final Optional<TrialTeam> team;
  private final SharedData data;
  private final Set<TrainingControl> running = new HashSet<>();
  private final Map<String, Integer> alike = new HashMap<>();
  private final AtomicReference<Throwable> fault = new AtomicReference<>();
  private Optional<String> stopped = Optional.empty();

  /**
   * How a sweep is run; none of it changes a result.
   *
   * @param jobs how many trials at once
   * @param threads for each
   * @param trialLimit how long a trial may take
   * @param alike after how many failures of one cause to stop; 0 for never
   * @param epochsKept whether the network's numbers are kept after every epoch
   */
  public record Options(
      int jobs, int threads, Optional<Duration> trialLimit, int alike, boolean epochsKept) {}

  /**
   * A sweep that has not begun.
   *
   * @param folder of the trials
   * @param trainings what their settings mean
   * @param log of what happens
   * @param options how many at once
   * @param team who trains them, if not this process; it stays the caller's
   */
  public Sweep(
      Path folder, Trainings trainings, Log log, Options options, Optional<TrialTeam> team) {
    this.folder = folder;
    this.trainings = trainings;
    this.log = log;
    this.options = options;
    this.team = team;
    data = new SharedData(trainings, team.isEmpty() ? options.jobs() + 1 : KEPT);
  }

  /**
   * Trains what is due, until all of it is done or the sweep is stopped.
   *
   * @param due which trials, and how far
   * @throws UserException if a file could not be written
   */
  public void train(List<Agenda.Goal> due) {
    log.due(due.size());
    Queue<Agenda.Goal> queue = new ConcurrentLinkedQueue<>(due);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(options.jobs(), due.size()); i++) {
      threads.add(Thread.ofPlatform().name("vitrine-trials-" + i).start(() -> work(queue)));
    }
    threads.forEach(Sweep::join);
    switch (fault.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** An interrupt stops the trials; they are waited for in any case. */
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Queue<Agenda.Goal> queue) {
    try (Trainer trainer = trainer()) {
      for (Agenda.Goal goal = queue.poll(); goal != null; goal = queue.poll()) {
        TrainingControl control = new TrainingControl();
        if (!enter(control)) {
          return;
        }
        try {
          train(goal, control, trainer);
        } finally {
          leave(control);
        }
      }
    } catch (RuntimeException | Error e) {
      fault.compareAndSet(null, e);
      stop("a fault");
    }
  }

  private Trainer trainer() {
    return team.<Trainer>map(far -> new FarTrainer(far, data, DataPlace.of(trainings)))
        .orElseGet(() -> new Trainer.Own(data, Compute.of(options.threads())));
  }

  private void train(Agenda.Goal goal, TrainingControl control, Trainer trainer) {
    Trial trial = goal.trial();
    String id = trial.id();
    RunConfig config = trainings.config(trial.settings());
    TrialPart part = new TrialPart(id, goal.epochs(), secondsLeft(id), options.epochsKept());
    log.add(new Event.Started(id, trial.point().arm(), trial.seed(), config.command()));
    log.add(
        trainer.train(
            part,
            folder.resolve(id),
            config,
            (progress, total) -> log.step(id, progress, total),
            control));
    log.record().trial(id).flatMap(known -> known.failure()).ifPresent(this::count);
  }

  /** Of what all parts of a trial may take together. */
  private double secondsLeft(String id) {
    double before = log.record().trial(id).map(TrialRecord::counted).orElse(0.0);
    return options
        .trialLimit()
        .map(most -> most.toMillis() * 1e-3 - before)
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** Numbers differ between failures of one cause. */
  private synchronized void count(Event.Failed failed) {
    String cause = failed.kind() + failed.cause().replaceAll("[-+]?\\d[\\d.,]*(e-?\\d+)?", "#");
    int many = alike.merge(cause, 1, Integer::sum);
    if (options.alike() > 0 && many >= options.alike()) {
      stop(
          many == 1
              ? "a trial failed: " + failed.cause()
              : "%s trials failed alike: %s".formatted(many, failed.cause()));
    }
  }

  private synchronized boolean enter(TrainingControl control) {
    return stopped.isEmpty() && running.add(control);
  }

  private synchronized void leave(TrainingControl control) {
    running.remove(control);
  }

  /**
   * Stops all trials after the steps that they are in, with a checkpoint each; no more are begun.
   *
   * @param why in words; the first reason stays
   */
  public synchronized void stop(String why) {
    stopped = stopped.or(() -> Optional.of(why));
    running.forEach(TrainingControl::stop);
  }

  /** {@return how many trials at once} */
  public int jobs() {
    return options.jobs();
  }

  /** {@return why it was stopped, if it was} */
  public synchronized Optional<String> stopped() {
    return stopped;
  }
}
