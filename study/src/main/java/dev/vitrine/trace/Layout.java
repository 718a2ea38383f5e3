package dev.vitrine.trace;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Expression.Literal;
import dev.vitrine.trace.language.Expression.Name;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Shapes;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lines laid out as steps: what has no name is given one, and what occurs twice is one step. */
final class Layout {
  private final Detail detail;
  private final Shapes shapes = new Shapes();
  private final Map<String, Tensor> given = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, String> known = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private String result = "";

  private Layout(Detail detail) {
    this.detail = detail;
  }

  static Layout of(Question question) {
    return of(Lines.of(question), question.at(), question.detail());
  }

  static Layout of(Lines lines, Map<String, Tensor> at, Detail detail) {
    Layout layout = new Layout(detail);
    layout.lay(lines.all(), lines.own(), at);
    return layout;
  }

  Shapes shapes() {
    return shapes;
  }

  /** The numbers of the names that are given, in the order in which they first occur. */
  Map<String, Tensor> given() {
    return given;
  }

  List<Step> steps() {
    return steps;
  }

  /** What the expression without its loss is called. */
  String result() {
    return result;
  }

  private void lay(List<Program.Line> lines, int own, Map<String, Tensor> at) {
    Set<String> lineNames = new LinkedHashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      Program.Line line = lines.get(i);
      boolean last = i == own - 1 || i == lines.size() - 1;
      if (line.name().isEmpty() && !last) {
        throw line.at().fault("a line before the last expects a name, such as z = …");
      }
      if (!line.name().isEmpty() && !lineNames.add(line.name())) {
        throw line.at().fault(Quote.of(line.name()) + " is named twice: take another name");
      }
      if (at.containsKey(line.name())) {
        throw line.at()
            .fault(
                "%s is calculated here, but is also given a value: leave one out"
                    .formatted(Quote.of(line.name())));
      }
    }
    taken.addAll(lineNames);
    taken.addAll(at.keySet());
    lines.forEach(line -> taken.addAll(Names.of(line.expression())));
    Map<String, Expression> aliases = new HashMap<>();
    Set<String> used = new LinkedHashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      Expression expression =
          Names.withConstants(lines.get(i).expression(), taken).replace(aliases);
      for (String name : Names.all(expression)) {
        if (!lineNames.contains(name) && at.containsKey(name) && used.add(name)) {
          give(name, at.get(name));
        }
      }
      String name = name(lines.get(i), i < own, lineNames);
      line(name, shapes.normalised(expression));
      if (i == own - 1) {
        result = name;
        if (!at.containsKey("f") && !lineNames.contains("f")) {
          aliases.put("f", new Name(name, lines.get(i).at()));
        }
      }
    }
    at.keySet().stream()
        .filter(name -> !used.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new UserException(
              "%s is given a value, but stands nowhere in the expression%s"
                  .formatted(Quote.of(name), Names.hint(name, used)));
        });
  }

  private String name(Program.Line line, boolean own, Set<String> lineNames) {
    if (!line.name().isEmpty()) {
      return line.name();
    }
    List<String> usual = own ? List.of("f", "result") : List.of("L", "loss");
    return usual.stream()
        .filter(name -> !lineNames.contains(name) && !given.containsKey(name))
        .filter(name -> !Names.all(line.expression()).contains(name))
        .findFirst()
        .orElseThrow(() -> line.at().fault("the result expects a name of its own, as in y = …"));
  }

  private void give(String name, Tensor value) {
    given.put(name, value);
    shapes.put(name, value.shape());
  }

  private void line(String name, Expression expression) {
    shapes.of(expression);
    add(name, reduced(expression));
  }

  private void add(String name, Expression expression) {
    Shape shape = shapes.of(expression);
    steps.add(new Step(name, expression, shape));
    shapes.put(name, shape);
    known.putIfAbsent(key(expression), name);
  }

  private static String key(Expression expression) {
    return Printer.text(expression, Notation.ASCII);
  }

  /** The same in terms of names: what must be a step of its own has become one. */
  private Expression reduced(Expression expression) {
    if (expression instanceof Apply apply) {
      return apply.of(List.of(atom(apply.x(), "z")));
    }
    return expression.of(expression.parts().stream().map(this::part).toList());
  }

  private Expression part(Expression part) {
    if (part instanceof Apply) {
      return atom(part, "a");
    }
    boolean turned = part instanceof Fold fold && fold.kind() == Fold.Kind.TRANSPOSE;
    return detail == Detail.MAIN || turned ? reduced(part) : atom(part, "u");
  }

  private Expression atom(Expression expression, String letter) {
    Expression brief = reduced(expression);
    if (brief instanceof Name || brief instanceof Expression.Numeral || brief instanceof Literal) {
      return brief;
    }
    String name = known.get(key(brief));
    if (name == null) {
      name = fresh(letter);
      add(name, brief);
    }
    return new Name(name, expression.at());
  }

  private String fresh(String letter) {
    String name;
    do {
      name = letter + counts.merge(letter, 1, Integer::sum);
    } while (taken.contains(name));
    return name;
  }

  /** What a loss's result is called. */
  static String lossName(Lines lines) {
    String name = lines.all().getLast().name();
    return name.isEmpty() ? "L" : name;
  }

  /** A step in terms of names that the user gave: without those made for it. */
  static String inFull(List<Step> steps, String name) {
    Map<String, Expression> made = made(steps);
    return steps.stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .map(step -> Printer.text(step.expression().replace(made), Notation.UNICODE))
        .orElse(Notation.UNICODE.name(name));
  }

  /** What names stand for that were made for steps, in terms of those that the user gave. */
  static Map<String, Expression> made(List<Step> steps) {
    Map<String, Expression> made = new HashMap<>();
    for (Step step : steps) {
      if (step.name().matches("[zau]\\d+")) {
        made.put(step.name(), step.expression().replace(made));
      }
    }
    return made;
  }
}
