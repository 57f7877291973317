package baton.reporting;

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
    "baton.reporting.journey",
    "baton.reporting.funnel",
    "baton.reporting.verdict",
    "baton.reporting.money",
    "baton.reporting.spend",
    "baton.reporting.goal",
    "baton.reporting.attribution",
    "baton.reporting.restatement",
    "baton.reporting.meeting",
    "baton.reporting.calibration",
    "baton.reporting.whatif",
    "baton.reporting.fold",
    "baton.reporting.scoreboard"
  };
  private static final List<String> ADAPTERS =
      List.of(
          "baton.reporting.journey.charters",
          "baton.reporting.journey.postgres",
          "baton.reporting.calibration.postgres",
          "baton.reporting.funnel.charters",
          "baton.reporting.funnel.rest",
          "baton.reporting.funnel.postgres",
          "baton.reporting.funnel.timer",
          "baton.reporting.verdict.postgres",
          "baton.reporting.verdict.timer",
          "baton.reporting.spend.kafka",
          "baton.reporting.spend.postgres",
          "baton.reporting.goal.kafka",
          "baton.reporting.goal.postgres",
          "baton.reporting.goal.timer",
          "baton.reporting.meeting.kafka",
          "baton.reporting.meeting.postgres",
          "baton.reporting.meeting.rest",
          "baton.reporting.restatement.charters",
          "baton.reporting.restatement.postgres",
          "baton.reporting.restatement.rest",
          "baton.reporting.fold.kafka",
          "baton.reporting.fold.postgres",
          "baton.reporting.fold.rest",
          "baton.reporting.scoreboard.rest");

  /** Kafka, or the build, makes these itself, by their names. */
  private static final Class<?>[] FOUND_BY_NAME = {
    found("fold.kafka.SameNumberTogether"), found("funnel.rest.QueryParameters")
  };

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("baton.reporting");

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
              resideInAnyPackage(
                      "java..",
                      "org.jspecify..",
                      "org.ejml..",
                      "baton.contracts",
                      "baton.charter..",
                      "com.datadoghq.sketch.ddsketch.mapping",
                      "org.apache.commons.statistics.interval")
                  .or(resideInAnyPackage(CAPABILITIES)));
  private static final ArchRule PORTS_ANSWER_LATER_AND_KNOW_NO_MORE =
      classes()
          .that(resideInAnyPackage(CAPABILITIES).and(PORT))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java..", "org.jspecify..", "baton.contracts", "io.smallrye.mutiny")
                  .or(resideInAnyPackage(CAPABILITIES))
                  .or(nameMatching("io\\.vertx\\.mutiny\\.sqlclient\\.SqlConnection")));
  private static final ArchRule ADAPTERS_ARE_THEIR_OWN =
      classes()
          .that()
          .resideInAnyPackage(ADAPTERS.toArray(String[]::new))
          .and()
          .areTopLevelClasses()
          .and()
          .doNotBelongToAnyOf(FOUND_BY_NAME)
          .should()
          .notBePublic();
  private static final ArchRule ADAPTERS_DO_NOT_LOOK_AT_EACH_OTHER =
      slices().matching("baton.reporting.(*.*)..").should().notDependOnEachOther();
  private static final ArchRule CAPABILITIES_FORM_NO_CYCLE =
      slices().matching("baton.reporting.(*)..").should().beFreeOfCycles();
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

  private static final ArchRule A_JOURNEY_KNOWS_NOT_WHAT_IT_COUNTS_FOR =
      noClasses()
          .that()
          .resideInAPackage("baton.reporting.journey..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "baton.reporting.funnel..",
              "baton.reporting.attribution..",
              "baton.reporting.verdict..",
              "baton.reporting.fold..");

  private static final ArchRule SHARING_OUT_ASKS_NOBODY_WHO_COUNTS =
      noClasses()
          .that()
          .resideInAPackage("baton.reporting.attribution..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "baton.reporting.funnel..", "baton.reporting.verdict..", "baton.reporting.fold..");

  private static final ArchRule A_REPLAY_KNOWS_NOT_WHAT_IT_COUNTS_FOR =
      noClasses()
          .that()
          .resideInAPackage("baton.reporting.whatif..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("baton.reporting.funnel..", "baton.reporting.fold..");

  private static Class<?> found(String name) {
    try {
      return Class.forName("baton.reporting." + name);
    } catch (ClassNotFoundException moved) {
      throw new IllegalStateException(moved);
    }
  }

  static Stream<Arguments> a_rule_holds() {
    return Stream.of(
        Arguments.of("values know no technology", VALUES_KNOW_NO_TECHNOLOGY),
        Arguments.of("ports answer later", PORTS_ANSWER_LATER_AND_KNOW_NO_MORE),
        Arguments.of("adapters are their own", ADAPTERS_ARE_THEIR_OWN),
        Arguments.of("adapters don't look at each other", ADAPTERS_DO_NOT_LOOK_AT_EACH_OTHER),
        Arguments.of("capabilities form no cycle", CAPABILITIES_FORM_NO_CYCLE),
        Arguments.of("time comes in as an argument", TIME_COMES_IN_AS_AN_ARGUMENT),
        Arguments.of(
            "a journey knows not what it counts for", A_JOURNEY_KNOWS_NOT_WHAT_IT_COUNTS_FOR),
        Arguments.of("sharing out asks nobody who counts", SHARING_OUT_ASKS_NOBODY_WHO_COUNTS),
        Arguments.of(
            "a replay knows not what it counts for", A_REPLAY_KNOWS_NOT_WHAT_IT_COUNTS_FOR),
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
