package dev.vitrine.plan;

import java.util.List;
import java.util.Objects;

/**
 * A step of a plan, told without being done.
 *
 * @param name what it computes
 * @param backward whether it belongs to the backward pass
 * @param tasks into how many independent parts it is cut for the largest batch
 * @param reads the places it reads; weights that were put into a form of their own are not among
 *     them
 * @param writes the places it writes
 * @param inPlace whether it writes where it reads
 * @param scratch floats of a task's own memory
 */
public record PlannedStep(
    String name,
    boolean backward,
    int tasks,
    List<Place> reads,
    List<Place> writes,
    boolean inPlace,
    int scratch) {
  /** How the numbers of a place lie. */
  public enum Form {
    /** {@code [block][element][16 examples]}. */
    LANES,
    /** {@code [example][channel / 16][row][column][16 channels]}, or row-major if an input. */
    EXAMPLES,
    /** Numbers that the batch shares. */
    SHARED,
    /** Numbers that the batch shares and that are not the plan's own: parameters, constants. */
    OUTSIDE
  }

  /**
   * Where numbers lie.
   *
   * @param number which of the plan's buffers, from 1, in the order of their first use; parts of
   *     one have its number
   * @param form how they lie
   * @param offset the first one's index in the plan's memory, or in the array outside
   * @param floats how many
   * @param first the number of the first step that touches the buffer
   * @param last the number of the last
   */
  public record Place(int number, Form form, int offset, int floats, int first, int last) {
    /** Refuses {@code null}. */
    public Place {
      Objects.requireNonNull(form, "form");
    }
  }

  /** Copies the lists. */
  public PlannedStep {
    Objects.requireNonNull(name, "name");
    reads = List.copyOf(Objects.requireNonNull(reads, "reads"));
    writes = List.copyOf(Objects.requireNonNull(writes, "writes"));
  }
}
