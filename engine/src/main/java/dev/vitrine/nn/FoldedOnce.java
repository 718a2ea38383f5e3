package dev.vitrine.nn;

import dev.vitrine.graph.Rewrite;
import dev.vitrine.tensor.Frozen;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A model as it was trained and as it is folded (see {@link Folding}), with numbers that are held
 * once: those of the folded layers. The trained ones of these are made again when somebody asks for
 * them, bit by bit.
 *
 * @param whole the model's own graph
 * @param rewritten how that became the folded one
 * @param trained the numbers of the first
 * @param folded the numbers of the second
 */
public record FoldedOnce(
    Model.Network whole, Rewrite.Result rewritten, Frozen trained, Frozen folded) {
  /** Refuses {@code null}. */
  public FoldedOnce {
    Objects.requireNonNull(whole, "whole");
    Objects.requireNonNull(rewritten, "rewritten");
    Objects.requireNonNull(trained, "trained");
    Objects.requireNonNull(folded, "folded");
  }

  /**
   * {@return the names of the parameters that the folded graph reads and that folding does not
   * change}
   *
   * @param model what would be folded
   */
  public static Set<String> untouched(Model model) {
    Objects.requireNonNull(model, "model");
    Model.Network whole = model.inference();
    List<Folding.Fold> folds = Folding.folds(whole);
    Set<String> names = new HashSet<>();
    for (Layout.Entry entry : Folding.layout(Folding.rewrite(whole, folds).graph()).entries()) {
      names.add(entry.name());
    }
    folds.forEach(fold -> names.removeAll(List.of(fold.weight(), fold.bias())));
    return names;
  }

  /**
   * Folds a model.
   *
   * @param model what to fold
   * @param numbers where each of its parameters lies: they are taken, and changed there
   * @return both, with the numbers of this moment
   */
  public static FoldedOnce of(Model model, Map<String, Frozen.Place> numbers) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(numbers, "numbers");
    Model.Network whole = model.inference();
    List<Folding.Fold> folds = Folding.folds(whole);
    Rewrite.Result rewritten = Folding.rewrite(whole, folds);
    Layout trained = model.parameters().layout();
    if (folds.isEmpty()) {
      Frozen frozen = Frozen.at(trained, numbers);
      return new FoldedOnce(whole, rewritten, frozen, frozen);
    }
    Layout layout = Folding.layout(rewritten.graph());
    Map<String, Frozen.Place> folded = new HashMap<>(numbers);
    Map<String, Frozen.Place> own = new HashMap<>();
    for (Layout.Entry entry : trained.entries()) {
      own.put(entry.name(), numbers.get(entry.name()));
    }
    for (Layout.Entry entry : layout.entries()) {
      own.remove(entry.name());
    }
    Map<String, Unscaling> back = new HashMap<>();
    Parameters before = model.parameters();
    for (Folding.Fold fold : folds) {
      Folding.Scaling scaling = fold.scaling(before);
      String weight = fold.weight();
      int weights = trained.entry(weight).shape().elements();
      back.put(weight, Unscaling.scale(numbers.get(weight), weights, scaling.s()));
      if (numbers.containsKey(fold.bias())) {
        own.put(fold.bias(), numbers.get(fold.bias()));
      }
      folded.put(fold.bias(), new Frozen.Place(scaling.bias(), 0));
    }
    folded.keySet().retainAll(layout.entries().stream().map(Layout.Entry::name).toList());
    Frozen both = Frozen.at(layout, folded);
    Map<String, Supplier<float[]>> made = new HashMap<>();
    back.forEach((weight, unscaling) -> {
      int weights = trained.entry(weight).shape().elements();
      made.put(weight, () -> both.read(weight, at -> unscaling.weights(at, weights)));
    });
    return new FoldedOnce(whole, rewritten, both.beside(trained, own, made), both);
  }
}
