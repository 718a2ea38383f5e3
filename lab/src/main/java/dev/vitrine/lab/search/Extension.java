package dev.vitrine.lab.search;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.Search;
import dev.vitrine.lab.spec.SpecJson;
import dev.vitrine.lab.spec.StudySpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What may become more in a study that has begun. */
public final class Extension {
  private Extension() {}

  /**
   * {@return what is more, in words; empty if nothing is}
   *
   * @param before the study as it was
   * @param now as it is to be
   * @throws UserException if anything else than seeds, arms, values, ranges and numbers of points
   *     differs, or one of them became less: the sentence has the difference
   */
  public static List<String> between(StudySpec before, StudySpec now) {
    refuseOther(before, now);
    List<String> more = new ArrayList<>();
    grown(before, "seeds", before.seeds(), now.seeds(), more);
    if (!now.seeds().subList(0, before.seeds().size()).equals(before.seeds())) {
      throw refusal(before, "seeds", before.seeds(), now.seeds());
    }
    boolean all = before.tuneSeeds() == before.seeds().size();
    if (now.tuneSeeds() != (all ? now.seeds().size() : before.tuneSeeds())) {
      throw refusal(before, "tune-seeds", before.tuneSeeds(), now.tuneSeeds());
    }
    grown(before, "arms", before.arms().keySet(), now.arms().keySet(), more);
    before
        .arms()
        .forEach((arm, settings) -> {
          if (!settings.equals(now.arms().get(arm))) {
            throw refusal(before, "arms." + arm, settings, now.arms().get(arm));
          }
        });
    parameters(before, now, more);
    int trials = trials(now.search()) - trials(before.search());
    if (trials < 0) {
      throw refusal(before, "search", before.search(), now.search());
    }
    if (trials > 0) {
      more.add("%s more points an arm".formatted(trials));
    }
    return more;
  }

  private static void parameters(StudySpec before, StudySpec now, List<String> more) {
    List<String> names = before.parameters().stream().map(Parameter::name).toList();
    List<String> namesNow = now.parameters().stream().map(Parameter::name).toList();
    if (!names.equals(namesNow)) {
      throw refusal(before, "vary", names, namesNow);
    }
    for (int i = 0; i < names.size(); i++) {
      Parameter old = before.parameters().get(i);
      Parameter next = now.parameters().get(i);
      String name = old.name();
      if (!old.when().equals(next.when())) {
        throw refusal(before, name + ".when", old.when(), next.when());
      }
      boolean narrower =
          old.span()
              .map(span ->
                  next.span()
                      .filter(wide -> wide.log() == span.log() && wide.whole() == span.whole())
                      .filter(wide -> wide.contains(span.from()) && wide.contains(span.to()))
                      .isEmpty())
              .orElse(false);
      if (narrower) {
        throw refusal(before, name, text(old), text(next));
      }
      grown(before, name, old.values(), next.values(), more);
      if (!old.span().equals(next.span())) {
        more.add("a wider range of " + name);
      }
    }
  }

  private static Object text(Parameter parameter) {
    return parameter
        .span()
        .<Object>map(s -> s.from() + " to " + s.to() + (s.log() ? ", log" : ""))
        .orElse(parameter.values());
  }

  private static int trials(Search search) {
    return switch (search) {
      case Search.Grid() -> 0;
      case Search.Random random -> random.trials();
      case Search.Halving halving -> halving.trials().orElse(0);
    };
  }

  private static void grown(
      StudySpec study, String what, Collection<?> before, Collection<?> now, List<String> more) {
    if (!now.containsAll(before)) {
      throw refusal(study, what, before, now);
    }
    Set<Object> added = new LinkedHashSet<>(now);
    added.removeAll(before);
    if (!added.isEmpty()) {
      more.add("%s: %s".formatted(what, added.toString().replaceAll("[\\[\\]]", "")));
    }
  }

  private static void refuseOther(StudySpec before, StudySpec now) {
    Map<String, Object> old = SpecJson.base(before);
    Map<String, Object> next = SpecJson.base(now);
    Set<String> keys = new LinkedHashSet<>(old.keySet());
    keys.addAll(next.keySet());
    for (String key : keys) {
      if (!Objects.equals(old.get(key), next.get(key))) {
        refuse(before, key, old.get(key), next.get(key));
      }
    }
  }

  private static void refuse(StudySpec study, String key, Object before, Object now) {
    if (before instanceof Map<?, ?> a && now instanceof Map<?, ?> b) {
      Set<Object> keys = new LinkedHashSet<>(a.keySet());
      keys.addAll(b.keySet());
      for (Object inner : keys) {
        boolean number = key.equals("search") && inner.equals("trials");
        if (!number && !Objects.equals(a.get(inner), b.get(inner))) {
          throw refusal(study, "%s.%s".formatted(key, inner), a.get(inner), b.get(inner));
        }
      }
      return;
    }
    throw refusal(study, key, before, now);
  }

  private static UserException refusal(StudySpec study, String key, Object before, Object now) {
    return UserException.advising(
        "The study %s has %s %s in its folder, but now it is given %s"
            .formatted(
                study.name(),
                Quote.of(key),
                JsonObject.shown(shown(before)),
                JsonObject.shown(shown(now))),
        "only seeds, arms, values, ranges and numbers of points can become more; go on with %s as it is there, or begin a new study in %s",
        "the study in its folder",
        "another folder");
  }

  private static Object shown(Object value) {
    return value instanceof Search || value instanceof Double ? value.toString() : value;
  }
}
