package baton.chassis.access;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sales-manager has 20 requests a minute here, and an address 100 failures. */
@QuarkusTest
@WithTestResource(BatonTestResource.class)
class LimitsIT {
  private static final int QUOTA = 20;
  private static final int FAILURES = 100;

  private final Keys keys;

  LimitsIT(Keys keys) {
    this.keys = keys;
  }

  @Test
  void a_key_is_told_what_is_left_to_it_and_when_it_may_come_again() throws Exception {
    var manager = another(Role.SALES_MANAGER);
    var answers = new ArrayList<HttpResponse<String>>();

    try (var client = HttpClient.newHttpClient()) {
      for (int i = 0; i <= QUOTA; i++) {
        answers.add(client.send(reading(manager), ofString()));
      }
    }

    var first = answers.getFirst();
    var last = answers.getLast();
    assertThat(answers).extracting(HttpResponse::statusCode).startsWith(200).endsWith(200, 429);
    assertThat(first.headers().firstValue("RateLimit-Policy"))
        .contains("\"sales-manager\";q=20;w=60");
    assertThat(first.headers().firstValue("RateLimit")).contains("\"sales-manager\";r=19;t=3");
    assertThat(last.headers().firstValue("RateLimit").orElse("")).contains(";r=0;");
    assertThat(last.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 3L);
    assertThat(last.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(last.body()).contains("urn:baton:problem:too-many-requests");
  }

  @Test
  void a_call_straight_from_the_router_counts_like_any_other() throws Exception {
    var manager = another(Role.SALES_MANAGER);

    try (var client = HttpClient.newHttpClient()) {
      for (int i = 0; i < QUOTA; i++) {
        client.send(echo(manager), ofString());
      }
      var refused = client.send(echo(manager), ofString());

      assertThat(refused.statusCode()).isEqualTo(429);
    }
  }

  @Test
  void what_one_key_spends_another_of_its_role_keeps() throws Exception {
    var spender = another(Role.SALES_MANAGER);
    try (var client = HttpClient.newHttpClient()) {
      for (int i = 0; i <= QUOTA; i++) {
        client.send(reading(spender), ofString());
      }

      var answer = client.send(reading(another(Role.SALES_MANAGER)), ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void where_too_many_credentials_fail_no_unknown_one_is_looked_at() throws Exception {
    var elsewhere = InetAddress.getByName("127.0.0.77");
    assumeTrue(isOurs(elsewhere), "only where every 127.x is this machine");
    var known = Infrastructure.shared().key("report");
    try (var client = HttpClient.newBuilder().localAddress(elsewhere).build()) {
      client.send(reading(known), ofString());
      for (int i = 0; i < 2 * FAILURES; i++) {
        if (client.send(reading("baton_guess_" + i), ofString()).statusCode() == 429) {
          break;
        }
      }

      var guess = client.send(reading("baton_guess"), ofString());
      var fresh = client.send(reading(another(Role.REPORT)), ofString());
      var old = client.send(reading(known), ofString());

      assertThat(guess.statusCode()).isEqualTo(429);
      assertThat(guess.headers().firstValue("Retry-After")).contains("1");
      assertThat(fresh.statusCode()).isEqualTo(429);
      assertThat(old.statusCode()).isEqualTo(200);
    }
    try (var client = HttpClient.newHttpClient()) {
      assertThat(client.send(reading("baton_guess"), ofString()).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void health_is_asked_without_end() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              request("/health/live", another(Role.SALES_MANAGER)).GET().build(), ofString());

      assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 20010db800010002",
    "2001:db8:1:2::9, 20010db800010002"
  })
  void an_address_of_IPv6_counts_as_its_network(String address, String counted) {
    assertThat(Limits.network(address)).isEqualTo(counted);
  }

  private String another(Role role) {
    var minted = keys.mint(role, null, null, null);
    keys.learn(minted.key());
    return minted.token();
  }

  private static boolean isOurs(InetAddress address) {
    try (var socket = new java.net.ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException anothers) {
      return false;
    }
  }

  private static HttpRequest reading(String key) {
    return request("/charters/current", key).GET().build();
  }

  private static HttpRequest echo(String key) {
    return request("/echo", key)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{}"))
        .build();
  }

  private static HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
        .header("Authorization", "Bearer " + key);
  }
}
