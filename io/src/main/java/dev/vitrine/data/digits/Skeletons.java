package dev.vitrine.data.digits;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ways in which people write the ten digits: the table {@code skeletons.txt}, designed by hand,
 * which explains its own form.
 */
final class Skeletons {
  private static final int DIGITS = 10;

  private static final List<List<Skeleton>> BY_DIGIT = load();

  private Skeletons() {}

  /** All ways of writing a digit, {@code 0 ≤ digit ≤ 9}. */
  static List<Skeleton> of(int digit) {
    return BY_DIGIT.get(digit);
  }

  /** One way of writing a digit, drawn by the skeletons' weights. */
  static Skeleton pick(int digit, Draws draws) {
    return pick(of(digit), draws);
  }

  /** One of these ways, drawn by their weights. */
  static Skeleton pick(List<Skeleton> ways, Draws draws) {
    double sum = 0;
    for (Skeleton way : ways) {
      sum += way.weight();
    }
    double rest = draws.uniform(0, sum);
    for (Skeleton way : ways) {
      rest -= way.weight();
      if (rest < 0) {
        return way;
      }
    }
    return ways.getLast();
  }

  /**
   * Reads the table: {@code digit}, {@code way} and pose lines; {@code #} begins a comment line.
   */
  static List<List<Skeleton>> read(Stream<String> lines) {
    return read(lines, DIGITS);
  }

  /** Reads a table of other symbols, numbered as digits are. */
  static List<List<Skeleton>> read(Stream<String> lines, int symbols) {
    List<List<Skeleton>> digits =
        Stream.generate(() -> (List<Skeleton>) new ArrayList<Skeleton>()).limit(symbols).toList();
    List<String> way = new ArrayList<>();
    int digit = 0;
    for (String line : (Iterable<String>) lines.map(String::strip)::iterator) {
      boolean heading = line.startsWith("digit ") || line.startsWith("way ");
      if (heading) {
        close(way, digits.get(digit));
      }
      if (line.startsWith("digit ")) {
        digit = Integer.parseInt(line.substring(6));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        way.add(line);
      }
    }
    close(way, digits.get(digit));
    return digits.stream().map(List::copyOf).toList();
  }

  /** Turns the lines of a way, its heading first, into a skeleton and clears them. */
  private static void close(List<String> way, List<Skeleton> ways) {
    if (!way.isEmpty()) {
      String[] heading = way.getFirst().split(" ", 3);
      double weight = Double.parseDouble(heading[1]);
      ways.add(Skeleton.of(heading[2], weight, way.subList(1, way.size())));
      way.clear();
    }
  }

  private static List<List<Skeleton>> load() {
    return load("skeletons.txt");
  }

  /** The ways of the ten digits that a table of this module holds. */
  static List<List<Skeleton>> load(String table) {
    try (InputStream in = Skeletons.class.getResourceAsStream(table)) {
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(table + " is missing from the module", unreadable);
    }
  }
}
