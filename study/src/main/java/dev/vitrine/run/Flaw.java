package dev.vitrine.run;

import dev.vitrine.error.Quote;
import dev.vitrine.format.DType;
import dev.vitrine.nn.Model;
import dev.vitrine.onnx.OnnxConstant;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.tensor.Layout;
import dev.vitrine.transfer.Move;
import dev.vitrine.transfer.Transfer;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** Where a parameter's numbers come from. */
  private record Source(String place, StoredTensor tensor) {}

  /** The flaws of a network's parameters, in their order, then of an ONNX file's constants. */
  static List<Flaw> of(Model model, Optional<Transfer> transfer) {
    Map<String, Source> sources = new HashMap<>();
    transfer.ifPresent(found -> {
      for (Move move : found.moves()) {
        sources.putIfAbsent(move.to(), new Source(move.from(), move.tensor()));
      }
    });
    List<OnnxConstant> constants = new ArrayList<>();
    if (model.network() instanceof OnnxNetwork onnx) {
      onnx.tensors().forEach((name, tensor) -> sources.put(name, new Source(name, tensor)));
      constants.addAll(onnx.constants());
    }
    List<Flaw> flaws = new ArrayList<>();
    float[] values = model.parameters().values();
    for (Layout.Entry entry : model.parameters().layout().entries()) {
      parameter(entry, values, Optional.ofNullable(sources.get(entry.name())))
          .ifPresent(flaws::add);
    }
    constants.forEach(constant -> constant(constant).ifPresent(flaws::add));
    return flaws;
  }

  private static Optional<Flaw> parameter(
      Layout.Entry entry, float[] values, Optional<Source> source) {
    long nans = 0;
    long infinite = 0;
    for (int i = entry.offset(); i < entry.offset() + entry.shape().elements(); i++) {
      nans += Float.isNaN(values[i]) ? 1 : 0;
      infinite += Float.isInfinite(values[i]) ? 1 : 0;
    }
    if (nans + infinite == 0) {
      return Optional.empty();
    }
    long beyond = infinite > 0 ? source.map(from -> beyond(from.tensor())).orElse(0L) : 0;
    String place = source.map(Source::place).orElse(entry.name());
    return Optional.of(new Flaw(place, nans, infinite, Math.min(infinite, beyond)));
  }

  /** Only doubles hold finite numbers that singles do not. */
  private static long beyond(StoredTensor tensor) {
    long beyond = 0;
    for (double number : tensor.dtype() == DType.F64 ? tensor.doubles() : new double[0]) {
      beyond += isBeyond(number) ? 1 : 0;
    }
    return beyond;
  }

  private static boolean isBeyond(double number) {
    return Double.isFinite(number) && Float.isInfinite((float) number);
  }

  private static Optional<Flaw> constant(OnnxConstant constant) {
    long nans = 0;
    long infinite = 0;
    long beyond = 0;
    for (double number : constant.numbers()) {
      nans += Double.isNaN(number) ? 1 : 0;
      infinite += !constant.isBound() && Float.isInfinite((float) number) ? 1 : 0;
      beyond += !constant.isBound() && isBeyond(number) ? 1 : 0;
    }
    return nans + infinite == 0
        ? Optional.empty()
        : Optional.of(new Flaw(constant.name(), nans, infinite, beyond));
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
