package dev.vitrine.lab.trial;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.format.Folders;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.lab.journal.Entry;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.MemoryNeed;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunFolder;
import dev.vitrine.train.TrainingControl;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a trial as it is sent to another process: texts, numbers and bytes, nothing of the
 * engine.
 *
 * @param part what is to be trained
 * @param data where its data are found
 * @param run its folder so far, packed
 */
public record SentTrial(TrialPart part, DataPlace data, byte[] run) implements Serializable {
  /** {@return the trial's name} */
  public String id() {
    return part.id();
  }

  /**
   * Trains it in this process, in a folder of the moment.
   *
   * @param where a name of this process, such as {@code executor 1}
   * @param threads for it
   * @param steps who is told how it goes
   * @param control who may stop it
   * @return what came of it
   */
  public TrialAnswer train(String where, int threads, TrialSteps steps, TrainingControl control) {
    try {
      Path temporary = Files.createTempDirectory("vitrine-trial");
      try (Compute compute = Compute.of(threads)) {
        Path path = temporary.resolve(part.id());
        PackedRun.unpack(run, path);
        RunConfig config = new RunFolder(path).config();
        SharedData here = data.shared();
        requireData(config, here);
        Event event = new TrialRun(part, path, steps, control).train(config, here, compute);
        return new TrialAnswer(Entry.line(event), PackedRun.of(path), "");
      } finally {
        Folders.delete(temporary);
      }
    } catch (UserException e) {
      return TrialAnswer.refused(where, e.getMessage());
    } catch (IOException failure) {
      Path disk = Path.of(System.getProperty("java.io.tmpdir"));
      return TrialAnswer.refused(where, FileErrors.writing(disk, failure).getMessage());
    }
  }

  /** Data that are not here, or others than at home, are no fault of the trial's. */
  private static void requireData(RunConfig config, SharedData here) {
    MemoryNeed.ofTraining(config, here.source(config), KernelChoice.best().kernels(), 1)
        .requireAtMost(Runtime.getRuntime().maxMemory());
    config.data().found().requireSame(here.of(config));
  }
}
