package dev.vitrine.lab.search;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.Search;
import dev.vitrine.lab.spec.Span;
import dev.vitrine.lab.spec.SpecJson;
import dev.vitrine.lab.spec.StudySpec;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What may not differ between a study that has begun and what it is asked for. */
final class SameStudy {
  private static final String SETTINGS = "settings";

  private final StudySpec before;
  private final StudySpec now;
  private final Meaning meaning;

  private SameStudy(StudySpec before, StudySpec now, Meaning meaning) {
    this.before = before;
    this.now = now;
    this.meaning = meaning;
  }

  /**
   * Refuses another study.
   *
   * @throws UserException with the first difference
   */
  static void require(StudySpec before, StudySpec now, Meaning meaning) {
    SameStudy both = new SameStudy(before, now, meaning);
    both.requireBase();
    both.requireTuneSeeds();
    both.requireParameters();
    both.requireSettings();
  }

  /** Whether all seeds have a part in the choice. */
  static boolean allChoose(StudySpec spec) {
    return spec.tuneSeeds() == spec.seeds().size();
  }

  /** Whether points take numbers between the ends of a parameter's range. */
  static boolean isDrawn(StudySpec spec, Parameter parameter) {
    boolean grid =
        spec.search() instanceof Search.Grid
            || (spec.search() instanceof Search.Halving halving && halving.trials().isEmpty());
    return !grid && !Arms.compared(spec).contains(parameter);
  }

  private void requireBase() {
    Map<String, Object> old = SpecJson.base(before);
    Map<String, Object> next = SpecJson.base(now);
    Set<String> keys = new LinkedHashSet<>(old.keySet());
    keys.addAll(next.keySet());
    keys.remove(SETTINGS);
    for (String key : keys) {
      if (!Objects.equals(old.get(key), next.get(key))) {
        refuse(key, old.get(key), next.get(key));
      }
    }
  }

  private void refuse(String key, Object old, Object next) {
    if (old instanceof Map<?, ?> a && next instanceof Map<?, ?> b) {
      Set<Object> keys = new LinkedHashSet<>(a.keySet());
      keys.addAll(b.keySet());
      for (Object inner : keys) {
        boolean number = key.equals("search") && inner.equals("trials");
        if (!number && !Objects.equals(a.get(inner), b.get(inner))) {
          throw refusal("%s.%s".formatted(key, inner), a.get(inner), b.get(inner));
        }
      }
      return;
    }
    throw refusal(key, old, next);
  }

  private void requireTuneSeeds() {
    boolean all = allChoose(before) && allChoose(now);
    if (!all && before.tuneSeeds() != now.tuneSeeds()) {
      throw refusal("tune-seeds", before.tuneSeeds(), now.tuneSeeds());
    }
  }

  private void requireParameters() {
    List<String> names = before.parameters().stream().map(Parameter::name).toList();
    List<String> namesNow = now.parameters().stream().map(Parameter::name).toList();
    if (!names.equals(namesNow)) {
      throw refusal("vary", names, namesNow);
    }
    for (int i = 0; i < names.size(); i++) {
      Parameter old = before.parameters().get(i);
      Parameter next = now.parameters().get(i);
      if (!old.when().keySet().equals(next.when().keySet())) {
        throw refusal(old.name() + ".when", old.when(), next.when());
      }
      if (old.span().isPresent() && next.span().isPresent()) {
        Span a = old.span().get();
        Span b = next.span().get();
        if (a.log() != b.log() || a.whole() != b.whole()) {
          throw refusal(old.name(), text(a), text(b));
        }
      }
    }
  }

  private static String text(Span span) {
    return "%s to %s%s%s"
        .formatted(
            span.from(), span.to(), span.log() ? ", log" : "", span.whole() ? ", whole" : "");
  }

  /** Each point that was asked for must still come to the same. */
  private void requireSettings() {
    Map<String, Map<String, String>> arms = new LinkedHashMap<>(before.arms());
    arms.keySet().retainAll(now.arms().keySet());
    boolean same =
        before.settings().equals(now.settings())
            && arms.entrySet().stream()
                .allMatch(arm -> arm.getValue().equals(now.arms().get(arm.getKey())));
    for (Draft point : same ? List.<Draft>of() : Points.drafts(before)) {
      Object meant = meaning.of(point.settings());
      Map<String, String> own = before.arms().getOrDefault(point.arm(), Map.of());
      Map<String, String> ownNow = now.arms().getOrDefault(point.arm(), own);
      if (!meant.equals(meaning.of(settings(now.settings(), ownNow, point)))) {
        throw changed(point, meant, own, ownNow);
      }
    }
  }

  private static Map<String, String> settings(
      Map<String, String> base, Map<String, String> own, Draft point) {
    Map<String, String> all = new LinkedHashMap<>(base);
    all.putAll(own);
    point.chosen().forEach(name -> all.put(name, point.settings().get(name)));
    return all;
  }

  /** The setting of all points that makes the difference, or else the arm's. */
  private UserException changed(
      Draft point, Object meant, Map<String, String> own, Map<String, String> ownNow) {
    Set<String> names = new LinkedHashSet<>(before.settings().keySet());
    names.addAll(now.settings().keySet());
    for (String name : names) {
      Map<String, String> other = new LinkedHashMap<>(before.settings());
      Optional.ofNullable(now.settings().get(name))
          .ifPresentOrElse(value -> other.put(name, value), () -> other.remove(name));
      if (!isMeant(meant, settings(other, own, point))) {
        return refusal(
            "%s.%s".formatted(SETTINGS, name),
            before.settings().get(name),
            now.settings().get(name));
      }
    }
    return own.equals(ownNow)
        ? refusal(SETTINGS, before.settings(), now.settings())
        : refusal("arms." + point.arm(), own, ownNow);
  }

  /** One setting alone may contradict the others. */
  private boolean isMeant(Object meant, Map<String, String> settings) {
    try {
      return meant.equals(meaning.of(settings));
    } catch (UserException _) {
      return false;
    }
  }

  private UserException refusal(String key, Object old, Object next) {
    return UserException.advising(
        "The study %s has %s %s in its folder, but now it is given %s"
            .formatted(
                before.name(),
                Quote.of(key),
                JsonObject.shown(shown(old)),
                JsonObject.shown(shown(next))),
        "only seeds, arms, values, ranges and numbers of points can become more; go on with %s as it is there, or begin a new study in %s",
        "the study in its folder",
        "another folder");
  }

  private static Object shown(Object value) {
    return value instanceof Double ? value.toString() : value;
  }
}
