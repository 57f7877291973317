package baton.chassis.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import baton.chassis.token.Issuer;
import baton.chassis.token.IssuerResource;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

/** People with tokens and machines with keys, side by side. */
@QuarkusTest
@WithTestResource(BatonTestResource.class)
@WithTestResource(IssuerResource.class)
class PersonIT {
  @SuppressWarnings("NullAway.Init") // by IssuerResource
  Issuer issuer;

  @Test
  void a_token_opens_what_its_role_may_and_nothing_else() {
    assertThat(reading(token(claims("report"))).statusCode()).isEqualTo(200);
    assertThat(reading(token(claims("capture"))).statusCode()).isEqualTo(403);
    assertThat(reading(token(claims("uma_authorization"))).statusCode()).isEqualTo(403);
  }

  @Test
  void a_token_opens_a_call_straight_from_the_router() {
    var admin = token(claims("admin"));

    var echoed = echo(admin, "\"hello\"");
    var again = echo(admin, "\"hello\"");

    assertThat(echoed.statusCode()).as(echoed.asString()).isEqualTo(201);
    assertThat(echoed.jsonPath().getInt("length")).isEqualTo(7);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(echo(token(claims("report")), "\"hello\"").statusCode()).isEqualTo(403);
  }

  @Test
  void what_a_person_does_is_noted_by_the_id_they_have_there() {
    var answer =
        given()
            .header("Authorization", "Bearer " + token(claims("admin")))
            .contentType("application/json")
            .body("{\"thing\": \"theirs\"}")
            .post("/orders");

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
    assertThat(answer.jsonPath().getString("by")).isEqualTo("oidc:" + Issuer.SUBJECT);
    assertThat(
            given()
                .header("X-Api-Key", Infrastructure.shared().key("admin"))
                .get("/audit?caller=oidc:" + Issuer.SUBJECT)
                .jsonPath()
                .getList("items.act", String.class))
        .contains("order.placed");
  }

  @Test
  void a_token_that_does_not_hold_is_refused_like_a_key_that_does_not() {
    var stranger = new Issuer();
    var forged = Issuer.sign(claims("admin"), stranger.own());
    stranger.close();
    var late = Issuer.sign(issuer.claims(Instant.now().minusSeconds(400), "admin"), issuer.own());

    assertThat(reading(forged).statusCode()).isEqualTo(401);
    assertThat(reading(late).statusCode()).isEqualTo(401);
    assertThat(echo(forged, "{}").statusCode()).isEqualTo(401);
    assertThat(reading("a.b.c").contentType()).isEqualTo("application/problem+json");
  }

  @Test
  void a_key_counts_as_before() {
    assertThat(reading(Infrastructure.shared().key("report")).statusCode()).isEqualTo(200);
  }

  @Test
  void a_token_is_counted_like_a_key() {
    assertThat(reading(token(claims("report"))).header("RateLimit")).startsWith("\"report\";r=");
  }

  private JwtClaims claims(String role) {
    return issuer.claims(Instant.now(), role);
  }

  private String token(JwtClaims claims) {
    return Issuer.sign(claims, issuer.own());
  }

  private static Response reading(String token) {
    return given().header("Authorization", "Bearer " + token).get("/charters/current");
  }

  private static Response echo(String token, String body) {
    return given()
        .header("Authorization", "Bearer " + token)
        .contentType("application/json")
        .body(body)
        .post("/echo");
  }
}
