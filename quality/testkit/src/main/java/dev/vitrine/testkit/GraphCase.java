package dev.vitrine.testkit;

import dev.vitrine.op.Value;

/**
 * A small graph to run checks over.
 *
 * @param name what it exercises; names the case in errors
 * @param body adds the graph's leaves and ops and returns its output
 * @param differentiable whether its derivatives are checked too; not for ops that are derivatives
 */
public record GraphCase(String name, Body body, boolean differentiable) {
  /** How the graph is made. */
  @FunctionalInterface
  public interface Body {
    /** Adds leaves and ops; returns the output. */
    Value build(CaseBuilder g);
  }

  /** A case whose derivatives are checked. */
  public static GraphCase of(String name, Body body) {
    return new GraphCase(name, body, true);
  }

  /** A case of which only the values are checked. */
  public static GraphCase forward(String name, Body body) {
    return new GraphCase(name, body, false);
  }

  @Override
  public String toString() {
    return name;
  }
}
