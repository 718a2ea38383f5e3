package dev.vitrine.lab.spec;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a study is asked to find out, and how.
 *
 * <p>A <em>point</em> is one choice of all settings but the seed; an <em>arm</em> is what is
 * compared: a set of points of which the best is chosen, by the mean of {@link #metric} over the
 * seeds. Arms are the {@link #arms}, times the values of the parameters that are {@link #compare
 * compared}. Of a grid without either, each point is an arm.
 *
 * @param name of the study, and of its folder
 * @param question in a sentence; may be empty
 * @param settings of all trainings, by their names, without a seed
 * @param arms settings that go together, by the arm's name; may be empty
 * @param parameters that are varied
 * @param compare names of the parameters whose values are arms
 * @param search which points are tried
 * @param seeds of each point
 * @param tuneSeeds by how many of them, from the first on, points are chosen; the others are run
 *     for what was chosen
 * @param metric what points are chosen by
 * @param baseline the arm that the others are compared with; without one each with each
 * @param test what is done with the test data
 * @param band the criterion for "fast", if there is one
 * @param limits when it ends early
 * @param show what its report shows beside results
 */
public record StudySpec(
    String name,
    String question,
    Map<String, String> settings,
    Map<String, Map<String, String>> arms,
    List<Parameter> parameters,
    List<String> compare,
    Search search,
    List<Long> seeds,
    int tuneSeeds,
    Metric metric,
    Optional<String> baseline,
    TestUse test,
    Optional<Band> band,
    Limits limits,
    List<Show> show) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");

  /** Checks what can be known without the settings' meaning, and copies. */
  public StudySpec {
    requireName(name);
    settings = canonical(settings);
    Map<String, Map<String, String>> copy = new LinkedHashMap<>();
    arms.forEach((arm, own) -> copy.put(arm, canonical(own)));
    arms = Collections.unmodifiableMap(copy);
    parameters = List.copyOf(parameters);
    compare = List.copyOf(compare);
    seeds = List.copyOf(seeds);
    show = List.copyOf(show);
    requireSeeds(seeds);
    requireTuneSeeds(tuneSeeds, seeds);
    List<String> names = parameters.stream().map(Parameter::name).toList();
    compare.forEach(each -> {
      if (!names.contains(each)) {
        throw UserException.unknown("parameter to compare", each, names);
      }
    });
  }

  static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw UserException.expecting(
          "The name of a study",
          "up to 60 letters, digits, points and dashes, since its folder is called so",
          Quote.of(name));
    }
  }

  static void requireSeeds(List<Long> seeds) {
    if (seeds.isEmpty() || seeds.stream().distinct().count() < seeds.size()) {
      throw UserException.expecting("The seeds", "one or more, none twice", seeds.toString());
    }
  }

  static void requireTuneSeeds(int tuneSeeds, List<Long> seeds) {
    if (tuneSeeds < 1 || tuneSeeds > seeds.size()) {
      throw UserException.expecting(
          "The number of seeds to tune by",
          "1 to %s, the number of seeds".formatted(seeds.size()),
          Integer.toString(tuneSeeds));
    }
  }

  private static Map<String, String> canonical(Map<String, String> settings) {
    Map<String, String> copy = new LinkedHashMap<>();
    settings.forEach((key, value) -> copy.put(key, Values.canonical(value)));
    return Collections.unmodifiableMap(copy);
  }

  /** {@return the seeds that points are chosen by} */
  public List<Long> tuningSeeds() {
    return seeds.subList(0, tuneSeeds);
  }

  /**
   * {@return the same with these seeds; as many as before choose, or all if all did}
   *
   * @param others one or more, none twice
   */
  public StudySpec withSeeds(List<Long> others) {
    int tune = tuneSeeds == seeds.size() ? others.size() : Math.min(tuneSeeds, others.size());
    return new StudySpec(
        name,
        question,
        settings,
        arms,
        parameters,
        compare,
        search,
        others,
        tune,
        metric,
        baseline,
        test,
        band,
        limits,
        show);
  }

  /**
   * {@return the same with other limits}
   *
   * @param others when it ends early
   */
  public StudySpec withLimits(Limits others) {
    return new StudySpec(
        name,
        question,
        settings,
        arms,
        parameters,
        compare,
        search,
        seeds,
        tuneSeeds,
        metric,
        baseline,
        test,
        band,
        others,
        show);
  }

  /**
   * {@return the same with other parameters}
   *
   * @param others what is varied
   */
  public StudySpec withParameters(List<Parameter> others) {
    return new StudySpec(
        name, question, settings, arms, others, compare, search, seeds, tuneSeeds, metric, baseline,
        test, band, limits, show);
  }
}
