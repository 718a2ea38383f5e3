package dev.vitrine.cluster;

import dev.vitrine.lab.trial.SentTrial;
import dev.vitrine.lab.trial.TrialAnswer;
import dev.vitrine.train.Progress;
import dev.vitrine.train.TrainingControl;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/**
 * A trial as Spark runs it: one task.
 *
 * @param trial what is to be trained
 * @param number by which the driver knows it
 * @param host where the driver listens
 * @param port its port
 * @param token what tells this study's tasks from anybody else who connects
 */
record TrialTask(SentTrial trial, int number, String host, int port, String token)
    implements Function<Integer, Object[]> {
  @Serial private static final long serialVersionUID = 1L;

  private static final long TELL_NANOS = 250_000_000L;

  @Override
  public Object[] call(Integer nothing) throws IOException {
    TaskContext task = TaskContext.get();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), Member.CONNECT_MILLIS);
      try (Wire wire = new Wire(socket)) {
        DataOutputStream out = wire.out();
        out.writeInt(Message.VERSION);
        out.writeUTF(token);
        out.writeInt(number);
        out.writeInt(task.cpus());
        out.writeUTF("");
        out.flush();
        TrainingControl control = new TrainingControl();
        Thread.ofVirtual().name("vitrine-trial-stops").start(() -> hear(wire, control));
        return sent(
            trial.train(
                "executor " + SparkEnv.get().executorId(),
                task.cpus(),
                new Telling(wire, task, control)::step,
                control));
      }
    }
  }

  /** Texts and bytes, which Kryo knows; a record it could not read. */
  private static Object[] sent(TrialAnswer answer) {
    return new Object[] {answer.event(), answer.run(), answer.refusal()};
  }

  /** What a task came to. */
  static TrialAnswer answer(Object... sent) {
    return new TrialAnswer((String) sent[0], (byte[]) sent[1], (String) sent[2]);
  }

  /** A word to stop, or a driver that is gone. */
  private static void hear(Wire wire, TrainingControl control) {
    try {
      wire.in().readByte();
    } catch (IOException e) {
      // Nobody is there who would take what comes of it.
      control.stop();
      return;
    }
    control.stop();
  }

  /** Tells now and then how far it is; a task that Spark has given up stops. */
  private static final class Telling {
    private final Wire wire;
    private final TaskContext task;
    private final TrainingControl control;
    private long told;

    Telling(Wire wire, TaskContext task, TrainingControl control) {
      this.wire = wire;
      this.task = task;
      this.control = control;
    }

    void step(Progress progress, long totalSteps) {
      if (task.isInterrupted()) {
        control.stop();
      }
      long now = System.nanoTime();
      if (told != 0 && now - told < TELL_NANOS && progress.step() < totalSteps) {
        return;
      }
      told = now;
      try {
        DataOutputStream out = wire.out();
        out.writeByte(Message.PROGRESS);
        out.writeLong(progress.step());
        out.writeDouble(progress.epochLoss());
        out.writeLong(progress.epochCorrect());
        out.writeLong(progress.epochImages());
        out.writeDouble(progress.windowLoss());
        out.writeLong(totalSteps);
        out.flush();
      } catch (IOException e) {
        control.stop(); // nobody listens
      }
    }
  }
}
