package dev.vitrine.predict;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import java.util.LinkedHashSet;
import java.util.Set;

/** Says where infinite numbers and NaN come from. */
final class NotFinite {
  private NotFinite() {}

  /** {@return the index of the first number that is infinite or NaN, or −1} */
  static int first(float... numbers) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        return i;
      }
    }
    return -1;
  }

  /**
   * {@return what tells of an output that is not finite, with the first layer that is not, or the
   * input's number}
   *
   * @param number the output's
   */
  static UserException refusal(
      Predictor predictor, Model.Network network, float number, float... input) {
    int i = first(input);
    if (i >= 0) {
      return new UserException(
          "The network's output is not finite (%s), as number %s of its input is %s: give finite ones"
              .formatted(number, i + 1, input[i]));
    }
    String from =
        computing(network).stream()
            .filter(path -> first(predictor.layer(path).read(input)) >= 0)
            .findFirst()
            .map(path -> ", from the layer %s on".formatted(Quote.of(path)))
            .orElse("");
    return refusal(number, from);
  }

  /** The same with words between, such as where it comes from. */
  static UserException refusal(float number, String from) {
    return new UserException(
        "The network's output is not finite (%s)%s: it diverged in training, or this is not its preprocessing"
            .formatted(number, from));
  }

  /** The layers that compute something themselves, in the order in which they do. */
  private static Set<String> computing(Model.Network network) {
    Set<String> paths = new LinkedHashSet<>();
    for (Value value : network.graph().values()) {
      if (!(value.op() instanceof Leaf) && network.layers().containsKey(value.scope())) {
        paths.add(value.scope());
      }
    }
    return paths;
  }
}
