package dev.vitrine.nn;

import dev.vitrine.op.Value;
import java.util.Locale;

/**
 * A part of a network: hyper-parameters that know how to add their ops and parameters to a graph. A
 * layer's {@code toString} has what one types to make it, as papers write it: {@code Conv2d(8, 1×7,
 * stride 2×1)} is {@code Conv2d.of(8, 1, 7).stride(2, 1)}; what is as ever is left out.
 */
@FunctionalInterface
public interface Layer {
  /**
   * Adds the layer to a graph; sizes that follow from the input are inferred from it.
   *
   * @param network the graph and the names in it
   * @param x the layer's input
   * @return its output
   * @throws dev.vitrine.error.UserException if the input does not fit
   */
  Value apply(NetworkBuilder network, Value x);

  /**
   * {@return what a {@link Sequential} calls the layer, before a number: {@code conv}, {@code
   * linear}; by default the class's name in lower case, without "2d"} A lambda or an anonymous
   * class, whose name the JVM or the compiler makes up, is a {@code layer}; {@link Named} gives it
   * a better one.
   */
  default String label() {
    Class<?> type = getClass();
    return type.isHidden() || type.isSynthetic() || type.isAnonymousClass()
        ? "layer"
        : type.getSimpleName().toLowerCase(Locale.ROOT).replace("2d", "");
  }

  /**
   * {@return the layer in words, the same in every process: its {@code toString}, or its {@link
   * #label} if its class has no {@code toString} of its own, as a lambda's}
   */
  default String text() {
    String text = toString();
    String identity = getClass().getName() + "@" + Integer.toHexString(hashCode());
    return text.equals(identity) ? label() : text;
  }
}
