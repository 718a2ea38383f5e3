package dev.vitrine.weights.pickle;

import dev.vitrine.weights.stored.Stored;
import java.util.Optional;

/** The names that one library's pickles use, and what is made of them here. */
public interface Vocabulary {
  /**
   * {@return what a thing is, or empty if this vocabulary does not know it}
   *
   * @param thing a {@link Global}, {@link Instance} or {@link Reference}
   * @param tree reads what lies in it
   */
  Optional<Stored> meaning(Object thing, Tree tree);
}
