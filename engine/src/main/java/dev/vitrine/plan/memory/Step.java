package dev.vitrine.plan.memory;

import java.util.List;

/**
 * One pass of a plan: independent tasks that read and write buffers. Each output element is
 * computed by one task, so it does not matter which worker runs it.
 *
 * @param name what it computes, for profiles
 * @param reads buffers read
 * @param writes buffers written
 * @param inPlace a buffer whose storage the first written one may take over if nobody needs it
 *     after this step, or {@code null}
 * @param scratch floats of private scratch that a task needs
 * @param tasks how many tasks a batch needs
 * @param body what a task does
 */
public record Step(
    String name,
    List<Buffer> reads,
    List<Buffer> writes,
    Buffer inPlace,
    int scratch,
    Tasks tasks,
    Body body) {
  public interface Tasks {
    int count(Batch batch);
  }

  public interface Body {
    void run(int task, Batch batch, float[] scratch);
  }

  public Step(String name, List<Buffer> reads, List<Buffer> writes, Tasks tasks, Body body) {
    this(name, reads, writes, null, 0, tasks, body);
  }

  public Step inPlace(Buffer buffer) {
    return new Step(name, reads, writes, buffer, scratch, tasks, body);
  }

  public Step scratch(int floats) {
    return new Step(name, reads, writes, inPlace, floats, tasks, body);
  }
}
