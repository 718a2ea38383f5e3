package dev.vitrine.lab.search;

import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.Values;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The points that a random search draws, each a function of its number alone. */
record Draws(Arms.Arm arm, List<Parameter> tuned, Seed seed, List<Parameter> before) {
  Draft at(long number) {
    Draft draft = arm.draft();
    for (int p = 0; p < tuned.size(); p++) {
      Parameter parameter = tuned.get(p);
      if (draft.takes(parameter)) {
        String purpose = "search %s %s %s".formatted(arm.name(), parameter.name(), p);
        double u = seed.stream(purpose).uniform(number);
        draft = draft.with(parameter.name(), value(parameter, u));
      }
    }
    return draft;
  }

  /** A range counts as one value among the single ones. */
  private static String value(Parameter parameter, double u) {
    List<String> values = parameter.values();
    int choices = values.size() + (parameter.span().isPresent() ? 1 : 0);
    double at = u * choices;
    int choice = (int) at;
    return choice < values.size()
        ? values.get(choice)
        : parameter.span().orElseThrow().at(at - choice);
  }

  /** Whether it could not be drawn before; if nothing was added, all count as new. */
  boolean isNew(Draft draft) {
    List<Parameter> wider = new ArrayList<>();
    for (Parameter now : tuned) {
      before.stream()
          .filter(old -> old.name().equals(now.name()) && old.when().equals(now.when()))
          .filter(old -> !old.equals(now))
          .forEach(wider::add);
    }
    return wider.isEmpty() || wider.stream().anyMatch(old -> isBeyond(old, draft));
  }

  private static boolean isBeyond(Parameter old, Draft draft) {
    String value = draft.varied().get(old.name());
    if (value == null || old.values().contains(value)) {
      return false;
    }
    OptionalDouble number = Values.number(value);
    return number.isEmpty()
        || old.span().filter(span -> span.contains(number.getAsDouble())).isEmpty();
  }
}
