package dev.vitrine.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.regex.Pattern;

/**
 * The rules, apart from what they are run on: the real classes, and planted ones that break them.
 */
final class Rules {
  static final ArchRule NO_PACKAGE_CYCLES =
      slices().matching("dev.vitrine.(**)").should().beFreeOfCycles();

  static final ArchRule ONLY_CLI_PRINTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.vitrine.cli..")
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
          .because("a library's caller decides what to print");

  static final ArchRule ONLY_CLI_EXITS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.vitrine.cli..")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  static final ArchRule ONLY_SIMD_USES_THE_VECTOR_API =
      noClasses()
          .that(DescribedPredicate.not(module("engine-simd")))
          .should()
          .dependOnClassesThat(resideInAPackage("jdk.incubator.."))
          .because("without that module the engine must still load");

  static final ArchRule ONLY_IO_USES_JACKSON =
      noClasses()
          .that(DescribedPredicate.not(module("io")))
          .should()
          .dependOnClassesThat(resideInAPackage("tools.jackson.."));

  static final ArchRule ONLY_SPECS_USE_YAML =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.vitrine.lab.spec")
          .should()
          .dependOnClassesThat(resideInAPackage("org.snakeyaml.."));

  static final ArchRule NO_GENERIC_EXCEPTIONS =
      noClasses().should(GeneralCodingRules.THROW_GENERIC_EXCEPTIONS);

  static final ArchRule NO_JAVA_UTIL_LOGGING =
      noClasses().should(GeneralCodingRules.USE_JAVA_UTIL_LOGGING);

  static final ArchRule PUBLIC_FIELDS_ARE_FINAL =
      fields()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should()
          .beFinal()
          .allowEmptyShould(true);

  private Rules() {}

  /**
   * Classes from a module's build folder, that of a quick build or its jar: packages alone do not
   * tell modules apart.
   */
  static DescribedPredicate<JavaClass> module(String name) {
    Pattern place =
        Pattern.compile(
            ".*(/%1$s/target/|/target/vitrine-%1$s/|/vitrine-%1$s-\\d[^/]*\\.jar!).*"
                .formatted(name));
    return DescribedPredicate.describe(
        "in module " + name,
        type ->
            type.getSource()
                .map(source -> place.matcher(source.getUri().toString()).matches())
                .orElse(false));
  }
}
