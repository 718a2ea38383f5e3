package dev.vitrine.cli;

import dev.vitrine.inside.LayerProbe;
import dev.vitrine.inside.Reading;
import dev.vitrine.look.HistogramView;
import dev.vitrine.look.View;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Target;
import dev.vitrine.plan.Compute;
import java.util.List;
import java.util.Optional;

/** {@code look --histograms}. */
final class LookHistograms {
  private LookHistograms() {}

  /** Of weights alone. */
  static View ofWeights(LookedAt seen) {
    return HistogramView.of(seen.title(), "", Reading.ofParameters(seen.model()));
  }

  /** Of all that is computed for some examples; gradients if their classes are known. */
  static View of(LookedAt seen, List<Subject> subjects) {
    boolean labelled = subjects.stream().allMatch(subject -> subject.label().isPresent());
    Optional<Loss> loss = labelled ? Optional.of(loss(seen)) : Optional.empty();
    try (Compute compute = Compute.best()) {
      LayerProbe probe = LayerProbe.of(seen.model(), loss, subjects.size(), compute);
      Reading reading =
          probe.read(plan -> {
            for (int i = 0; i < subjects.size(); i++) {
              plan.input(Model.INPUT, i, subjects.get(i).numbers());
              if (labelled) {
                plan.input(Model.TARGET, i, subjects.get(i).label().orElseThrow().number());
              }
            }
            return subjects.size();
          });
      return HistogramView.of(seen.title(), words(subjects), reading);
    }
  }

  /** The training's, if it is about classes. */
  static Loss loss(LookedAt seen) {
    return seen.network()
        .run()
        .map(run -> run.recipe().loss())
        .filter(loss -> loss.target() == Target.CLASS_NUMBER)
        .orElseGet(Loss::crossEntropy);
  }

  private static String words(List<Subject> subjects) {
    String first = subjects.getFirst().name();
    return subjects.size() == 1
        ? first
        : "%s examples, from %s to %s".formatted(subjects.size(), first, subjects.getLast().name());
  }
}
