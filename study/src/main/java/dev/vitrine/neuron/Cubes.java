package dev.vitrine.neuron;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Few ANDs of inputs and negated inputs that together are a function (Quine and McCluskey). */
final class Cubes {
  private Cubes() {}

  /**
   * Rows that agree in some inputs.
   *
   * @param care the bits that are fixed
   * @param value what they are
   */
  record Cube(int care, int value) {
    boolean has(int row) {
      return (row & care) == value;
    }
  }

  /** Prime cubes that cover all true rows, each time the one that covers most of what is left. */
  static List<Cube> cover(Table table) {
    List<Cube> primes = primes(table);
    BitSet open = table.positives();
    List<Cube> chosen = new ArrayList<>();
    // What a cube covers of what is left grows never: the last count is a bound for the next.
    long[] bounds = new long[primes.size()];
    Arrays.fill(bounds, Long.MAX_VALUE);
    while (!open.isEmpty()) {
      Cube best = null;
      long most = 0;
      for (int i = 0; i < bounds.length; i++) {
        if (bounds[i] > most) {
          bounds[i] = open.stream().filter(primes.get(i)::has).count();
          if (bounds[i] > most) {
            best = primes.get(i);
            most = bounds[i];
          }
        }
      }
      Cube cube = best;
      chosen.add(cube);
      for (int row = open.nextSetBit(0); row >= 0; row = open.nextSetBit(row + 1)) {
        if (cube.has(row)) {
          open.clear(row);
        }
      }
    }
    return chosen;
  }

  private static List<Cube> primes(Table table) {
    int all = table.rows() - 1;
    Set<Cube> level = new HashSet<>();
    table.positives().stream().forEach(row -> level.add(new Cube(all, row)));
    List<Cube> primes = new ArrayList<>();
    Set<Cube> now = level;
    while (!now.isEmpty()) {
      Set<Cube> next = new HashSet<>();
      for (Cube cube : now) {
        boolean merged = false;
        for (int bit = 1; bit <= all; bit <<= 1) {
          if ((cube.care() & bit) != 0 && now.contains(new Cube(cube.care(), cube.value() ^ bit))) {
            next.add(new Cube(cube.care() & ~bit, cube.value() & ~bit));
            merged = true;
          }
        }
        if (!merged) {
          primes.add(cube);
        }
      }
      now = next;
    }
    // Sets have no order; the same question gets the same answer.
    primes.sort((a, b) ->
        a.care() == b.care()
            ? Integer.compare(b.value(), a.value())
            : Integer.compare(b.care(), a.care()));
    return primes;
  }
}
