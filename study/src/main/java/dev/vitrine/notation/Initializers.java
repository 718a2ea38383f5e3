package dev.vitrine.notation;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Initializer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Initialisers of weights by name. */
public final class Initializers {
  private static final Map<String, Initializer> ALL = new LinkedHashMap<>();

  static {
    ALL.put("lecun-uniform", Initializer.leCunUniform());
    ALL.put("lecun-normal", Initializer.leCunNormal());
    ALL.put("xavier-uniform", Initializer.xavierUniform());
    ALL.put("xavier-normal", Initializer.xavierNormal());
    ALL.put("kaiming-uniform", Initializer.kaimingUniform());
    ALL.put("kaiming-normal", Initializer.kaimingNormal());
  }

  private Initializers() {}

  /** All names. */
  public static Set<String> names() {
    return ALL.keySet();
  }

  /**
   * The initialiser of a name.
   *
   * @throws UserException if there is none
   */
  public static Initializer named(String name) {
    Initializer initializer = ALL.get(name);
    if (initializer == null) {
      String hint =
          Nearest.match(name, names()).map(n -> "; did you mean '%s'?".formatted(n)).orElse("");
      throw new UserException(
          "Unknown initialiser '%s': expected %s%s"
              .formatted(name, String.join(", ", names()), hint));
    }
    return initializer;
  }
}
