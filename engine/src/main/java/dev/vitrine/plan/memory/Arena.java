package dev.vitrine.plan.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays buffers out in one array so that those alive at the same step do not overlap: largest first,
 * each at the lowest place that is free during its whole life (greedy by size; Pisarchyk and Lee,
 * 2020). A buffer that takes over another's storage in place lives in the same slot.
 */
public final class Arena {
  /** Floats before the first buffer: an array's data starts 16 bytes into its cache line. */
  private static final int LEAD = 12;

  private record Slot(List<Buffer> buffers, int first, int last, int size, int[] offset) {}

  private Arena() {}

  /**
   * Where every buffer lies.
   *
   * @param floats how many the array has
   */
  public record Placement(List<Slot> slots, int floats) {
    /** Makes the array, and gives the buffers their places in it. */
    public float[] allocate() {
      float[] array = new float[floats];
      assign(array);
      return array;
    }

    /** Gives the buffers their places in an array that is not made. */
    public void assign() {
      assign(null);
    }

    private void assign(float[] array) {
      for (Slot slot : slots) {
        for (Buffer buffer : slot.buffers) {
          buffer.data = array;
          buffer.offset = slot.offset[0];
        }
      }
    }
  }

  /** Finds a place for every buffer that the steps touch and that has none yet. */
  public static Placement place(List<Step> steps, Iterable<Buffer> kept) {
    List<Buffer> buffers = lifetimes(steps, kept);
    List<Slot> placed = new ArrayList<>();
    long end = LEAD;
    List<Slot> slots = slots(steps, buffers);
    slots.sort(Comparator.comparingInt(Slot::size).reversed().thenComparingInt(Slot::first));
    for (Slot slot : slots) {
      long at = lowest(slot, placed);
      slot.offset[0] = (int) at;
      placed.add(slot);
      end = Math.max(end, Buffer.floats(at + slot.size));
    }
    return new Placement(slots, (int) end);
  }

  private static List<Buffer> lifetimes(List<Step> steps, Iterable<Buffer> kept) {
    List<Buffer> seen = new ArrayList<>();
    for (Buffer buffer : kept) {
      touch(buffer, 0, seen);
      touch(buffer, Integer.MAX_VALUE - 1, seen);
    }
    for (int s = 0; s < steps.size(); s++) {
      for (Buffer buffer : steps.get(s).reads()) {
        touch(buffer, s, seen);
      }
      for (Buffer buffer : steps.get(s).writes()) {
        touch(buffer, s, seen);
      }
    }
    return seen;
  }

  private static void touch(Buffer touched, int step, List<Buffer> seen) {
    Buffer buffer = touched.root();
    if (buffer.data != null) {
      return;
    }
    if (buffer.last < 0) {
      seen.add(buffer);
    }
    buffer.first = Math.min(buffer.first, step);
    buffer.last = Math.max(buffer.last, step);
  }

  /** Buffers, joined where a step may write in place of what it reads. */
  private static List<Slot> slots(List<Step> steps, List<Buffer> buffers) {
    Map<Buffer, List<Buffer>> chains = new HashMap<>();
    buffers.forEach(b -> chains.put(b, new ArrayList<>(List.of(b))));
    for (int s = 0; s < steps.size(); s++) {
      Buffer from = steps.get(s).inPlace();
      Buffer to = steps.get(s).writes().getFirst();
      boolean joins =
          from != null && isWhole(from) && isWhole(to) && from.last == s && to.first == s;
      if (joins && from.size == to.size && chains.get(from) != chains.get(to)) {
        List<Buffer> chain = chains.get(from);
        chain.addAll(chains.get(to));
        chains.put(to, chain);
      }
    }
    List<Slot> slots = new ArrayList<>();
    for (List<Buffer> chain : new java.util.LinkedHashSet<>(identity(chains, buffers))) {
      int first = chain.stream().mapToInt(b -> b.first).min().orElseThrow();
      int last = chain.stream().mapToInt(b -> b.last).max().orElseThrow();
      slots.add(new Slot(chain, first, last, chain.getFirst().size, new int[1]));
    }
    return slots;
  }

  private static boolean isWhole(Buffer buffer) {
    return buffer.data == null && buffer.root() == buffer;
  }

  private static List<List<Buffer>> identity(
      Map<Buffer, List<Buffer>> chains, List<Buffer> buffers) {
    return buffers.stream().map(chains::get).toList();
  }

  private static long lowest(Slot slot, List<Slot> placed) {
    List<Slot> rivals =
        placed.stream()
            .filter(p -> p.first <= slot.last && slot.first <= p.last)
            .sorted(Comparator.comparingInt(p -> p.offset[0]))
            .toList();
    long at = LEAD;
    for (Slot rival : rivals) {
      if (rival.offset[0] - at >= slot.size) {
        break;
      }
      at = Math.max(at, (long) rival.offset[0] + rival.size);
    }
    return at;
  }
}
