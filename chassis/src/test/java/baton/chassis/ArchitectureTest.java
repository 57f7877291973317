package baton.chassis;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.UUID;

@AnalyzeClasses(packages = "baton.chassis", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule time_comes_from_the_clock =
      noClasses().should().callMethod(Instant.class, "now");

  @ArchTest
  static final ArchRule ids_grow_with_time =
      noClasses().should().callMethod(UUID.class, "randomUUID");

  @ArchTest
  static final ArchRule what_is_wrong_does_not_know_who_found_out =
      noClasses()
          .that()
          .resideInAnyPackage("baton.chassis.problem..", "baton.chassis.json..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("baton.chassis..")
                  .and(
                      com.tngtech.archunit.base.DescribedPredicate.not(
                          com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                              "baton.chassis.problem..", "baton.chassis.json.."))));

  @ArchTest
  static final ArchRule reading_a_command_needs_no_database =
      noClasses()
          .that()
          .resideInAnyPackage(
              "baton.chassis.command..", "baton.chassis.mapping..", "baton.chassis.paging..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "baton.chassis.database..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule words_that_say_nothing_name_nothing =
      noClasses().should().haveNameMatching(".*(Impl|Service|Manager|Helper|Utils?|Dto|Entity)");

  @ArchTest
  static final ArchRule capabilities_form_no_cycle =
      slices().matching("baton.chassis.(*)..").should().beFreeOfCycles();
}
