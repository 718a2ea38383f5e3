package dev.vitrine.weights.pickle;

import dev.vitrine.weights.stored.Stored;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * PyTorch's modules, pickled whole: whatever their class, they keep their tensors in three fields.
 * The group has the names of the module's state dictionary.
 */
final class Modules {
  private static final String BUFFERS = "_buffers";
  private static final String FLEETING = "_non_persistent_buffers_set";

  private final Tree tree;

  Modules(Tree tree) {
    this.tree = tree;
  }

  /** Whether an object with these fields is a module. */
  static boolean isOne(Dictionary fields) {
    return fields.has("_parameters") && fields.has("_modules");
  }

  Stored.Group group(Dictionary fields) {
    var members = new Members(tree);
    for (String field : new String[] {"_parameters", BUFFERS, "_modules"}) {
      Dictionary part = PythonNames.pairs(fields.get(field));
      for (int i = 0; part != null && i < part.size(); i++) {
        boolean fleeting =
            field.equals(BUFFERS)
                && PythonNames.elements(fields.get(FLEETING)).contains(part.key(i));
        if (part.value(i) != null && !fleeting) {
          members.add(field + Names.of(part.key(i)), Names.of(part.key(i)), part.value(i));
        }
      }
    }
    return members.group();
  }

  /** What of an object holds tensors, those included that cannot be read. */
  static Stored.Group tensorsOf(Stored.Group group) {
    Map<String, Stored> kept = new LinkedHashMap<>();
    group
        .members()
        .forEach((name, what) -> {
          if (what instanceof Stored.Group inner) {
            Stored.Group tensors = tensorsOf(inner);
            if (!tensors.members().isEmpty()) {
              kept.put(name, tensors);
            }
          } else if (what instanceof Stored.Numbers
              || (what instanceof Stored.Unread unread && unread.what().startsWith(Tree.TENSOR))) {
            kept.put(name, what);
          }
        });
    return Stored.Group.of(kept);
  }
}
