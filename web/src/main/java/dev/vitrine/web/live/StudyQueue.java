package dev.vitrine.web.live;

import dev.vitrine.data.DataFolders;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.journal.Journal;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.Heap;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Studies that the page started: they wait among the trainings, and do what the command line does,
 * to the bit. All methods may be called from any thread.
 */
public final class StudyQueue implements AutoCloseable {
  private final WorkQueue queue;
  private final Compute compute;
  private final Supplier<DataFolders> folders;
  private final Runnable changed;
  private final Witness witness;
  private final List<LiveStudy> studies = new CopyOnWriteArrayList<>();

  /**
   * No studies yet.
   *
   * @param queue whose turn they await
   * @param folders where data are looked for
   * @param compute what is computed runs on; it stays the caller's
   * @param changed called whenever one stands otherwise, on that one's threads
   * @param witness hears what went wrong
   */
  public StudyQueue(
      WorkQueue queue,
      Supplier<DataFolders> folders,
      Compute compute,
      Runnable changed,
      Witness witness) {
    this.queue = queue;
    this.folders = folders;
    this.compute = compute;
    this.changed = changed;
    this.witness = witness;
  }

  /** {@return how each stands, the oldest first} */
  public List<StudyNews> news() {
    return studies.stream().map(LiveStudy::status).toList();
  }

  /**
   * Adds a study.
   *
   * @param start what is to begin or to go on
   * @return its number
   * @throws UserException if it works or waits already, here or elsewhere, or too much waits
   */
  public synchronized int add(StudyStart start) {
    Path folder = start.study().folder();
    String whole = folder.toString();
    if (studies.stream().anyMatch(s -> !s.isOver() && s.status().folder().equals(whole))) {
      throw new UserException(
          "The study in %s works or waits here already: stop it first, or choose another name"
              .formatted(folder));
    }
    if (Journal.isHeld(folder)) {
      throw new UserException(
          "Another process works on the study in %s: wait for its end, or choose another name"
              .formatted(folder));
    }
    queue.requireRoom();
    LiveStudy study = new LiveStudy(studies.size() + 1, start, changed);
    studies.add(study);
    queue.add(
        new WorkQueue.Work(
            "study",
            study.number(),
            study.status().study(),
            study::isOver,
            () -> run(study),
            study::stop));
    changed.run();
    return study.number();
  }

  /**
   * Ends one, as it can be gone on with.
   *
   * @param number its number
   * @throws UserException if there is none
   */
  public void stop(int number) {
    study(number).stop();
    queue.changed();
  }

  private LiveStudy study(int number) {
    return studies.stream()
        .filter(study -> study.number() == number)
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "There is no study %s here: the page was started again since".formatted(number)));
  }

  private void run(LiveStudy study) {
    try {
      study.run(folders.get(), compute);
    } catch (UserException wrong) {
      fail(study, wrong.getMessage());
    } catch (OutOfMemoryError none) {
      fail(study, "The memory does not suffice for this study: run fewer trials at once");
    } catch (RuntimeException | Error fault) {
      witness.fault(fault);
      study.fail("That is a fault of Vitrine's: " + fault);
    } finally {
      Heap.sweep();
    }
  }

  private void fail(LiveStudy study, String sentence) {
    study.fail(sentence);
    witness.note("The study %s: %s".formatted(study.status().study(), sentence));
  }

  /** Stops what works, so that it can be gone on with, and forgets what waits. */
  @Override
  public void close() {
    studies.forEach(LiveStudy::stop);
  }

  /** Says how to go on with what was stopped. */
  public void sayWhatIsLeft() {
    for (StudyNews news : news()) {
      Optional<String> onward = news.goesOnWith();
      boolean left = news.phase() != StudyNews.Phase.FINISHED;
      onward
          .filter(_ -> left)
          .ifPresent(command ->
              witness.note("The study %s goes on with: %s".formatted(news.study(), command)));
    }
  }
}
