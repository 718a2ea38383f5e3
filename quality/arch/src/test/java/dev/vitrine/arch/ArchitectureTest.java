package dev.vitrine.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.vitrine.arch.planted.egg.Egg;
import dev.vitrine.arch.planted.hen.Hen;
import dev.vitrine.lab.planted.KeepsSplits;
import dev.vitrine.lab.planted.LoadsTest;
import dev.vitrine.lab.planted.PreparesTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  /** Surefire runs in this module's folder. */
  private static final Path ROOT = Path.of("../..");

  private static final Path PAGE = ROOT.resolve("docs/architecture.md");

  private static JavaClasses shipped;

  /** A rule, and a class that breaks it, so that a rule that lost its bite is noticed. */
  static Stream<Arguments> rules() {
    return Stream.of(
        rule("no package cycles", Rules.NO_PACKAGE_CYCLES, Hen.class, Egg.class),
        rule("only cli prints", Rules.ONLY_CLI_PRINTS, Planted.Prints.class),
        rule("only cli exits", Rules.ONLY_CLI_EXITS, Planted.Exits.class),
        rule("vector API", Rules.ONLY_SIMD_USES_THE_VECTOR_API, Planted.UsesVectors.class),
        rule("Jackson", Rules.ONLY_IO_USES_JACKSON, Planted.UsesJackson.class),
        rule("YAML", Rules.ONLY_SPECS_USE_YAML, Planted.UsesYaml.class),
        rule(
            "test data",
            Rules.ONLY_THE_VAULT_READS_TEST_DATA,
            LoadsTest.class,
            KeepsSplits.class,
            PreparesTest.class),
        rule("generic exceptions", Rules.NO_GENERIC_EXCEPTIONS, Planted.ThrowsGeneric.class),
        rule("java.util.logging", Rules.NO_JAVA_UTIL_LOGGING, Planted.Logs.class),
        rule("final fields", Rules.PUBLIC_FIELDS_ARE_FINAL, Planted.Mutable.class));
  }

  private static Arguments rule(String name, ArchRule rule, Class<?>... offenders) {
    return Arguments.of(Named.of(name, rule), offenders);
  }

  @BeforeAll
  static void readTheShippedClasses() {
    shipped =
        new ClassFileImporter()
            .withImportOption(place -> !place.contains("/test-classes/"))
            .importPackages("dev.vitrine");
    assertThat(shipped.contain("dev.vitrine.cli.Main")).isTrue();
    assertThat(shipped.contain("dev.vitrine.tensor.Shape")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shippedClassesKeep(ArchRule rule, Class<?>... offenders) {
    rule.check(shipped);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void plantedClassesBreak(ArchRule rule, Class<?>... offenders) {
    JavaClasses planted = new ClassFileImporter().importClasses(offenders);
    assertThatThrownBy(() -> rule.check(planted))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(offenders[0].getSimpleName());
  }

  /** Each way to the test data is closed, not one of them alone. */
  @Test
  void everyLeakIsSeen() {
    for (Class<?> leak : List.of(LoadsTest.class, KeepsSplits.class, PreparesTest.class)) {
      JavaClasses planted = new ClassFileImporter().importClasses(leak);
      assertThatThrownBy(() -> Rules.ONLY_THE_VAULT_READS_TEST_DATA.check(planted))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(leak.getSimpleName());
    }
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    for (String module : House.drawnIn(PAGE).shipped()) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        assertThat(
                files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .filter(folder -> !folder.equals(sources))
                    .distinct())
            .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
      }
    }
  }

  /**
   * Below the command line nobody knows its options: it says in its words what they say. One class
   * writes command lines, for reports that say how a number comes again.
   */
  @Test
  void librariesNameNeitherOptionsNorCommands() throws IOException {
    for (String module : House.drawnIn(PAGE).shipped()) {
      if (module.equals("cli")) {
        continue;
      }
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file :
            files
                .filter(f -> f.toString().endsWith(".java"))
                .filter(f -> !f.endsWith("settings/Commands.java"))
                .toList()) {
          assertThat(Literals.naming(Files.readString(file))).as("%s", file).isEmpty();
        }
      }
    }
  }

  @Test
  void optionsAndCommandsInLiteralsAreSeen() {
    assertThat(
            Literals.naming(
                """
                /** Of {@code --batch}. */
                // "--seed"
                say("choose --batch"); say("it's 'vitrine train'"); html("--v:1"); css("var(--accent)");
                say("start Java with --add-modules"); say("a\\"b --lr");
                """))
        .containsExactly("choose --batch", "it's 'vitrine train'", "a\\\"b --lr");
  }
}
