package baton.lead;

import static org.assertj.core.api.Assertions.assertThat;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.RoleMatrix;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class RoleMatrixIT {
  @Test
  void each_role_may_what_the_table_says() {
    var here = URI.create("http://127.0.0.1:" + RestAssured.port);
    try (var matrix = new RoleMatrix(here, RoleMatrixIT.class)) {
      var answered =
          matrix.actual(
              Map.of("a tool", Map.of("kind", "typeform", "id", "nobody", "call", "batch")));

      assertThat(answered).isEqualTo(matrix.expected());
    }
  }
}
