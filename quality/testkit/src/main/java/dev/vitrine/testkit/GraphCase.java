package dev.vitrine.testkit;

import dev.vitrine.op.Value;

/**
 * A small graph to run checks over.
 *
 * @param name what it exercises; names the case in errors
 * @param body adds the graph's leaves and ops and returns its output
 * @param scope what can be checked of it
 */
public record GraphCase(String name, Body body, Scope scope) {
  /** How the graph is made. */
  @FunctionalInterface
  public interface Body {
    /** Adds leaves and ops; returns the output. */
    Value build(CaseBuilder g);
  }

  /** What can be checked of a case. */
  public enum Scope {
    /** Its values alone: its ops are derivatives themselves, or no leaf of it has a gradient. */
    VALUES,
    /** Its gradient on plans too, but not by differences, because it sits on a kink. */
    GRADIENT,
    /** Its gradient by finite differences too. */
    DIFFERENCES
  }

  /** A case of which everything is checked. */
  public static GraphCase of(String name, Body body) {
    return new GraphCase(name, body, Scope.DIFFERENCES);
  }

  /** A case that sits on a kink, where the rule for ties must be the same everywhere. */
  public static GraphCase kinked(String name, Body body) {
    return new GraphCase(name, body, Scope.GRADIENT);
  }

  /** A case of which only the values are checked. */
  public static GraphCase forward(String name, Body body) {
    return new GraphCase(name, body, Scope.VALUES);
  }

  @Override
  public String toString() {
    return name;
  }
}
