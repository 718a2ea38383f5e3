package dev.vitrine.data.digits;

import dev.vitrine.error.Range;
import dev.vitrine.random.RandomStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Symbols as paths of a pen, for those who draw them in other sizes, with other pens and on other
 * paper than {@link Digits} does: the same skeletons, hands and distortions, before a frame is put
 * around them.
 */
public final class Handwriting {
  /** How often a digit is written in one of the styles that {@link Digits} does not know. */
  private static final double STYLED = 0.25;

  private final List<List<Skeleton>> usual;
  private final List<List<Skeleton>> styles;

  private Handwriting(List<List<Skeleton>> usual, List<List<Skeleton>> styles) {
    this.usual = usual;
    this.styles = styles;
  }

  /**
   * {@return the ten digits, as {@link Digits} writes them, and now and then in the styles of
   * {@code styles.txt}: a 1 with a long flag, a 0 with a stroke through it}
   */
  public static Handwriting digits() {
    return new Handwriting(
        IntStream.range(0, 10).mapToObj(Skeletons::of).toList(), Skeletons.load("styles.txt"));
  }

  /** {@return the ten digits in the styles of {@code styles.txt} alone} */
  public static Handwriting styles() {
    return new Handwriting(Skeletons.load("styles.txt"), List.of());
  }

  /**
   * {@return the symbols of a table of skeletons}
   *
   * @param table lines as {@code skeletons.txt} explains them, {@code digit n} beginning symbol
   *     {@code n}
   * @param symbols how many there are, numbered from 0
   * @throws IllegalArgumentException if a skeleton is malformed
   */
  public static Handwriting of(Stream<String> table, int symbols) {
    Objects.requireNonNull(table, "table");
    return new Handwriting(Skeletons.read(table, symbols), List.of());
  }

  /** {@return how many symbols it can write, numbered from 0} */
  public int symbols() {
    return usual.size();
  }

  /**
   * {@return one writing of a symbol: points in hundredths of its height, about 0 … 100 across and
   * down before it is slanted and turned, then about the middle; radii as multiples of the pen's
   * own, which pressure changes along the stroke}
   *
   * @param symbol its number
   * @param random what the writing depends on
   * @param sloppiness how much it strays: 0 not at all, 1 as {@link Digits} does on average
   * @throws dev.vitrine.error.UserException if the sloppiness is negative or not finite
   * @throws IndexOutOfBoundsException if there is no such symbol
   */
  public PenPath write(int symbol, RandomStream random, double sloppiness) {
    Objects.requireNonNull(random, "random");
    Range.FROM_ZERO.require("The sloppiness", "0 or more", sloppiness);
    Draws draws = new Draws(random);
    boolean styled =
        draws.chance(STYLED) && symbol < styles.size() && !styles.get(symbol).isEmpty();
    List<Skeleton> ways = styled ? styles.get(symbol) : usual.get(symbol);
    return Painter.write(Skeletons.pick(ways, draws), sloppiness, draws);
  }
}
