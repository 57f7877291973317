package baton.feedback;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final String[] CAPABILITIES = {
    "baton.feedback.comment",
    "baton.feedback.content",
    "baton.feedback.lead",
    "baton.feedback.objection",
    "baton.feedback.outcome",
    "baton.feedback.rating",
    "baton.feedback.step"
  };
  private static final List<String> ADAPTERS =
      List.of(
          "baton.feedback.comment.rest",
          "baton.feedback.comment.postgres",
          "baton.feedback.content.rest",
          "baton.feedback.content.postgres",
          "baton.feedback.crm.rest",
          "baton.feedback.crm.postgres",
          "baton.feedback.lead.kafka",
          "baton.feedback.lead.postgres",
          "baton.feedback.objection.rest",
          "baton.feedback.objection.postgres",
          "baton.feedback.outcome.rest",
          "baton.feedback.outcome.postgres",
          "baton.feedback.rating.rest",
          "baton.feedback.rating.postgres",
          "baton.feedback.step.rest",
          "baton.feedback.step.postgres");
  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("baton.feedback");

  /** A port is an interface that answers later. */
  private static final DescribedPredicate<JavaClass> PORT =
      DescribedPredicate.describe(
          "ports",
          type ->
              type.isInterface()
                  && type.getMethods().stream()
                      .anyMatch(method -> method.getRawReturnType().isEquivalentTo(Uni.class)));

  private static final ArchRule VALUES_KNOW_NO_TECHNOLOGY =
      classes()
          .that(resideInAnyPackage(CAPABILITIES).and(not(PORT)))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "org.jspecify..", "baton.contracts")
                  .or(resideInAnyPackage(CAPABILITIES)));
  private static final ArchRule PORTS_KNOW_THE_TRANSACTION_AND_NO_MORE =
      classes()
          .that(resideInAnyPackage(CAPABILITIES).and(PORT))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java..",
                      "org.jspecify..",
                      "baton.contracts",
                      "baton.chassis.paging",
                      "io.smallrye.mutiny")
                  .or(resideInAnyPackage(CAPABILITIES))
                  .or(nameMatching("io\\.vertx\\.mutiny\\.sqlclient\\.SqlConnection")));
  private static final ArchRule ADAPTERS_ARE_THEIR_OWN =
      classes()
          .that()
          .resideInAnyPackage(ADAPTERS.toArray(String[]::new))
          .and()
          .areTopLevelClasses()
          .should()
          .notBePublic();
  private static final ArchRule ADAPTERS_DO_NOT_LOOK_AT_EACH_OTHER =
      slices().matching("baton.feedback.(*.*)..").should().notDependOnEachOther();
  private static final ArchRule CAPABILITIES_FORM_NO_CYCLE =
      slices().matching("baton.feedback.(*)..").should().beFreeOfCycles();
  private static final ArchRule TIME_COMES_IN_AS_AN_ARGUMENT =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(UUID.class, "randomUUID");
  private static final ArchRule NAMES_SAY_WHAT_A_THING_IS =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Service|Manager|Helper|Utils?|Dto|Entity|Processor|Handler)");

  static Stream<Arguments> a_rule_holds() {
    return Stream.of(
        Arguments.of("values know no technology", VALUES_KNOW_NO_TECHNOLOGY),
        Arguments.of("ports know the transaction", PORTS_KNOW_THE_TRANSACTION_AND_NO_MORE),
        Arguments.of("adapters are their own", ADAPTERS_ARE_THEIR_OWN),
        Arguments.of("adapters don't look at each other", ADAPTERS_DO_NOT_LOOK_AT_EACH_OTHER),
        Arguments.of("capabilities form no cycle", CAPABILITIES_FORM_NO_CYCLE),
        Arguments.of("time comes in as an argument", TIME_COMES_IN_AS_AN_ARGUMENT),
        Arguments.of("names say what a thing is", NAMES_SAY_WHAT_A_THING_IS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void a_rule_holds(String rule, ArchRule said) {
    said.check(SERVICE);
  }

  @Test
  void every_package_the_rules_name_is_there() {
    assertThat(SERVICE.stream().map(type -> type.getPackageName()))
        .containsAll(ADAPTERS)
        .contains(CAPABILITIES);
  }
}
