package dev.vitrine.inside;

import dev.vitrine.spread.Quantiles;
import java.util.ArrayList;
import java.util.List;

/**
 * How the numbers within a network were spread at one step of its training.
 *
 * @param step how many steps were done
 * @param spreads of weights, activations and gradients, in the network's order
 */
public record Recording(long step, List<Named> spreads) {
  /** What is recorded. */
  public enum Kind {
    /** A parameter's numbers. */
    WEIGHTS,
    /** What a layer gives. */
    ACTIVATIONS,
    /** The mean loss's gradient with respect to a parameter. */
    GRADIENTS
  }

  /**
   * The numbers of one layer or parameter.
   *
   * @param kind what they are
   * @param name the layer's path or the parameter's name
   * @param spread how they are spread
   * @param faulty of activations: how many units are dead or saturated; else 0
   */
  public record Named(Kind kind, String name, Quantiles spread, int faulty) {}

  /** Copies the list. */
  public Recording {
    spreads = List.copyOf(spreads);
  }

  /**
   * {@return what is recorded of a reading}
   *
   * @param step how many steps were done
   * @param reading weights, activations and gradients at that step
   */
  public static Recording of(long step, Reading reading) {
    List<Named> spreads = new ArrayList<>();
    for (ParameterNumbers each : reading.parameters()) {
      String name = each.spec().name();
      spreads.add(new Named(Kind.WEIGHTS, name, Quantiles.of(each.values()), 0));
    }
    for (LayerNumbers layer : reading.layers()) {
      UnitFaults faults = UnitFaults.of(layer, false);
      int faulty = faults.dead().size() + faults.saturated().size();
      Quantiles spread = Quantiles.of(layer.allOutputs());
      spreads.add(new Named(Kind.ACTIVATIONS, layer.path(), spread, faulty));
    }
    for (ParameterNumbers each : reading.parameters()) {
      each.gradient()
          .ifPresent(gradient ->
              spreads.add(
                  new Named(Kind.GRADIENTS, each.spec().name(), Quantiles.of(gradient), 0)));
    }
    return new Recording(step, spreads);
  }
}
