package dev.vitrine.lab.search;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.Search;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A point of which some parameters are still to be chosen.
 *
 * @param arm the name in the study's own list of arms; may be empty
 * @param varied what was chosen, and what the arm fixes
 * @param settings all so far
 * @param chosen the parameters that were chosen
 */
record Draft(
    String arm, Map<String, String> varied, Map<String, String> settings, Set<String> chosen) {
  static Draft of(String arm, Map<String, String> settings, Map<String, String> own) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putAll(own);
    return new Draft(arm, own, all, Set.of());
  }

  /** Whether a parameter is varied here. */
  boolean takes(Parameter parameter) {
    Map<String, String> known = new LinkedHashMap<>(settings);
    known.put(Parameter.ARM, arm);
    if (!parameter.applies(known)) {
      return false;
    }
    if (chosen.contains(parameter.name())) {
      throw new UserException(
          "The parameter %s is varied twice for %s: its conditions must exclude each other"
              .formatted(Quote.of(parameter.name()), varied));
    }
    return true;
  }

  Draft with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(varied);
    more.put(name, value);
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put(name, value);
    Set<String> done = new LinkedHashSet<>(chosen);
    done.add(name);
    return new Draft(arm, more, all, done);
  }

  /** Each with each value of a parameter. */
  static List<Draft> branches(List<Draft> drafts, Parameter parameter) {
    List<Draft> all = new ArrayList<>();
    for (Draft draft : drafts) {
      all.addAll(draft.branches(parameter));
      if (all.size() > Search.MOST) {
        throw new UserException(
            "A grid of more than %s points in an arm: give fewer values, or search: {kind: random, trials: 100}"
                .formatted(Search.MOST));
      }
    }
    return all;
  }

  /** With each value of a grid; itself where the parameter is not varied. */
  private List<Draft> branches(Parameter parameter) {
    return takes(parameter)
        ? parameter.grid().stream().map(value -> with(parameter.name(), value)).toList()
        : List.of(this);
  }
}
