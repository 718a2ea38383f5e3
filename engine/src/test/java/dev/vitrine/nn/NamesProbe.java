package dev.vitrine.nn;

import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Shape;
import java.util.stream.Collectors;

/** A process that prints what a network of classes without names is called, and its hash. */
final class NamesProbe {
  private NamesProbe() {}

  /** A network of a lambda, a method reference, an anonymous, a local and a named class. */
  static Model model() {
    record Local() implements Layer {
      @Override
      public Value apply(NetworkBuilder network, Value x) {
        return dense(network, x);
      }
    }
    Layer anonymous =
        new Layer() {
          @Override
          public Value apply(NetworkBuilder network, Value x) {
            return dense(network, x);
          }
        };
    Layer lambda = (network, x) -> network.add("inner", Linear.of(3), x);
    return Model.of(
        Sequential.of(
            lambda,
            NamesProbe::dense,
            anonymous,
            new Local(),
            Named.of("mine", (network, x) -> dense(network, x)),
            Linear.of(2)),
        Shape.of(4),
        Initializer.normal(1),
        Seed.of(7));
  }

  private static Value dense(NetworkBuilder network, Value x) {
    return network.add("fc", Linear.of(3).bias(false), x);
  }

  /** In words that are to be the same in every process. */
  static String describe() {
    Model model = model();
    return model.parameters().layout().entries().stream()
            .map(Layout.Entry::name)
            .collect(Collectors.joining(" "))
        + " | "
        + model.network().text().replace("\n", "")
        + " | "
        + model.parameters().hash();
  }

  /**
   * Prints {@link #describe}.
   *
   * @param args how many lambdas the JVM is to make first, so that it calls the others differently
   */
  public static void main(String... args) {
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      Runnable first = () -> System.out.print("");
      first.run();
    }
    System.out.println(describe());
  }
}
