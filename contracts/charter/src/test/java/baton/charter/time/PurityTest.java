package baton.charter.time;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PurityTest {
  private static final ArchRule KNOWS_ONLY_TIME =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java.lang..",
              "java.time..",
              "java.util..",
              "de.focus_shift.jollyday.core",
              "org.jspecify.annotations..",
              "baton.charter.time");

  private static final ArchRule READS_NO_CLOCK =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(ZoneId.class, "systemDefault")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  private static JavaClasses shipped() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("baton.charter.time");
  }

  @Test
  void business_time_knows_only_time() {
    var shipped = shipped();

    assertThat(shipped.contain(Calendar.class)).isTrue();
    KNOWS_ONLY_TIME.check(shipped);
  }

  @Test
  void business_time_reads_no_clock() {
    READS_NO_CLOCK.check(shipped());
  }

  @Test
  void the_rules_see_who_breaks_them() {
    var breaks = new ClassFileImporter().importClasses(ReadsTheClock.class);

    assertThat(KNOWS_ONLY_TIME.evaluate(breaks).hasViolation()).isTrue();
    assertThat(READS_NO_CLOCK.evaluate(breaks).hasViolation()).isTrue();
  }

  static final class ReadsTheClock {
    private ReadsTheClock() {}

    static String now() {
      return new com.fasterxml.jackson.databind.ObjectMapper().toString() + Instant.now();
    }
  }
}
