package dev.vitrine.weights.pickle;

import dev.vitrine.error.Quote;

/**
 * The name of a class or function; no more than a name.
 *
 * @param module where Python would look for it
 * @param name its name there
 */
public record Global(String module, String name) {
  /** {@return whether it is one of those with a name, in a module of Python 2 or 3} */
  boolean isBuiltin(String of) {
    return name.equals(of) && (module.equals("builtins") || module.equals("__builtin__"));
  }

  /** {@return the whole name, with dots} */
  public String path() {
    return module + "." + name;
  }

  /** As a message shows it. */
  @Override
  public String toString() {
    return Quote.place(path());
  }
}
