package dev.vitrine.arch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The house as {@code docs/architecture.md} draws it: what is drawn there is what is checked.
 *
 * @param modules each module's folder, and the modules that its {@code pom.xml} names
 * @param packages each package's name below {@code dev.vitrine}, and where it stands
 */
record House(Map<String, Set<String>> modules, Map<String, Room> packages) {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /**
   * @param module the module's folder
   * @param uses the packages that its classes mention
   */
  record Room(String module, Set<String> uses) {}

  /** Reads the page's two tables: module, uses, what; and module, package, uses, what. */
  static House drawnIn(Path page) throws IOException {
    Map<String, Set<String>> modules = new TreeMap<>();
    Map<String, Room> packages = new TreeMap<>();
    for (String line : Files.readAllLines(page)) {
      String[] cells = line.split("\\s*\\|\\s*", -1);
      if (line.startsWith("| `") && cells.length == 5) {
        modules.put(only(cells[1]), names(cells[2]));
      } else if (line.startsWith("| `")) {
        packages.put(only(cells[2]), new Room(only(cells[1]), names(cells[3])));
      }
    }
    return new House(modules, packages);
  }

  /** The modules with packages that are shipped. */
  Set<String> shipped() {
    return packages.values().stream()
        .map(Room::module)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The packages of a module. */
  Set<String> packagesOf(String module) {
    return packages.keySet().stream()
        .filter(name -> packages.get(name).module().equals(module))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A module and all that its {@code pom.xml} brings. */
  Set<String> reach(String module) {
    Set<String> reached = new TreeSet<>(Set.of(module));
    modules.get(module).forEach(used -> reached.addAll(reach(used)));
    return reached;
  }

  private static String only(String cell) {
    return names(cell).iterator().next();
  }

  private static Set<String> names(String cell) {
    return CODE.matcher(cell)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
