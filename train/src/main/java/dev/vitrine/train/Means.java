package dev.vitrine.train;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.tensor.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * How parameters of several copies become one. Of what is learned, the mean of how far each has
 * moved is added, so that what none moved stays as it is to the bit. Running averages, as the
 * optimiser's memory, are the mean itself, so that a variance can never be below 0 by rounding.
 */
final class Means {
  private record Stretch(int from, int to) {}

  private final List<Stretch> averages = new ArrayList<>();

  Means(Model model) {
    for (ParameterSpec spec : model.specs()) {
      switch (spec.role()) {
        case RUNNING_MEAN, RUNNING_VARIANCE -> {
          Layout.Entry entry = model.parameters().layout().entry(spec.name());
          averages.add(new Stretch(entry.offset(), entry.offset() + entry.shape().elements()));
        }
        case WEIGHT, BIAS, SLOPE, SCALE, SHIFT, FIXED -> {
          // By how far they have moved.
        }
      }
    }
  }

  /** What is to be averaged of a copy that began elsewhere. */
  void moved(float[] now, float[] before, float[] into) {
    for (int e = 0; e < now.length; e++) {
      into[e] = now[e] - before[e];
    }
    for (Stretch s : averages) {
      System.arraycopy(now, s.from, into, s.from, s.to - s.from);
    }
  }

  /** Lets parameters be what the mean of the copies is. */
  void take(float[] mean, float[] parameters) {
    for (Stretch s : averages) {
      java.util.Arrays.fill(parameters, s.from, s.to, 0);
    }
    for (int e = 0; e < parameters.length; e++) {
      parameters[e] += mean[e];
    }
  }
}
