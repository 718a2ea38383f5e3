package dev.vitrine.testkit;

import dev.vitrine.nn.Auxiliary;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * A network at reduced width: every layer stays what it is and where it is, with its kernels,
 * strides, paddings, groups and branches, but convolutions and dense layers have fewer outputs.
 *
 * @param factor what the outputs of all but the last are divided by; three stay, if there were as
 *     many
 * @param classes the most outputs of the last
 */
record Slim(int factor, int classes) {
  private static final int FEWEST = 3;

  Layer of(Layer network) {
    return of(network, /* last= */ true);
  }

  /** A part of a network; {@code last} if what it puts out are the classes. */
  private Layer of(Layer part, boolean last) {
    return switch (part) {
      case Sequential all -> Sequential.of(sequence(all.layers(), last));
      case Parallel all -> Parallel.of(all.branches().stream().map(b -> of(b, last)).toList());
      case Residual both -> Residual.of(of(both.body(), last), of(both.shortcut(), last));
      case Named named -> Named.of(named.name(), of(named.layer(), last));
      case Auxiliary beside -> Auxiliary.of(of(beside.head(), /* last= */ true), beside.weight());
      case Linear dense -> Linear.of(outputs(dense.outFeatures(), 1, last)).bias(dense.bias());
      case Conv2d c ->
          new Conv2d(
              outputs(c.outChannels(), c.groups(), last),
              c.window(),
              c.same(),
              c.groups(),
              c.bias());
      default -> part;
    };
  }

  private List<Layer> sequence(List<Layer> layers, boolean last) {
    int end = layers.size() - 1;
    while (end >= 0 && !hasOutputs(layers.get(end))) {
      end--;
    }
    List<Layer> slim = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      slim.add(of(layers.get(i), last && i == end));
    }
    return slim;
  }

  private static boolean hasOutputs(Layer part) {
    return switch (part) {
      case Linear _, Conv2d _ -> true;
      case Sequential all -> all.layers().stream().anyMatch(Slim::hasOutputs);
      case Parallel all -> all.branches().stream().anyMatch(Slim::hasOutputs);
      case Residual both -> hasOutputs(both.body());
      case Named named -> hasOutputs(named.layer());
      default -> false;
    };
  }

  private int outputs(int full, int groups, boolean last) {
    int fewer = last ? Math.min(full, classes) : Math.max(full / factor, Math.min(full, FEWEST));
    return (fewer + groups - 1) / groups * groups;
  }
}
