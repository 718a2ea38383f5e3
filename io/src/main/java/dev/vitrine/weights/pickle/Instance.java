package dev.vitrine.weights.pickle;

import java.util.ArrayList;
import java.util.List;

/**
 * An object that Python would make: the name of what makes it, and what that would be given. It is
 * not made.
 */
public final class Instance {
  private final Object maker;
  private final Sequence arguments;
  private final Dictionary pairs = new Dictionary();
  private final List<Object> items = new ArrayList<>(0);
  private Object state;

  Instance(Object maker, Sequence arguments) {
    this.maker = maker;
    this.arguments = arguments;
  }

  /** {@return the class or function that would make it; unknown if a pickle computes it} */
  public Global maker() {
    return maker instanceof Global global ? global : new Global("?", "?");
  }

  /** {@return what would be handed to the maker} */
  public Sequence arguments() {
    return arguments;
  }

  /** {@return what would be put into it as into a dictionary} */
  public Dictionary pairs() {
    return pairs;
  }

  /** {@return what would be appended to it} */
  public List<Object> items() {
    return items;
  }

  /** {@return what its fields would be set to, or null} */
  public Object state() {
    return state;
  }

  void build(Object fields) {
    state = fields;
  }
}
