package baton.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.infrastructure.RoleMatrix;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // Quarkus fills the field
@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class RoleMatrixIT {
  @TestHTTPResource URI root;

  @Test
  void each_role_may_what_the_table_says() {
    var objects =
        Map.of(
            "own", Map.of("id", requestOf("ada")),
            "another's", Map.of("id", requestOf("grace")));
    try (var matrix = new RoleMatrix(root, RoleMatrixIT.class)) {
      var answered = matrix.actual(objects);

      assertThat(answered).isEqualTo(matrix.expected());
    }
  }

  private String requestOf(String seller) {
    return new Api(root, Infrastructure.shared().sellerKey(seller))
        .post("/content-requests", "{\"objection\": \"price\"}")
        .text("/requestId");
  }
}
