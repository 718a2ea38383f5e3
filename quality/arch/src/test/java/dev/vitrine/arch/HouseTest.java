package dev.vitrine.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.vitrine.arch.planted.egg.Egg;
import dev.vitrine.arch.planted.hen.Hen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/architecture.md} and the code say the same. A new module, package or arrow is a line
 * there first, and an arrow that nothing needs any more goes from there too.
 */
class HouseTest {
  /** Surefire runs in this module's folder. */
  private static final Path ROOT = Path.of("../..");

  private static House house;
  private static JavaClasses classes;

  @BeforeAll
  static void readBoth() throws IOException {
    house = House.drawnIn(ROOT.resolve("docs/architecture.md"));
    classes =
        new ClassFileImporter()
            .withImportOption(place -> !place.contains("/test-classes/"))
            .importPackages("dev.vitrine");
  }

  @Test
  void theModulesAreThoseOfTheProject() throws IOException {
    assertThat(Arrows.modules(Files.readString(ROOT.resolve("pom.xml"))))
        .isEqualTo(house.modules().keySet());
  }

  @Test
  void theModulesUseWhatTheirPomsName() throws IOException {
    Map<String, Set<String>> named = new TreeMap<>();
    for (String module : house.modules().keySet()) {
      String pom = Files.readString(ROOT.resolve(module).resolve("pom.xml"));
      named.put(module, Arrows.betweenModules(pom, house.modules().keySet()));
    }
    assertThat(named).isEqualTo(house.modules());
  }

  @Test
  void thePackagesStandWhereTheyAreDrawn() {
    for (String module : house.shipped()) {
      assertThat(Arrows.betweenPackages(classes.that(Rules.module(module))).keySet())
          .as("packages of %s", module)
          .isEqualTo(house.packagesOf(module));
    }
    assertThat(Arrows.betweenPackages(classes).keySet()).isEqualTo(house.packages().keySet());
  }

  @Test
  void thePackagesUseWhatIsDrawn() {
    Map<String, Set<String>> drawn = new TreeMap<>();
    house.packages().forEach((name, room) -> drawn.put(name, room.uses()));
    Set<String> said = sentences(drawn);
    Set<String> done = sentences(Arrows.betweenPackages(classes));
    assertThat(without(done, said)).as("not in docs/architecture.md").isEmpty();
    assertThat(without(said, done)).as("only in docs/architecture.md").isEmpty();
  }

  @Test
  void anArrowThatIsDrawnGoesDown() {
    house
        .packages()
        .forEach((name, room) -> {
          Set<String> below = new TreeSet<>();
          house.reach(room.module()).forEach(module -> below.addAll(house.packagesOf(module)));
          assertThat(below).as("what %s may use", name).containsAll(room.uses());
        });
  }

  @Test
  void arrowsAreSeen() {
    JavaClasses planted = new ClassFileImporter().importClasses(Hen.class, Egg.class);
    assertThat(Arrows.betweenPackages(planted))
        .isEqualTo(
            Map.of(
                "arch.planted.hen", Set.of("arch.planted.egg"),
                "arch.planted.egg", Set.of("arch.planted.hen")));
  }

  private static Set<String> sentences(Map<String, Set<String>> arrows) {
    return arrows.entrySet().stream()
        .flatMap(from -> from.getValue().stream().map(to -> from.getKey() + " uses " + to))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    Set<String> rest = new TreeSet<>(some);
    rest.removeAll(others);
    return rest;
  }
}
