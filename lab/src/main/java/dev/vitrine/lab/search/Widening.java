package dev.vitrine.lab.search;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.Search;
import dev.vitrine.lab.spec.Span;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.spec.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** More of a parameter in few letters: {@code lr=0.3,1}, or {@code lr=1e-5..1} for a range. */
public final class Widening {
  private static final Pattern FORM = Pattern.compile("([^=]+)=(.+)");
  private static final Pattern RANGE = Pattern.compile("(.+)\\.\\.(.+)");

  private Widening() {}

  /**
   * {@return a study with more values of a parameter, or a wider range}
   *
   * @param spec the study
   * @param text what is added
   * @throws UserException if it is no such text, the study varies no such parameter, or more than
   *     one of that name
   */
  public static StudySpec of(StudySpec spec, String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new UserException(
          "What is added to a study is NAME=VALUE,… or NAME=FROM..TO, but got " + Quote.of(text));
    }
    String name = match.group(1);
    List<String> names = spec.parameters().stream().map(Parameter::name).toList();
    if (!names.contains(name)) {
      throw UserException.unknown("parameter of the study", name, names);
    }
    if (names.stream().filter(name::equals).count() > 1) {
      throw new UserException(
          "The study varies %s in more than one way: add to the one that is meant in its file"
              .formatted(Quote.of(name)));
    }
    List<Parameter> parameters = new ArrayList<>(spec.parameters());
    int at = names.indexOf(name);
    parameters.set(at, wider(spec, parameters.get(at), match.group(2)));
    return spec.withParameters(parameters);
  }

  private static Parameter wider(StudySpec spec, Parameter old, String more) {
    Matcher range = RANGE.matcher(more);
    if (!range.matches()) {
      List<String> values = new ArrayList<>(old.values());
      values.addAll(List.of(more.split(",")));
      return new Parameter(old.name(), values, old.span(), old.when());
    }
    if (spec.search() instanceof Search.Grid || old.span().isEmpty()) {
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
