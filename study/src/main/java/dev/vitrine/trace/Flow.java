package dev.vitrine.trace;

import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Name;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Operator;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Shapes;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How gradients flow through steps: what each user of a name hands back to it, as formulas. Between
 * numbers that is a product with a local derivative, which has a symbol of its own.
 */
final class Flow {
  /**
   * A local derivative.
   *
   * @param of the step
   * @param by one of the names in it
   * @param formula ∂of/∂by
   * @param direct whether ∂of/∂by means something else, too: of is the objective, and reaches the
   *     name on other ways as well
   */
  record Edge(String of, String by, Expression formula, boolean direct) {
    String symbol() {
      return partial(of, by);
    }
  }

  /**
   * What one user hands back.
   *
   * @param user the step that uses the name
   * @param term in terms of the user's own gradient
   */
  record Part(String user, Expression term) {}

  private final List<Step> steps;
  private final Shapes shapes;
  private final Rule rule;
  private final boolean symbols;
  private final String objective;

  /** A step on a way, and the names in it that are on one. */
  private record Use(Step step, List<String> names) {}

  /** The last first. */
  private final List<Use> uses;

  private final Set<String> needed;
  private final List<Edge> edges = new ArrayList<>();
  private final Map<String, List<Part>> parts = new LinkedHashMap<>();

  Flow(List<Step> steps, Shapes shapes, List<String> wanted) {
    this(steps, shapes, wanted, Derivation::of, true);
  }

  /**
   * The flow by another rule, without symbols for local derivatives.
   *
   * @param rule how each step hands its gradient back
   */
  Flow(List<Step> steps, Shapes shapes, List<String> wanted, Rule rule) {
    this(steps, shapes, wanted, rule, false);
  }

  private Flow(List<Step> steps, Shapes shapes, List<String> wanted, Rule rule, boolean symbols) {
    this.rule = rule;
    this.shapes = shapes;
    this.symbols = symbols;
    this.steps = steps;
    this.objective = steps.getLast().name();
    uses = new ArrayList<>();
    needed = new HashSet<>();
    need(wanted);
    for (Step step : steps) {
      shapes.put(partial(objective, step.name()), step.shape());
    }
    uses.forEach(use -> edges(use.step(), use.names()));
  }

  private Flow(Flow same, Rule rule) {
    this.rule = rule;
    shapes = same.shapes;
    symbols = same.symbols;
    steps = same.steps;
    objective = same.objective;
    uses = same.uses;
    needed = same.needed;
    uses.forEach(use -> edges(use.step(), use.names()));
  }

  /** The same steps, which hand their gradients back by another rule. */
  Flow by(Rule other) {
    return new Flow(this, other);
  }

  static String partial(String of, String by) {
    return "∂" + of + "/∂" + by;
  }

  /** Those on a way from a wanted name to the objective. */
  private void need(List<String> wanted) {
    List<Use> all = new ArrayList<>();
    Set<String> depends = new HashSet<>(wanted);
    for (Step step : steps) {
      Use use = new Use(step, Names.all(step.expression()));
      all.add(use);
      if (use.names().stream().anyMatch(depends::contains)) {
        depends.add(step.name());
      }
    }
    Set<String> used = new HashSet<>(Set.of(objective));
    for (Use use : all.reversed()) {
      if (used.contains(use.step().name())) {
        used.addAll(use.names());
      }
    }
    depends.retainAll(used);
    needed.addAll(depends);
    for (Use use : all.reversed()) {
      if (needed.contains(use.step().name())) {
        uses.add(new Use(use.step(), use.names().stream().filter(needed::contains).toList()));
      }
    }
  }

  private void edges(Step step, List<String> names) {
    boolean last = step.name().equals(objective);
    Expression one = Algebra.number(1);
    Expression own = name(partial(objective, step.name()));
    Map<String, Expression> terms = rule.of(step, last ? one : own, shapes);
    Map<String, Expression> locals =
        symbols && step.shape().rank() == 0
            ? Derivation.of(step.expression(), one, shapes)
            : Map.<String, Expression>of();
    for (String by : names) {
      boolean numbers = symbols && step.shape().rank() == 0 && shapes.of(name(by)).rank() == 0;
      Expression term =
          terms.getOrDefault(by, new Algebra(shapes).filled(Algebra.number(0), name(by)));
      if (numbers) {
        Expression formula = locals.getOrDefault(by, Algebra.number(0));
        boolean direct = last && users(by) > 1;
        edges.add(new Edge(step.name(), by, formula, direct));
        Expression local = name(partial(step.name(), by));
        shapes.put(partial(step.name(), by), Shape.scalar());
        term =
            direct
                ? formula
                : last ? local : new Arithmetic(Operator.MULTIPLY, own, local, Place.NONE);
      }
      parts.computeIfAbsent(by, _ -> new ArrayList<>()).add(new Part(step.name(), term));
    }
  }

  private long users(String name) {
    return uses.stream().filter(use -> use.names().contains(name)).count();
  }

  private static Expression name(String name) {
    return new Name(name, Place.NONE);
  }

  String objective() {
    return objective;
  }

  /** In the order of the backward pass. */
  List<Edge> edges() {
    return edges;
  }

  /** What is handed back to each name, in the order of the backward pass. */
  List<Part> parts(String name) {
    return parts.getOrDefault(name, List.of());
  }

  /** Steps and then names, each after all of its users. */
  List<String> order(List<String> wanted) {
    List<String> order = new ArrayList<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (needed.contains(steps.get(i).name())) {
        order.add(steps.get(i).name());
      }
    }
    wanted.stream().filter(needed::contains).forEach(order::add);
    return order;
  }

  /**
   * The gradients by the formulas, where some name may get less than all that is handed back.
   *
   * @param values the numbers of names and of local derivatives
   * @param cut the name that gets only one part; empty for none
   * @param kept which part that is
   */
  Map<String, Tensor> gradients(
      Map<String, Tensor> values, List<String> wanted, String cut, int kept) {
    Map<String, Tensor> numbers = new LinkedHashMap<>(values);
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    for (String name : order(wanted)) {
      List<Part> own = parts(name);
      List<Part> counted = name.equals(cut) ? List.of(own.get(kept)) : own;
      Tensor gradient =
          name.equals(objective)
              ? Tensor.of(1)
              : counted.stream()
                  .map(part -> Evaluation.of(part.term(), numbers))
                  .reduce(Flow::sum)
                  .orElseThrow();
      gradients.put(name, gradient);
      numbers.put(partial(objective, name), gradient);
    }
    return gradients;
  }

  static Tensor sum(Tensor a, Tensor b) {
    double[] sum = a.elements();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b.at(i);
    }
    return Tensor.of(a.shape(), sum);
  }
}
