package baton.chassis.token;

import baton.contracts.Json;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The keys a provider signs by, as it published them last. Asked for at the start, every few
 * minutes, and when a token names another; but never oftener than every few seconds, whatever is
 * sent. With the provider away, the keys that were known go on to count for a day.
 */
final class ProviderKeys {
  private static final Logger LOG = Logger.getLogger(ProviderKeys.class);
  private static final Duration APART = Duration.ofSeconds(10);
  private static final Duration REFRESHED = Duration.ofMinutes(5);
  private static final Duration OLDEST = Duration.ofDays(1);
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  private record Known(List<JsonWebKey> keys, Set<String> thumbprints, Instant at) {
    static final Known NOTHING = new Known(List.of(), Set.of(), Instant.EPOCH);
  }

  private final String issuer;
  private final Vertx vertx;
  private final InstantSource clock;
  private final Runnable changed;
  private final HttpClient client;

  /** Always this one: a body that comes on another is lost before it is waited for. */
  private final Context context;

  private volatile Known known = Known.NOTHING;
  private volatile Instant asked = Instant.EPOCH;
  private volatile @Nullable Future<Known> asking;
  private long timer;

  /**
   * The keys of who issues tokens by this name.
   *
   * @param changed is told when a key came or went
   */
  ProviderKeys(String issuer, Vertx vertx, InstantSource clock, Runnable changed) {
    checked(issuer);
    this.issuer = issuer;
    this.vertx = vertx;
    this.clock = clock;
    this.changed = changed;
    this.context = vertx.getOrCreateContext();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setMaxPoolSize(1).setConnectTimeout(TIMEOUT_MILLIS));
  }

  void open() {
    ask();
    timer = vertx.setPeriodic(REFRESHED.toMillis(), _ -> ask());
  }

  void close() {
    vertx.cancelTimer(timer);
    client.close();
  }

  /** The keys at hand; those asked for where there are none yet. None where they are too old. */
  Future<List<JsonWebKey>> current() {
    return known.keys().isEmpty() ? ask() : Future.succeededFuture(fresh());
  }

  /** The keys as they are now, where these are the ones at hand and it is time to ask again. */
  Future<List<JsonWebKey>> newer(List<JsonWebKey> than) {
    return fresh() == than ? ask() : Future.succeededFuture(fresh());
  }

  private List<JsonWebKey> fresh() {
    var now = known;
    return clock.instant().isBefore(now.at().plus(OLDEST)) ? now.keys() : List.of();
  }

  private synchronized Future<List<JsonWebKey>> ask() {
    var underway = asking;
    if (underway == null) {
      var now = clock.instant();
      if (now.isBefore(asked.plus(APART))) {
        return Future.succeededFuture(fresh());
      }
      asked = now;
      underway = fetch();
      asking = underway;
      underway.onComplete(_ -> answered());
    }
    return underway.map(_ -> fresh()).otherwise(_ -> fresh());
  }

  private synchronized void answered() {
    asking = null;
  }

  private Future<Known> fetch() {
    var fetched = Promise.<Known>promise();
    context.runOnContext(_ -> published().onComplete(fetched));
    return fetched.future();
  }

  private Future<Known> published() {
    return get(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration")
        .compose(document -> get(keysAddress(document)))
        .map(this::read)
        .onSuccess(this::keep)
        .onFailure(
            failure ->
                LOG.warnf(
                    "the OIDC provider's keys can't be read; those known go on to count: %s",
                    failure.toString()));
  }

  private void keep(Known read) {
    var before = known;
    known = read;
    if (!before.thumbprints().equals(read.thumbprints())) {
      LOG.infof("%d keys of the OIDC provider", read.keys().size());
      changed.run();
    }
  }

  private String keysAddress(String document) {
    var said = json(document);
    if (!issuer.equals(said.path("issuer").asText())) {
      throw new IllegalStateException("another issuer answers");
    }
    var address = said.path("jwks_uri").asText();
    checked(address);
    return address;
  }

  private Known read(String document) {
    try {
      var keys = List.copyOf(new JsonWebKeySet(document).getJsonWebKeys());
      return new Known(
          keys,
          Set.copyOf(
              keys.stream().map(key -> key.getKeyId() + " " + key.getKey().hashCode()).toList()),
          clock.instant());
    } catch (JoseException garbled) {
      throw new IllegalStateException("these are no keys", garbled);
    }
  }

  private Future<String> get(String address) {
    return client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(address)
                .setTimeout(TIMEOUT_MILLIS)
                .putHeader("Accept", "application/json"))
        .compose(request -> request.send().compose(ProviderKeys::body));
  }

  private static Future<String> body(HttpClientResponse response) {
    return response.statusCode() == 200
        ? response.body().map(body -> body.toString(StandardCharsets.UTF_8))
        : Future.failedFuture(new IOException("answered " + response.statusCode()));
  }

  private static JsonNode json(String document) {
    try {
      return Json.mapper().readTree(document);
    } catch (IOException garbled) {
      throw new IllegalStateException("this is no JSON", garbled);
    }
  }

  /** Keys that travelled in the open prove nothing. */
  private static void checked(String address) {
    var uri = URI.create(address);
    var isSafe =
        "https".equals(uri.getScheme())
            || "http".equals(uri.getScheme()) && HERE.contains(String.valueOf(uri.getHost()));
    if (!isSafe) {
      throw new IllegalArgumentException(
          "an OIDC provider is reached by https, or on this machine: see BATON_OIDC_ISSUER");
    }
  }
}
