package dev.vitrine.web.live;

/** Who hears, beside the page, what went wrong: the terminal. From any thread. */
@FunctionalInterface
public interface Witness {
  /**
   * A fault of ours.
   *
   * @param fault what was thrown
   */
  void fault(Throwable fault);

  /**
   * Something that a person should know, and can mend.
   *
   * @param sentence what
   */
  default void note(String sentence) {}
}
