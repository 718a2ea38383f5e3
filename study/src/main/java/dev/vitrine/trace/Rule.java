package dev.vitrine.trace;

import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Shapes;
import java.util.Map;

/** How a step hands its gradient back: by the ops' formulas, or as somebody wrongly does it. */
interface Rule {
  /**
   * What each name in a step gets.
   *
   * @param step what is derived
   * @param gradient its own gradient
   * @param shapes of all names
   */
  Map<String, Expression> of(Step step, Expression gradient, Shapes shapes);
}
