package dev.vitrine.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.DataSplits;
import dev.vitrine.run.RunImages;
import java.util.List;
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

  /**
   * What chooses between trainings cannot reach a test example: not by loading, not by holding what
   * has them. A computed study chooses nothing.
   */
  static final ArchRule ONLY_THE_VAULT_READS_TEST_DATA =
      noClasses()
          .that()
          .resideInAPackage("dev.vitrine.lab..")
          .and()
          .resideOutsideOfPackage("dev.vitrine.lab.studies..")
          .and()
          .doNotHaveFullyQualifiedName("dev.vitrine.lab.trial.TestVault")
          .should()
          .callMethodWhere(named(DataSource.class, "load", "loadTest"))
          .orShould()
          .callMethodWhere(named(RunImages.class, "prepareTest"))
          .orShould()
          .dependOnClassesThat(assignableTo(DataSplits.class))
          .because("a study must not be able to tune on test data");

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

  private static DescribedPredicate<JavaMethodCall> named(Class<?> owner, String... names) {
    return DescribedPredicate.describe(
        "%s.%s".formatted(owner.getSimpleName(), String.join(" or ", names)),
        call ->
            call.getTargetOwner().isAssignableTo(owner) && List.of(names).contains(call.getName()));
  }

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
