package dev.vitrine.run;

import dev.vitrine.error.Quote;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.transfer.Move;
import dev.vitrine.transfer.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A tensor with numbers that are not finite in single precision, from which no network computes
 * anything of use.
 *
 * @param tensor its place in the file
 * @param nans how many are no numbers
 * @param infinite how many are infinite
 * @param beyond how many of the infinite are finite in the file: single precision does not hold
 *     them
 */
public record Flaw(String tensor, long nans, long infinite, long beyond) {
  /** Refuses {@code null}. */
  public Flaw {
    Objects.requireNonNull(tensor, "tensor");
  }

  /** The flaws of a network's parameters, in their order. */
  static List<Flaw> of(Model model, Optional<Transfer> transfer) {
    List<Flaw> flaws = new ArrayList<>();
    for (ParameterSpec spec : model.specs()) {
      long nans = 0;
      long infinite = 0;
      for (float number : model.parameters().get(spec.name())) {
        nans += Float.isNaN(number) ? 1 : 0;
        infinite += Float.isInfinite(number) ? 1 : 0;
      }
      if (nans + infinite > 0) {
        Optional<Move> move = transfer.flatMap(known -> move(known, spec.name()));
        long beyond = infinite > 0 ? Math.min(infinite, move.map(Flaw::beyond).orElse(0L)) : 0;
        flaws.add(new Flaw(move.map(Move::from).orElse(spec.name()), nans, infinite, beyond));
      }
    }
    return flaws;
  }

  private static Optional<Move> move(Transfer transfer, String parameter) {
    return transfer.moves().stream().filter(move -> move.to().equals(parameter)).findFirst();
  }

  private static long beyond(Move move) {
    long beyond = 0;
    for (double number : move.tensor().doubles()) {
      beyond += Double.isFinite(number) && Float.isInfinite((float) number) ? 1 : 0;
    }
    return beyond;
  }

  /** {@return the flaw as a sentence without its full stop} */
  public String sentence() {
    List<String> words = new ArrayList<>();
    add(words, nans, "NaN");
    add(words, infinite - beyond, "infinite");
    add(words, beyond, "too large for single precision, where it is infinite");
    return "tensor %s has %s".formatted(Quote.of(tensor), String.join(" and ", words));
  }

  private static void add(List<String> words, long count, String what) {
    if (count > 0) {
      String are = count == 1 ? "is" : "are";
      String rest = count == 1 ? what : what.replace("it is", "they are");
      words.add("%s number%s that %s %s".formatted(count, count == 1 ? "" : "s", are, rest));
    }
  }
}
