package dev.vitrine.neuron;

import dev.vitrine.error.UserException;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Program;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Units as a person types them: {@code h1 = …; y = sign(1.5 + h1 + h2)}. */
final class UnitLines {
  /** What stands around a whole sum: expressions have no sign and no step of their own. */
  private static final Pattern DECISION = Pattern.compile("\\b(sign|step)\\s*\\(");

  private static final Pattern FUNCTION = Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_]*)\\s*\\(");
  private static final Pattern BEGIN =
      Pattern.compile("\\s*(?:[\\p{L}_][\\p{L}\\p{N}_]*\\s*=)?\\s*");

  /**
   * A line.
   *
   * @param name of the unit
   * @param sum what it sums
   * @param own the function that is written around it
   */
  record Line(String name, Expression sum, Optional<Squash> own) {}

  private final String text;
  private final List<Line> lines = new ArrayList<>();
  private final Set<String> inputs =
      new TreeSet<>(
          Comparator.comparing((String name) -> name.replaceFirst("\\d+$", ""))
              .thenComparingInt(String::length)
              .thenComparing(Comparator.naturalOrder()));

  private UnitLines(String text) {
    this.text = text;
  }

  static UnitLines of(String text) {
    UnitLines units = new UnitLines(text);
    units.read();
    return units;
  }

  List<Line> lines() {
    return lines;
  }

  List<String> inputs() {
    return List.copyOf(inputs);
  }

  private void read() {
    StringBuilder plain = new StringBuilder(text);
    List<Optional<Squash>> own = new ArrayList<>();
    int at = 0;
    for (String line : text.split("[;\n]", -1)) {
      if (!line.isBlank()) {
        own.add(decision(line, at, plain));
      }
      at += line.length() + 1;
    }
    Matcher left = DECISION.matcher(plain);
    if (left.find()) {
      throw new Place(text, left.start() + 1)
          .fault(
              "%s stands around a whole sum, as in y = %s(1.5 + h1 + h2): give what is within a line of its own"
                  .formatted(left.group(1), left.group(1)));
    }
    List<Program.Line> program = Program.of(plain.toString()).lines();
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < program.size(); i++) {
      Program.Line line = program.get(i);
      if (line.name().isEmpty() && i + 1 < program.size()) {
        throw line.at()
            .fault("expected a name for this unit, such as h1 = …; the last alone needs none");
      }
      lines.add(new Line(line.name().isEmpty() ? "y" : line.name(), line.expression(), own.get(i)));
      names.add(lines.getLast().name());
    }
    requireOrder(program, names);
    if (inputs.isEmpty()) {
      throw new UserException(
          "A unit expects inputs, names such as x1, but its sum has numbers alone");
    }
    Table.requireInputs(inputs.size());
  }

  private void requireOrder(List<Program.Line> program, Set<String> units) {
    Set<String> known = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      for (String name : Names.of(lines.get(i).sum())) {
        if (!units.contains(name)) {
          inputs.add(name);
        } else if (!known.contains(name)) {
          throw program
              .get(i)
              .at()
              .fault("%s is used before its own line: put that first".formatted(name));
        }
      }
      known.add(lines.get(i).name());
    }
  }

  /** Takes a function around a line away, leaving spaces, so that columns stay what they are. */
  private static Optional<Squash> decision(String line, int at, StringBuilder plain) {
    Matcher begin = BEGIN.matcher(line);
    int from = begin.lookingAt() ? begin.end() : 0;
    Matcher word = FUNCTION.matcher(line).region(from, line.length());
    if (!word.lookingAt()
        || !Squash.isName(word.group(1))
        || !closesAtEnd(line, word.end() - 1)
        || line.indexOf(',', word.end()) >= 0) {
      return Optional.empty();
    }
    for (int i = word.start(1); i < word.end(1); i++) {
      plain.setCharAt(at + i, ' ');
    }
    return Optional.of(Squash.of(word.group(1)));
  }

  private static boolean closesAtEnd(String line, int open) {
    int depth = 0;
    for (int i = open; i < line.length(); i++) {
      depth += line.charAt(i) == '(' ? 1 : line.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return line.substring(i + 1).isBlank();
      }
    }
    return true;
  }
}
