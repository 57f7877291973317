package baton.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final ArchRule NEEDS_NOTHING_BUT_JACKSON =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.fasterxml.jackson..",
              "org.jspecify.annotations..",
              "baton.contracts..");

  @Test
  void a_consumer_needs_nothing_but_jackson() {
    var shipped =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("baton.contracts");

    assertThat(shipped.contain(Event.class)).isTrue();
    NEEDS_NOTHING_BUT_JACKSON.check(shipped);
  }

  @Test
  void the_rule_sees_a_class_that_needs_more() {
    var needsMore = new ClassFileImporter().importClasses(GoldenTest.class);

    assertThat(NEEDS_NOTHING_BUT_JACKSON.evaluate(needsMore).hasViolation()).isTrue();
  }
}
