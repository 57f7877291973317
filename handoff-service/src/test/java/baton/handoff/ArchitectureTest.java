package baton.handoff;

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
    "baton.handoff.charter",
    "baton.handoff.brief",
    "baton.handoff.contact",
    "baton.handoff.erasure",
    "baton.handoff.breach",
    "baton.handoff.clock",
    "baton.handoff.key",
    "baton.handoff.notification",
    "baton.handoff.pass",
    "baton.handoff.routing",
    "baton.handoff.seller"
  };
  private static final List<String> ADAPTERS =
      List.of(
          "baton.handoff.breach.postgres",
          "baton.handoff.breach.rest",
          "baton.handoff.clock.kafka",
          "baton.handoff.clock.postgres",
          "baton.handoff.clock.rest",
          "baton.handoff.clock.timer",
          "baton.handoff.charter.kafka",
          "baton.handoff.charter.postgres",
          "baton.handoff.charter.rest",
          "baton.handoff.brief.kafka",
          "baton.handoff.brief.postgres",
          "baton.handoff.brief.rest",
          "baton.handoff.contact.kafka",
          "baton.handoff.contact.postgres",
          "baton.handoff.erasure.kafka",
          "baton.handoff.erasure.postgres",
          "baton.handoff.key.postgres",
          "baton.handoff.key.rest",
          "baton.handoff.notification.http",
          "baton.handoff.notification.postgres",
          "baton.handoff.notification.rest",
          "baton.handoff.pass.kafka",
          "baton.handoff.pass.postgres",
          "baton.handoff.pass.rest",
          "baton.handoff.pass.timer",
          "baton.handoff.routing.postgres",
          "baton.handoff.seller.postgres",
          "baton.handoff.seller.rest");
  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("baton.handoff");

  /** The service with classes among the tests that break every rule. */
  private static final JavaClasses BREACHES =
      new ClassFileImporter().importPackages("baton.handoff");

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
              resideInAnyPackage("java..", "org.jspecify..", "baton.contracts", "baton.charter..")
                  .or(resideInAnyPackage(CAPABILITIES))
                  .or(nameMatching("com\\.fasterxml\\.jackson\\.databind\\.JsonNode")));
  private static final ArchRule PORTS_KNOW_THE_TRANSACTION_AND_NO_MORE =
      classes()
          .that(resideInAnyPackage(CAPABILITIES).and(PORT))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java..",
                      "org.jspecify..",
                      "baton.contracts",
                      "baton.charter..",
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
      slices().matching("baton.handoff.(*.*)..").should().notDependOnEachOther();
  private static final ArchRule CAPABILITIES_FORM_NO_CYCLE =
      slices().matching("baton.handoff.(*)..").should().beFreeOfCycles();
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

  static Stream<Arguments> rules() {
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
  @MethodSource("rules")
  void a_rule_holds(String rule, ArchRule said) {
    said.check(SERVICE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void a_rule_notices_who_breaks_it(String rule, ArchRule said) {
    assertThat(said.evaluate(BREACHES).hasViolation()).isTrue();
  }

  @Test
  void every_package_the_rules_name_is_there() {
    assertThat(SERVICE.stream().map(type -> type.getPackageName()))
        .containsAll(ADAPTERS)
        .contains(CAPABILITIES);
  }
}
