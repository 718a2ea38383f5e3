package dev.vitrine.arch;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The arrows that classes and {@code pom.xml} files really have. */
final class Arrows {
  private static final String ROOT = "dev.vitrine.";
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>dev\\.vitrine</groupId>\\s*"
              + "<artifactId>vitrine-([\\w-]+)</artifactId>(.*?)</dependency>",
          Pattern.DOTALL);

  private Arrows() {}

  /** Each package of the classes, and the other packages of ours that they mention. */
  static Map<String, Set<String>> betweenPackages(JavaClasses classes) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass type : classes) {
      String from = type.getPackageName();
      Set<String> used = uses.computeIfAbsent(name(from), _ -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(Dependency::getTargetClass)
          .map(target -> target.getBaseComponentType().getPackageName())
          .filter(to -> to.startsWith(ROOT) && !to.equals(from))
          .map(Arrows::name)
          .forEach(used::add);
    }
    return uses;
  }

  /** The modules that the whole project's {@code pom.xml} lists, also in profiles. */
  static Set<String> modules(String pom) {
    return MODULE
        .matcher(pom)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The modules that a module's {@code pom.xml} names.
   *
   * @param modules all modules' folders: {@code quality/testkit} is {@code vitrine-testkit}
   */
  static Set<String> betweenModules(String pom, Set<String> modules) {
    return DEPENDENCY
        .matcher(pom)
        .results()
        .map(found -> folder(found.group(1), modules))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String folder(String artifact, Set<String> modules) {
    Predicate<String> named = module -> artifact.endsWith(Path.of(module).getFileName().toString());
    return modules.stream()
        .filter(module -> module.equals(artifact))
        .findFirst()
        .or(() -> modules.stream().filter(named).findFirst())
        .orElse(artifact);
  }

  private static String name(String packageName) {
    return packageName.substring(ROOT.length());
  }
}
