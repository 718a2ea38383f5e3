package dev.vitrine.trace;

import dev.vitrine.error.UserException;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Shapes;
import dev.vitrine.trace.language.Tensor;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What many attempts at one calculation have in common, worked out once: how lines are laid out,
 * the numbers on the way forward, and the terms of steps that no slip touches. Of one thread.
 */
final class Workings implements Rule {
  private final Map<Lines, Optional<Laid>> all = new HashMap<>();

  /** Steps are compared by identity: those of one layout are the same objects each time. */
  private final IdentityHashMap<Step, Map<String, Expression>> terms = new IdentityHashMap<>();

  /** Lines laid out, with the numbers at the point that was asked for last. */
  static final class Laid {
    private final Lines lines;
    private final Layout layout;
    private final Map<String, Flow> flows = new HashMap<>();
    private Map<String, Tensor> at;
    private Map<String, Tensor> numbers = Map.of();

    private Laid(Lines lines, Map<String, Tensor> at) {
      this.lines = lines;
      this.at = Map.of();
      layout = Layout.of(lines, Lines.used(lines, at), Detail.ALL);
    }

    Layout layout() {
      return layout;
    }

    /** The way back to a name, by some rule. */
    Flow flow(String by, Rule right, Rule rule) {
      return flows
          .computeIfAbsent(by, _ -> new Flow(layout.steps(), layout.shapes(), List.of(by), right))
          .by(rule);
    }

    /** The numbers of all names at a point. */
    @SuppressWarnings("ReferenceEquality") // one point is one object here, and is not changed
    Map<String, Tensor> numbers(Map<String, Tensor> point) {
      if (point != at) {
        Map<String, Tensor> found = new LinkedHashMap<>(Lines.used(lines, point));
        for (Step step : layout.steps()) {
          found.put(step.name(), Evaluation.of(step.expression(), found));
        }
        at = point;
        numbers = found;
      }
      return numbers;
    }
  }

  /**
   * Lines laid out.
   *
   * @param at numbers of all names, which have the same shapes at every point
   * @return empty if their shapes do not fit
   */
  Optional<Laid> of(Lines lines, Map<String, Tensor> at) {
    return all.computeIfAbsent(
        lines,
        _ -> {
          try {
            return Optional.of(new Laid(lines, at));
          } catch (UserException impossible) {
            // Shapes need not fit any more where something was misread: then nobody made this slip.
            return Optional.empty();
          }
        });
  }

  @Override
  public Map<String, Expression> of(Step step, Expression gradient, Shapes shapes) {
    return terms.computeIfAbsent(step, _ -> Derivation.of(step, gradient, shapes));
  }
}
