package dev.vitrine.cluster;

import dev.vitrine.lab.trial.TrialSteps;
import dev.vitrine.train.Progress;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The driver's lines to a trial: one, or more if Spark has started its task again. */
final class TrialLines {
  private final String trial;
  private final TrialSteps steps;
  private final Consumer<String> notes;
  private final List<Wire> open = new ArrayList<>();
  private boolean begun;
  private boolean stopped;
  private boolean closed;

  TrialLines(String trial, TrialSteps steps, Consumer<String> notes) {
    this.trial = trial;
    this.steps = steps;
    this.notes = notes;
  }

  /** A task has come. */
  synchronized void add(Wire wire) throws IOException {
    if (closed) {
      wire.close();
      return;
    }
    if (begun) {
      notes.accept("trial %s is trained anew on another executor".formatted(trial));
    }
    begun = true;
    open.add(wire);
    if (stopped) {
      tell(wire);
    }
    wire.patience(0);
    Thread.ofVirtual().name("vitrine-trial-" + trial).start(() -> hear(wire));
  }

  private void hear(Wire wire) {
    DataInputStream in = wire.in();
    try {
      while (in.readByte() == Message.PROGRESS) {
        Progress progress =
            new Progress(
                in.readLong(), in.readDouble(), in.readLong(), in.readLong(), in.readDouble());
        steps.step(progress, in.readLong());
      }
    } catch (IOException e) {
      // It is at its end, or gone: what came of it Spark says.
      gone(wire);
    }
  }

  private synchronized void gone(Wire wire) {
    open.remove(wire);
  }

  /**
   * Has it stop after the step that it is in, whichever task of it comes, too.
   *
   * @return whether any has come
   */
  synchronized boolean stop() {
    if (!stopped) {
      stopped = true;
      open.forEach(TrialLines::tell);
    }
    return begun;
  }

  private static void tell(Wire wire) {
    try {
      wire.out().writeByte(Message.END);
      wire.out().flush();
    } catch (IOException e) {
      // Who is gone needs not stop.
    }
  }

  synchronized void close() {
    closed = true;
    for (Wire wire : open) {
      try {
        wire.close();
      } catch (IOException e) {
        // It is gone.
      }
    }
  }
}
