package dev.vitrine.lab.search;

import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.Search;
import dev.vitrine.lab.spec.Span;
import dev.vitrine.lab.spec.StudySpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a study that has begun becomes: what it was, and what is asked besides. Nothing that was
 * asked once is taken back.
 *
 * @param spec the study from now on; as it was, if nothing is new
 * @param more what is new, in words; empty if nothing is
 */
public record Extension(StudySpec spec, List<String> more) {
  /** Copies the list. */
  public Extension {
    more = List.copyOf(more);
  }

  /**
   * {@return both together: seeds, arms, values, ranges and numbers of points of either}
   *
   * @param before the study as it was
   * @param asked as it is asked for
   * @param meaning of settings
   * @throws dev.vitrine.error.UserException if anything else differs; the sentence has the
   *     difference
   */
  public static Extension of(StudySpec before, StudySpec asked, Meaning meaning) {
    SameStudy.require(before, asked, meaning);
    List<String> more = new ArrayList<>();
    List<Long> seeds = joined("seeds", before.seeds(), asked.seeds(), more);
    Map<String, Map<String, String>> arms = new LinkedHashMap<>(asked.arms());
    arms.keySet().removeAll(before.arms().keySet());
    joined("arms", before.arms().keySet(), arms.keySet(), more);
    Map<String, Map<String, String>> allArms = new LinkedHashMap<>(before.arms());
    allArms.putAll(arms);
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < before.parameters().size(); i++) {
      parameters.add(joined(before, i, asked.parameters().get(i), more));
    }
    int trials = trials(asked.search()) - trials(before.search());
    if (trials > 0) {
      more.add("%s more points an arm".formatted(trials));
    }
    StudySpec joined =
        new StudySpec(
            before.name(),
            asked.question(),
            before.settings(),
            allArms,
            parameters,
            before.compare(),
            trials > 0 ? asked.search() : before.search(),
            seeds,
            tuneSeeds(before, asked, seeds),
            before.metric(),
            before.baseline(),
            before.test(),
            before.band(),
            asked.limits(),
            asked.show());
    return new Extension(joined, more);
  }

  /** As many as before; all, where all chose and all are to. */
  private static int tuneSeeds(StudySpec before, StudySpec asked, List<Long> seeds) {
    return SameStudy.allChoose(before) && SameStudy.allChoose(asked)
        ? seeds.size()
        : before.tuneSeeds();
  }

  /** Those of both, in their order; what is new is told. */
  private static <T> List<T> joined(
      String what, Collection<T> before, Collection<T> now, List<String> more) {
    Set<T> added = new LinkedHashSet<>(now);
    added.removeAll(before);
    if (!added.isEmpty()) {
      more.add("%s: %s".formatted(what, added.toString().replaceAll("[\\[\\]]", "")));
    }
    List<T> all = new ArrayList<>(before);
    all.addAll(added);
    return all;
  }

  private static Parameter joined(StudySpec before, int number, Parameter next, List<String> more) {
    Parameter old = before.parameters().get(number);
    Map<String, List<String>> when = new LinkedHashMap<>();
    old.when()
        .forEach((key, values) ->
            when.put(
                key,
                joined(
                    "%s for %s".formatted(old.name(), key), values, next.when().get(key), more)));
    boolean drawn = SameStudy.isDrawn(before, old);
    Set<String> added = new LinkedHashSet<>(next.values());
    added.addAll(drawn ? List.of() : next.grid()); // all of it are single values
    added.removeAll(Set.copyOf(drawn ? old.values() : old.grid()));
    Optional<Span> span = drawn ? joined(old, next, more) : old.span();
    return new Parameter(old.name(), joined(old.name(), old.values(), added, more), span, when);
  }

  /** From the least to the largest end of both ranges. */
  private static Optional<Span> joined(Parameter old, Parameter next, List<String> more) {
    if (next.span().isEmpty() || old.span().isEmpty()) {
      next.span().ifPresent(_ -> more.add("a range of " + old.name()));
      return old.span().or(next::span);
    }
    Span a = old.span().get();
    Span b = next.span().get();
    if (a.contains(b.from()) && a.contains(b.to())) {
      return old.span();
    }
    more.add("a wider range of " + old.name());
    return Optional.of(
        new Span(
            Math.min(a.from(), b.from()), Math.max(a.to(), b.to()), a.log(), a.steps(), a.whole()));
  }

  private static int trials(Search search) {
    return switch (search) {
      case Search.Grid() -> 0;
      case Search.Random random -> random.trials();
      case Search.Halving halving -> halving.trials().orElse(0);
    };
  }
}
