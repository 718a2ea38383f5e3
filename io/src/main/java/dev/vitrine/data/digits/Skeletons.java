package dev.vitrine.data.digits;

import java.util.List;

/**
 * The ways in which people write the ten digits, designed by hand. Each line of a skeleton is a pose
 * (see {@link Skeleton#of}); the number before the poses says how common the way is.
 */
final class Skeletons {
  private static final List<List<Skeleton>> BY_DIGIT =
      List.of(
          zeros(), ones(), twos(), threes(), fours(), fives(), sixes(), sevens(), eights(), nines());

  private Skeletons() {}

  /** All ways of writing a digit, {@code 0 ≤ digit ≤ 9}. */
  static List<Skeleton> of(int digit) {
    return BY_DIGIT.get(digit);
  }

  /** One way of writing a digit, drawn by the skeletons' weights. */
  static Skeleton pick(int digit, Draws draws) {
    List<Skeleton> ways = of(digit);
    double sum = ways.stream().mapToDouble(Skeleton::weight).sum();
    double rest = draws.uniform(0, sum);
    for (Skeleton way : ways) {
      rest -= way.weight();
      if (rest < 0) {
        return way;
      }
    }
    return ways.getLast();
  }

  private static List<Skeleton> zeros() {
    return List.of(
        // A ring that begins at the top and closes there: narrow, wide, egg-shaped.
        Skeleton.of(
            8,
            "50 0, 31 12, 25 48, 31 87, 49 100, 68 88, 75 50, 68 12, 49 0",
            "52 0, 20 14, 3 50, 18 88, 50 100, 82 86, 96 50, 82 14, 50 1",
            "60 2, 28 12, 10 45, 16 85, 42 100, 72 84, 88 46, 84 14, 56 1"),
        // The end crosses over the beginning.
        Skeleton.of(
            3,
            "62 8, 40 2, 18 25, 10 62, 26 96, 58 94, 82 60, 84 22, 62 2, 42 12",
            "46 0, 24 14, 10 50, 22 92, 54 99, 82 72, 86 30, 66 6, 44 4, 26 12"),
        // Open at the top.
        Skeleton.of(
            1.5,
            "42 6, 20 24, 12 60, 28 96, 60 96, 84 62, 84 24, 66 2",
            "36 2, 16 26, 12 64, 32 98, 62 92, 78 58, 74 22, 58 6"));
  }

  private static List<Skeleton> ones() {
    return List.of(
        Skeleton.of(
            16, "50 0, 50 35, 50 68, 50 100", "55 0, 50 33, 47 68, 50 100", "46 0, 51 33, 53 68, 50 100"),
        // With a flag.
        Skeleton.of(
            2.5, "28 24, 42 14, 54 0!, 54 50, 54 100", "40 12, 48 7, 54 0!, 52 50, 52 100"),
        // With a flag and a base.
        Skeleton.of(
            1.5,
            "24 26, 40 16, 54 0!, 54 50, 54 98 / 22 99, 50 98, 86 98",
            "38 14, 46 9, 54 0!, 52 50, 52 98 / 30 99, 50 98, 76 98"));
  }

  private static List<Skeleton> twos() {
    return List.of(
        // A sharp corner at the bottom.
        Skeleton.of(
            4,
            "10 26, 26 5, 54 0, 76 18, 68 46, 40 74, 8 98!, 50 97, 92 98",
            "12 18, 34 2, 64 2, 80 20, 72 48, 44 76, 14 96!, 48 92, 94 94",
            "4 12, 36 6, 72 4, 82 14, 66 42, 36 72, 2 96!, 44 97, 84 100"),
        // A loop at the bottom.
        Skeleton.of(
            4,
            "12 20, 36 1, 66 4, 74 28, 60 62, 34 92, 10 97, 6 82, 26 76, 56 92, 98 90",
            "8 28, 26 4, 58 2, 72 24, 62 60, 38 90, 16 98, 10 88, 24 82, 50 94, 88 100",
            "14 14, 42 2, 68 8, 72 32, 54 66, 28 94, 4 90, 8 70, 32 72, 60 92, 100 84"),
        // Like a Z, and like a swan.
        Skeleton.of(
            2,
            "4 6, 40 4, 80 3!, 54 40, 26 72, 2 98!, 46 97, 90 97",
            "14 20, 36 2, 66 12!, 56 44, 36 76, 14 97!, 44 88, 90 98"));
  }

  private static List<Skeleton> threes() {
    return List.of(
        // Two bows that meet in a point.
        Skeleton.of(
            6,
            "12 12, 38 0, 70 8, 72 32, 36 47!, 72 54, 82 78, 56 99, 8 92",
            "18 16, 44 0, 72 12, 66 36, 46 46!, 76 58, 76 86, 44 100, 10 84",
            "8 8, 44 1, 80 10, 74 36, 30 50!, 66 54, 72 80, 44 100, 4 98"),
        // A flat top.
        Skeleton.of(
            1.5,
            "12 4, 44 3, 78 3!, 58 22, 38 42!, 70 50, 82 74, 54 99, 10 94",
            "16 8, 44 4, 72 2!, 56 24, 44 38!, 74 46, 78 80, 44 100, 6 88"),
        // A small loop in the middle.
        Skeleton.of(
            2,
            "14 12, 40 0, 70 10, 68 34, 44 48, 30 48, 36 40, 62 48, 80 70, 60 98, 10 94",
            "12 18, 36 2, 66 6, 70 30, 50 48, 38 52, 40 44, 60 50, 72 74, 48 100, 6 86"),
        // Round, without a point.
        Skeleton.of(
            1.5,
            "14 14, 42 0, 72 10, 68 34, 50 46, 70 58, 80 78, 54 100, 8 92",
            "16 8, 44 2, 68 14, 62 36, 54 48, 66 60, 72 80, 44 98, 4 94"));
  }

  private static List<Skeleton> fours() {
    return List.of(
        // Open: an angle, then a downstroke.
        Skeleton.of(
            6,
            "22 4, 16 30, 10 56!, 48 54, 92 50 / 74 2, 70 50, 66 100",
            "30 0, 18 30, 4 58!, 46 56, 86 56 / 72 6, 66 52, 62 98",
            "12 6, 10 28, 12 50!, 44 50, 80 46 / 82 0, 76 50, 72 100"),
        // Open and rounded.
        Skeleton.of(
            3,
            "16 6, 10 32, 16 50, 40 52, 74 42 / 76 2, 72 50, 66 100",
            "26 0, 12 34, 14 56, 44 56, 84 48 / 72 8, 66 52, 56 100"),
        // Without lifting the pen.
        Skeleton.of(
            3,
            "16 6, 10 34, 20 54, 48 50, 74 28, 80 4!, 74 50, 66 100",
            "24 2, 10 38, 22 54, 50 48, 70 30, 76 10!, 68 54, 56 100"),
        // Closed.
        Skeleton.of(
            3,
            "60 0, 34 32, 4 64!, 48 63, 94 62 / 61 0, 60 50, 60 100",
            "70 0, 38 28, 10 54!, 50 54, 88 52 / 71 1, 68 52, 64 100",
            "52 4, 34 26, 10 56!, 46 54, 84 52 / 60 0, 58 48, 56 100"));
  }

  private static List<Skeleton> fives() {
    return List.of(
        // One stroke with two corners.
        Skeleton.of(
            4,
            "86 2, 56 3, 28 4!, 22 24, 18 46!, 48 38, 80 56, 74 88, 40 100, 6 88",
            "78 2, 54 4, 34 6!, 26 26, 20 48!, 48 44, 70 58, 66 86, 36 100, 4 94",
            "98 0, 66 2, 38 6!, 28 24, 22 42!, 54 42, 74 62, 62 90, 32 100, 2 92"),
        // The bar comes last.
        Skeleton.of(
            4,
            "28 8, 22 26, 18 46!, 48 40, 78 58, 72 88, 38 100, 6 90 / 28 6, 58 3, 92 2",
            "30 14, 24 30, 20 46!, 46 44, 66 60, 60 88, 32 100, 2 90 / 34 8, 60 4, 98 0",
            "22 4, 22 24, 20 44!, 52 40, 80 62, 66 92, 38 100, 10 94 / 22 6, 54 6, 84 4"),
        // Like an S.
        Skeleton.of(
            2.5,
            "86 2, 52 4, 30 12, 26 34, 48 48, 68 64, 62 90, 36 100, 4 90",
            "80 4, 48 4, 28 20, 32 42, 54 54, 66 72, 52 94, 28 100, 4 94"));
  }

  private static List<Skeleton> sixes() {
    return List.of(
        Skeleton.of(
            6,
            "66 0, 38 16, 16 48, 12 80, 34 100, 66 90, 74 68, 54 52, 24 66, 14 82",
            "48 0, 26 24, 12 56, 16 88, 42 100, 66 86, 66 66, 46 58, 24 70, 16 86",
            "82 4, 44 16, 18 44, 10 76, 32 99, 68 92, 86 68, 66 46, 32 54, 14 74"),
        // A straight stem and a small belly.
        Skeleton.of(
            3,
            "56 0, 36 30, 18 62, 14 86, 34 100, 58 90, 62 74, 46 66, 26 76, 18 88",
            "38 0, 24 30, 14 60, 14 88, 36 100, 64 90, 70 70, 50 58, 28 66, 16 84"),
        // The belly curls inwards.
        Skeleton.of(
            2,
            "62 2, 36 16, 14 50, 16 86, 44 100, 72 84, 70 60, 46 52, 32 64, 40 76",
            "54 0, 28 22, 12 56, 18 90, 46 100, 68 84, 64 64, 44 60, 34 72, 44 80"));
  }

  private static List<Skeleton> sevens() {
    return List.of(
        Skeleton.of(
            7,
            "8 8, 44 5, 82 3!, 62 48, 46 100",
            "14 4, 46 6, 76 8!, 66 52, 58 100",
            "2 14, 44 10, 88 2!, 56 46, 30 100"),
        // With a small stroke at the left end.
        Skeleton.of(
            2.5,
            "12 22, 12 14, 14 5!, 46 5, 82 4!, 64 48, 50 100",
            "6 28, 6 16, 10 8!, 44 8, 80 2!, 66 50, 60 100"),
        // Rounded.
        Skeleton.of(
            3,
            "8 12, 40 4, 74 6, 78 24, 62 58, 48 100",
            "4 16, 34 8, 70 2, 76 22, 66 58, 62 100"),
        // With a bar.
        Skeleton.of(
            2,
            "8 8, 44 5, 82 3!, 60 48, 42 100 / 30 54, 56 50, 84 48",
            "12 6, 44 6, 78 8!, 64 52, 54 100 / 34 48, 58 48, 86 44"));
  }

  private static List<Skeleton> eights() {
    return List.of(
        // An S from the top right, closed by a line back up.
        Skeleton.of(
            6,
            "72 14, 50 0, 24 8, 20 28, 44 46, 68 62, 72 86, 46 100, 20 86, 26 64, 50 46, 76 24, 72 10",
            "80 10, 56 0, 30 10, 28 30, 48 46, 64 64, 62 90, 38 100, 18 86, 26 64, 50 44, 78 22, 82 8",
            "70 8, 46 0, 18 12, 20 34, 46 48, 74 62, 78 86, 48 100, 16 88, 18 66, 44 48, 66 30, 70 12"),
        // Open at the top right.
        Skeleton.of(
            2,
            "78 20, 62 2, 34 6, 24 26, 46 46, 66 64, 62 90, 36 100, 18 84, 32 62, 58 42, 88 8",
            "70 18, 52 2, 28 8, 24 28, 44 44, 62 62, 62 88, 38 100, 18 86, 28 64, 52 46, 76 30"),
        // From the top left.
        Skeleton.of(
            2,
            "30 12, 52 0, 76 10, 74 30, 48 48, 22 64, 18 86, 46 100, 76 86, 72 64, 48 46, 26 30, 30 8",
            "34 16, 54 0, 76 14, 68 34, 48 48, 28 66, 26 88, 48 100, 68 86, 64 66, 46 46, 32 30, 36 8"),
        // Two rings.
        Skeleton.of(
            1.5,
            "52 0, 28 8, 26 34, 50 46, 74 36, 74 10, 50 0 / 50 46, 20 58, 20 90, 50 100, 80 88, 78 58, 48 47",
            "52 2, 34 10, 32 34, 50 44, 68 36, 70 12, 50 2 / 50 44, 26 60, 26 90, 50 100, 74 90, 72 60, 50 46"));
  }

  private static List<Skeleton> nines() {
    return List.of(
        // A straight tail.
        Skeleton.of(
            6,
            "76 14, 54 0, 26 10, 16 34, 32 50, 58 40, 78 12!, 74 54, 68 100",
            "70 10, 48 0, 24 16, 24 38, 44 46, 64 34, 74 8!, 66 54, 54 100",
            "82 8, 54 2, 22 18, 12 42, 34 54, 66 40, 84 8!, 80 54, 78 100"),
        // The loop closes on a curved tail.
        Skeleton.of(
            4,
            "74 18, 54 0, 26 8, 18 34, 36 50, 62 40, 76 16, 76 50, 64 80, 44 100",
            "70 22, 50 2, 26 14, 22 38, 42 50, 64 38, 72 16, 72 52, 56 84, 26 98",
            "76 12, 52 0, 24 14, 20 40, 44 48, 68 32, 78 12, 74 54, 70 78, 66 100"),
        // A hooked tail.
        Skeleton.of(
            1.2,
            "76 16, 52 0, 24 12, 20 38, 42 50, 68 36, 78 14, 76 56, 66 88, 40 100, 16 90"));
  }
}
