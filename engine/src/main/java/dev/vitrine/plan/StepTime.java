package dev.vitrine.plan;

import java.util.Objects;

/**
 * How long a step of a {@link Plan} took.
 *
 * @param name what the step computes
 * @param backward whether it belongs to the backward pass
 * @param nanos in all profiled runs, its barrier included
 */
public record StepTime(String name, boolean backward, long nanos) {
  /** Refuses {@code null}. */
  public StepTime {
    Objects.requireNonNull(name, "name");
  }
}
