package dev.vitrine.tensor;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Parameters that never change, and the other forms that computing likes to have them in, each made
 * once. Any number of threads may ask.
 */
public final class Frozen {
  private final Parameters parameters;
  private final Map<Object, Object> forms = new ConcurrentHashMap<>();

  /**
   * States that parameters will not change any more.
   *
   * @param parameters the parameters, not copied
   */
  public Frozen(Parameters parameters) {
    this.parameters = Objects.requireNonNull(parameters, "parameters");
  }

  /** {@return the parameters} */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * {@return another form of some parameters, which nobody may change}
   *
   * @param <T> the form's type
   * @param what what it is; equal keys are the same form, and of one type
   * @param make makes it, if nobody has asked for it before
   */
  @SuppressWarnings("unchecked")
  public <T> T form(Object what, Supplier<T> make) {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(make, "make");
    return (T) forms.computeIfAbsent(what, key -> make.get());
  }
}
