package baton.chassis.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.chassis.token.KeycloakResource;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The realm file under a real Keycloak. It takes more than a minute of two cores and 150 MB from
 * Maven Central, so it runs by hand; what every build tries is {@code TokensTest} and {@code
 * PersonIT}, with real keys and a provider of their own.
 */
@QuarkusTest
@WithTestResource(BatonTestResource.class)
@WithTestResource(KeycloakResource.class)
@EnabledIfSystemProperty(named = "baton.keycloak", matches = "true")
class KeycloakIT {
  @SuppressWarnings("NullAway.Init") // by KeycloakResource
  URI realm;

  @ParameterizedTest
  @CsvSource({
    "mara, 200",
    "grace, 200",
    "sam, 200",
    "rita, 200",
    "root, 200",
    "janus, 403",
    "guest, 403"
  })
  void who_has_one_role_is_let_in(String person, int status) {
    assertThat(reading(token("baton-test", person))).isEqualTo(status);
  }

  @Test
  void a_role_may_what_it_may() {
    assertThat(echo(token("baton-test", "grace"))).isEqualTo(201);
    assertThat(echo(token("baton-test", "rita"))).isEqualTo(403);
  }

  @Test
  void a_token_for_somebody_else_opens_nothing() {
    assertThat(reading(token("elsewhere", "root"))).isEqualTo(401);
  }

  @Test
  void a_key_opens_as_before() {
    assertThat(reading(Infrastructure.shared().key("report"))).isEqualTo(200);
  }

  @Test
  void a_key_that_keycloak_rotates_in_is_learnt() {
    var before = token("baton-test", "rita");
    assertThat(reading(before)).isEqualTo(200);
    var admin = token(realm.resolve("master"), "admin-cli", "operator", "operator");
    given()
        .header("Authorization", "Bearer " + admin)
        .contentType("application/json")
        .body(
            """
            {"name": "fresh", "providerId": "ecdsa-generated",
             "providerType": "org.keycloak.keys.KeyProvider",
             "config": {"priority": ["1000"], "enabled": ["true"], "active": ["true"],
               "ecdsaEllipticCurveKey": ["P-256"]}}
            """)
        .post(realm.resolve("/admin/realms/baton/components"))
        .then()
        .statusCode(201);
    given()
        .header("Authorization", "Bearer " + admin)
        .contentType("application/json")
        .body("{\"defaultSignatureAlgorithm\": \"ES256\"}")
        .put(realm.resolve("/admin/realms/baton"))
        .then()
        .statusCode(204);

    var after = token("baton-test", "rita");

    assertThat(header(after)).contains("ES256");
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(reading(after)).isEqualTo(200));
    assertThat(reading(before)).isEqualTo(200);
  }

  private String token(String client, String person) {
    return token(realm, client, person, person);
  }

  private static String token(URI realm, String client, String person, String password) {
    return given()
        .contentType("application/x-www-form-urlencoded")
        .formParam("grant_type", "password")
        .formParam("client_id", client)
        .formParam("username", person)
        .formParam("password", password)
        .post(realm + "/protocol/openid-connect/token")
        .then()
        .statusCode(200)
        .extract()
        .path("access_token");
  }

  private static String header(String token) {
    return new String(
        java.util.Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  private static int reading(String token) {
    return given().header("Authorization", "Bearer " + token).get("/charters/current").statusCode();
  }

  private static int echo(String token) {
    return given()
        .header("Authorization", "Bearer " + token)
        .contentType("application/json")
        .body("{}")
        .post("/echo")
        .statusCode();
  }
}
