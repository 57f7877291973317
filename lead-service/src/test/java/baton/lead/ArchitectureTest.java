package baton.lead;

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
  private static final String[] VALUES = {
    "baton.lead.identity",
    "baton.lead.channel",
    "baton.lead.dossier",
    "baton.lead.pass",
    "baton.lead.score",
    "baton.lead.campaign"
  };
  private static final String[] READERS = {
    "baton.lead.capture",
    "baton.lead.touch",
    "baton.lead.edit",
    "baton.lead.merge",
    "baton.lead.tool"
  };
  private static final List<String> ADAPTERS =
      List.of(
          "baton.lead.capture.rest",
          "baton.lead.touch.rest",
          "baton.lead.edit.rest",
          "baton.lead.merge.postgres",
          "baton.lead.merge.rest",
          "baton.lead.merge.timer",
          "baton.lead.score.rest",
          "baton.lead.connector.rest",
          "baton.lead.connector.http",
          "baton.lead.connector.postgres",
          "baton.lead.privacy.postgres",
          "baton.lead.privacy.rest",
          "baton.lead.timeline.kafka",
          "baton.lead.timeline.postgres",
          "baton.lead.timeline.rest",
          "baton.lead.imports.rest",
          "baton.lead.imports.postgres",
          "baton.lead.dossier.postgres",
          "baton.lead.pass.kafka",
          "baton.lead.campaign.rest",
          "baton.lead.campaign.postgres");
  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("baton.lead");

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
          .that(resideInAnyPackage(VALUES).and(not(PORT)))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java..",
                      "org.jspecify..",
                      "com.fasterxml.jackson.annotation",
                      "com.fasterxml.jackson.databind",
                      "com.google.i18n.phonenumbers",
                      "org.apache.commons.validator.routines",
                      "com.ibm.icu.text",
                      "baton.contracts",
                      "baton.charter..",
                      "baton.chassis.charter",
                      "baton.chassis.problem")
                  .or(resideInAnyPackage(VALUES)));
  private static final ArchRule READERS_KNOW_NO_STORE_AND_NO_WIRE =
      noClasses()
          .that()
          .resideInAnyPackage(READERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.smallrye..", "jakarta.ws..", "org.apache.kafka..");
  private static final ArchRule PORTS_KNOW_THE_TRANSACTION_AND_NO_MORE =
      classes()
          .that(resideInAnyPackage(VALUES).and(PORT))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java..", "org.jspecify..", "baton.chassis.paging", "io.smallrye.mutiny")
                  .or(resideInAnyPackage(VALUES))
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
      slices().matching("baton.lead.(*.*)..").should().notDependOnEachOther();
  private static final ArchRule CAPABILITIES_FORM_NO_CYCLE =
      slices().matching("baton.lead.(*)..").should().beFreeOfCycles();
  private static final ArchRule TIME_AND_IDS_COME_IN_AS_ARGUMENTS =
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
        Arguments.of("readers know no store and no wire", READERS_KNOW_NO_STORE_AND_NO_WIRE),
        Arguments.of("ports know the transaction", PORTS_KNOW_THE_TRANSACTION_AND_NO_MORE),
        Arguments.of("adapters are their own", ADAPTERS_ARE_THEIR_OWN),
        Arguments.of("adapters don't look at each other", ADAPTERS_DO_NOT_LOOK_AT_EACH_OTHER),
        Arguments.of("capabilities form no cycle", CAPABILITIES_FORM_NO_CYCLE),
        Arguments.of("time and ids come in", TIME_AND_IDS_COME_IN_AS_ARGUMENTS),
        Arguments.of("names say what a thing is", NAMES_SAY_WHAT_A_THING_IS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void a_rule_holds(String rule, ArchRule said) {
    said.check(SERVICE);
  }

  @Test
  void every_package_the_rules_name_is_there() {
    assertThat(SERVICE.stream().map(JavaClass::getPackageName))
        .containsAll(ADAPTERS)
        .contains(VALUES)
        .contains(READERS);
  }
}
