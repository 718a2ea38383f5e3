package dev.vitrine.web.rooms;

import dev.vitrine.data.DataFolders;
import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.run.Heap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The runs judged lately. They are judged one after another on a thread of their own, on half of
 * the processors, so that a training beside them goes on.
 */
final class JudgedRuns implements AutoCloseable {
  /** Their test data stay in memory. */
  private static final int MOST = 2;

  /** More than a person waits for. */
  private static final int MOST_WAITING = 4;

  private static final long END_SECONDS = 10;

  /**
   * How far a judgement is.
   *
   * @param read how many examples were read; 0 while it waits or the data are loaded
   * @param of how many there are; 0 while that is not known
   */
  record Progress(int read, int of) {}

  private static final class Job {
    private final AtomicReference<Progress> progress = new AtomicReference<>(new Progress(0, 0));
    private final CompletableFuture<Judged> judged = new CompletableFuture<>();
  }

  private final Compute compute;
  private final HeldRuns<Judged> runs;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("vitrine-page-judging").daemon().factory());
  private Job current = new Job();

  JudgedRuns(List<Path> folders, Optional<Path> dataFolder, Kernels kernels) {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    compute = new Compute(kernels, new Workers(threads));
    runs =
        new HeldRuns<>(
            folders,
            MOST,
            network ->
                Judged.of(network, DataFolders.ofSystem(dataFolder), compute, this::progressed),
            Judged::close);
  }

  /** A run that was judged, however long it takes. */
  Judged of(String run) {
    return runs.known(run).orElseGet(() -> outcome(job(run)));
  }

  /**
   * A run that was judged, if that is so within a moment.
   *
   * @param progress is told how far it is, if it is not
   */
  Optional<Judged> within(long millis, String run, AtomicReference<Progress> progress) {
    Optional<Judged> known = runs.known(run);
    if (known.isPresent()) {
      return known;
    }
    Job job = job(run);
    try {
      job.judged.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      progress.set(job.progress.get());
      return Optional.empty();
    } catch (ExecutionException _) {
      return Optional.of(outcome(job)); // throws what it ended with
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException(stopped.getMessage());
    }
    return Optional.of(outcome(job));
  }

  private static Judged outcome(Job job) {
    try {
      return job.judged.join();
    } catch (CompletionException ended) {
      switch (ended.getCause()) {
        case UserException wrong -> throw new UserException(wrong.getMessage(), wrong);
        case OutOfMemoryError none ->
            throw new UserException(
                "The memory does not suffice to judge this run beside what else is done", none);
        case null, default -> throw ended;
      }
    }
  }

  private synchronized Job job(String run) {
    Job known = jobs.get(run);
    if (known != null) {
      return known;
    }
    if (jobs.size() >= MOST_WAITING) {
      throw new UserException(
          "%s runs are judged or wait for it already: wait until one is done"
              .formatted(jobs.size()));
    }
    Job job = new Job();
    jobs.put(run, job);
    worker.execute(() -> judge(run, job));
    return job;
  }

  private void judge(String run, Job job) {
    begin(job);
    try {
      Judged judged = runs.with(run, Function.identity());
      forget(run);
      job.judged.complete(judged);
    } catch (RuntimeException | Error wrong) {
      forget(run);
      job.judged.completeExceptionally(wrong);
    } finally {
      Heap.sweep();
    }
  }

  private synchronized void begin(Job job) {
    current = job;
  }

  private synchronized void forget(String run) {
    jobs.remove(run);
  }

  private synchronized void progressed(int read, int of) {
    if (worker.isShutdown()) {
      throw new CancellationException("The page was closed");
    }
    current.progress.set(new Progress(read, of));
  }

  @Override
  public void close() {
    worker.shutdownNow();
    try {
      if (!worker.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        return; // it reads data still, with what would be closed; the process ends it
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    runs.close();
    compute.close();
  }
}
