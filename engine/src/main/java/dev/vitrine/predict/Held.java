package dev.vitrine.predict;

import dev.vitrine.kernel.Halves;
import dev.vitrine.nn.FoldedOnce;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Frozen;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The numbers of a predictor: each held once, and those of dense layers in 16 bits if they may. */
final class Held {
  /** Axes of a dense layer's weights, which may be kept in 16 bits. */
  private static final int DENSE = 2;

  private Held() {}

  /**
   * A model's numbers, folded.
   *
   * @param takes whether they may stay where they are; not all do if some are kept in 16 bits, for
   *     then their array is let go
   */
  static FoldedOnce of(Model model, boolean takes) {
    Parameters parameters = model.parameters();
    Set<String> brief = brief(model);
    boolean stay = takes && brief.isEmpty();
    Map<String, Frozen.Place> numbers = new HashMap<>();
    for (Layout.Entry entry : parameters.layout().entries()) {
      numbers.put(
          entry.name(),
          stay || brief.contains(entry.name())
              ? parameters.place(entry)
              : new Frozen.Place(parameters.get(entry.name()), 0));
    }
    FoldedOnce folded = FoldedOnce.of(model, numbers);
    for (String name : brief) {
      shorten(folded.folded(), name);
    }
    return folded;
  }

  /** The weights of dense layers that 16 bits hold, and that no normalisation becomes part of. */
  private static Set<String> brief(Model model) {
    Parameters parameters = model.parameters();
    Set<String> brief = new HashSet<>();
    for (Layout.Entry entry : parameters.layout().entries()) {
      if (entry.shape().rank() == DENSE
          && Halves.format(parameters.values(), entry.offset(), entry.shape().elements())
              .isPresent()) {
        brief.add(entry.name());
      }
    }
    if (!brief.isEmpty()) {
      brief.retainAll(FoldedOnce.untouched(model));
    }
    return brief;
  }

  /** 16 bits made of a parameter where it lies: there is no other copy of it. */
  private static void shorten(Frozen frozen, String name) {
    int outputs = frozen.layout().entry(name).shape().size(0);
    int terms = frozen.layout().entry(name).shape().size(1);
    Optional<Halves> halves =
        frozen.read(name, at -> Halves.of(at.array(), at.offset(), outputs, terms));
    frozen.<Optional<Halves>>form(name, Halves.class, () -> halves);
    halves.ifPresent(made -> frozen.restore(name, () -> made.singles(outputs)));
  }
}
