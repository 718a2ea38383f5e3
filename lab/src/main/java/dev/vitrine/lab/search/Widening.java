package dev.vitrine.lab.search;

import static java.util.stream.Collectors.joining;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.Span;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.spec.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * More of a parameter in few letters: {@code lr=0.3,1}, or {@code lr=1e-5..1} for a range. Of a
 * study that varies it in more than one way the values of its conditions say which is meant, as in
 * {@code adam:lr=0.3} or {@code sgd,2:momentum=0.95}.
 */
public final class Widening {
  private static final Pattern FORM = Pattern.compile("(?:(.+):)?([^=:]+)=(.+)");
  private static final Pattern RANGE = Pattern.compile("(.+)\\.\\.(.+)");

  private Widening() {}

  /**
   * {@return a study with more values of a parameter, or a wider range}
   *
   * @param spec the study
   * @param text what is added
   * @throws UserException if it is no such text, or the study varies no such parameter, or more
   *     than one
   */
  public static StudySpec of(StudySpec spec, String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new UserException(
          "What is added to a study is NAME=VALUE,… or NAME=FROM..TO, but got " + Quote.of(text));
    }
    List<String> words =
        match.group(1) == null ? List.of() : List.of(match.group(1).split("\\s*,\\s*"));
    Parameter meant = meant(spec, match.group(2), words);
    List<Parameter> parameters = new ArrayList<>(spec.parameters());
    parameters.set(parameters.indexOf(meant), wider(spec, meant, match.group(3)));
    return spec.withParameters(parameters);
  }

  private static Parameter meant(StudySpec spec, String name, List<String> words) {
    List<Parameter> called =
        spec.parameters().stream().filter(each -> each.name().equals(name)).toList();
    if (called.isEmpty()) {
      List<String> names = spec.parameters().stream().map(Parameter::name).toList();
      throw UserException.unknown("parameter of the study", name, names);
    }
    for (String word : words) {
      List<String> known = called.stream().flatMap(each -> conditions(each).stream()).toList();
      if (!known.contains(word)) {
        throw UserException.unknown("condition of " + Quote.of(name), word, known);
      }
    }
    List<Parameter> meant =
        called.stream().filter(each -> conditions(each).containsAll(words)).toList();
    if (meant.size() != 1) {
      throw new UserException(
          "The study varies %s in %s ways: say by a condition which is meant, as in %s:%s=…"
              .formatted(
                  Quote.of(name),
                  called.size(),
                  called.getLast().when().values().stream()
                      .map(List::getFirst)
                      .collect(joining(",")),
                  name));
    }
    return meant.getFirst();
  }

  /** The values that its conditions name, all of them. */
  private static List<String> conditions(Parameter parameter) {
    return parameter.when().values().stream().flatMap(List::stream).toList();
  }

  /**
   * {@return the text that adds what lies beyond an edge}
   *
   * @param spec the study
   * @param edge with something beyond
   * @param settings of the point that lies on it
   * @param varied those of its settings that differ between points
   */
  public static String text(
      StudySpec spec, Edge edge, Map<String, String> settings, Map<String, String> varied) {
    Map<String, String> known = Arms.known(spec, edge.arm(), settings, varied);
    Parameter parameter = Arms.varying(spec, edge.parameter(), known).orElseThrow();
    long ways =
        spec.parameters().stream().filter(each -> each.name().equals(edge.parameter())).count();
    String words =
        ways == 1
            ? ""
            : parameter.when().keySet().stream().map(known::get).collect(joining(",", "", ":"));
    String last = edge.beyond().getLast();
    String more =
        !SameStudy.isDrawn(spec, parameter) || parameter.span().isEmpty()
            ? String.join(",", edge.beyond())
            : edge.lower() ? last + ".." + edge.value() : edge.value() + ".." + last;
    return "%s%s=%s".formatted(words, edge.parameter(), more);
  }

  private static Parameter wider(StudySpec spec, Parameter old, String more) {
    Matcher range = RANGE.matcher(more);
    if (!range.matches()) {
      List<String> values = new ArrayList<>(old.values());
      values.addAll(List.of(more.split(",")));
      return new Parameter(old.name(), values, old.span(), old.when());
    }
    if (!SameStudy.isDrawn(spec, old) || old.span().isEmpty()) {
      throw new UserException(
          "A range of %s becomes wider where points are drawn from it: give single values here"
              .formatted(Quote.of(old.name())));
    }
    Span span = old.span().get();
    double from = Math.min(span.from(), number(range.group(1)));
    double to = Math.max(span.to(), number(range.group(2)));
    Span wide = new Span(from, to, span.log(), span.steps(), span.whole());
    return new Parameter(old.name(), old.values(), Optional.of(wide), old.when());
  }

  private static double number(String text) {
    OptionalDouble number = Values.number(text);
    return number.orElseThrow(
        () -> UserException.expecting("Each end of a range", "a number", Quote.of(text)));
  }
}
