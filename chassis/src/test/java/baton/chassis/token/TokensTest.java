package baton.chassis.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
  static final Vertx VERTX = Vertx.vertx();
  static final Issuer ISSUER = new Issuer();
  static final PublicJsonWebKey RSA = ISSUER.rsa("rsa-1");
  static final PublicJsonWebKey EC = ISSUER.ec("ec-1");

  private final HandSetClock clock = new HandSetClock();
  private Tokens tokens = tokens(ISSUER.name());

  @BeforeEach
  void open() {
    tokens = tokens(ISSUER.name());
  }

  @AfterAll
  static void close() {
    ISSUER.close();
    VERTX.close();
  }

  @Test
  void a_person_is_who_the_provider_says() throws Exception {
    var claims = ISSUER.claims(NINE, "sales");
    claims.setClaim("seller_id", "grace");

    var told = told(Issuer.sign(claims, RSA));

    assertThat(told)
        .contains(
            new Person(
                Issuer.SUBJECT,
                Set.of("offline_access", "uma_authorization", "sales"),
                "grace",
                NINE.plusSeconds(330)));
  }

  static Stream<Arguments> taken() {
    return Stream.of(
        row("by an RSA key", claims -> Issuer.sign(claims, RSA)),
        row("by an elliptic key", claims -> Issuer.sign(claims, EC)),
        row(
            "for others too",
            claims -> {
              claims.setAudience("account", "baton");
              return Issuer.sign(claims, RSA);
            }),
        row("29 seconds after its end", claims -> Issuer.sign(expiring(claims, -29), RSA)),
        row(
            "29 seconds before its beginning",
            claims -> {
              claims.setNotBefore(NumericDate.fromSeconds(NINE.getEpochSecond() + 29));
              return Issuer.sign(claims, RSA);
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void taken(String what, Function<JwtClaims, String> sent) throws Exception {
    assertThat(told(sent.apply(ISSUER.claims(NINE, "marketing")))).isPresent();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        row(
            "not signed",
            claims ->
                Issuer.sign(
                    claims,
                    token -> {
                      token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
                      token.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
                    })),
        row("its signature cut off", claims -> Issuer.sign(claims, RSA).replaceAll("[^.]*$", "")),
        row("the public key taken for a secret", claims -> hmac(claims, pem())),
        row("the public key's bytes for a secret", claims -> hmac(claims, encoded())),
        row("RSA with another hash", claims -> rsa(claims, AlgorithmIdentifiers.RSA_USING_SHA512)),
        row("RSA-PSS", claims -> rsa(claims, AlgorithmIdentifiers.RSA_PSS_USING_SHA256)),
        row("another's RSA key by this name", claims -> Issuer.sign(claims, foreign("rsa-1"))),
        row("another's key of its own", claims -> Issuer.sign(claims, foreign("rsa-9"))),
        row("another curve", claims -> Issuer.sign(claims, curve())),
        row("a key that travels in the token", TokensTest::embedded),
        row("a key that the token says where to find", TokensTest::pointing),
        row("a word of it changed", claims -> changed(Issuer.sign(claims, RSA))),
        row("another issuer", claims -> with(claims, "iss", "http://127.0.0.1:1/realms/acme")),
        row("no issuer", claims -> without(claims, "iss")),
        row("the issuer with a slash", claims -> with(claims, "iss", ISSUER.name() + "/")),
        row("for another audience", claims -> with(claims, "aud", "account")),
        row("for nobody", claims -> without(claims, "aud")),
        row("about nobody", claims -> without(claims, "sub")),
        row("without an end", claims -> without(claims, "exp")),
        row("an end that is no time", claims -> with(claims, "exp", "soon")),
        row("ended 31 seconds ago", claims -> Issuer.sign(expiring(claims, -31), RSA)),
        row(
            "not yet",
            claims -> {
              claims.setNotBefore(NumericDate.fromSeconds(NINE.getEpochSecond() + 31));
              return Issuer.sign(claims, RSA);
            }),
        row("an ID token", claims -> with(claims, "typ", "ID")),
        row("a refresh token", claims -> with(claims, "typ", "Refresh")),
        row("a subject without end", claims -> with(claims, "sub", "a".repeat(256))),
        row("dots", _ -> ".."),
        row("dots and words", _ -> "a.b.c"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String what, Function<JwtClaims, String> sent) throws Exception {
    assertThat(told(sent.apply(ISSUER.claims(NINE, "admin")))).isEmpty();
  }

  @Test
  void a_new_key_is_fetched_when_a_token_names_it() throws Exception {
    told(Issuer.sign(ISSUER.claims(NINE, "report"), RSA));
    var fresh = ISSUER.rsa("rsa-2");
    clock.pass(11);

    var told = told(Issuer.sign(ISSUER.claims(NINE, "report"), fresh));

    assertThat(told).isPresent();
    ISSUER.withdraw(fresh);
  }

  @Test
  void a_flood_of_unknown_keys_asks_the_provider_once() throws Exception {
    told(Issuer.sign(ISSUER.claims(NINE, "report"), RSA));
    clock.pass(11);
    int before = ISSUER.asked();
    var flood = new ArrayList<String>();
    for (int i = 0; i < 50; i++) {
      var key = PublicJsonWebKey.Factory.newPublicJwk(RSA.getKey());
      key.setPrivateKey(RSA.getPrivateKey());
      key.setKeyId("guess-" + i);
      flood.add(Issuer.sign(ISSUER.claims(NINE, "admin"), key));
    }

    for (var token : flood) {
      assertThat(told(token)).isEmpty();
    }

    assertThat(ISSUER.asked() - before).isEqualTo(1);
    assertThat(told(Issuer.sign(ISSUER.claims(NINE, "report"), RSA))).isPresent();
  }

  @Test
  void a_key_that_was_withdrawn_proves_nothing_once_that_is_known() throws Exception {
    var stolen = ISSUER.rsa("rsa-3");
    var token = Issuer.sign(ISSUER.claims(NINE, "admin"), stolen);
    assertThat(told(token)).isPresent();
    ISSUER.withdraw(stolen);
    clock.pass(11);

    told(Issuer.sign(ISSUER.claims(NINE, "admin"), foreign("rsa-9")));

    assertThat(tokens.remembered(token)).isEmpty();
    assertThat(told(token)).isEmpty();
  }

  @Test
  void with_the_provider_away_the_keys_that_were_known_count() throws Exception {
    var own = new Issuer();
    var key = own.rsa("rsa-1");
    tokens = tokens(own.name());
    told(Issuer.sign(own.claims(NINE, "report"), key));
    own.close();
    clock.pass(60);

    assertThat(told(Issuer.sign(own.claims(NINE, "sales"), key))).isPresent();
    assertThat(told(Issuer.sign(own.claims(NINE, "sales"), foreign("rsa-9")))).isEmpty();
    assertThat(told(Issuer.sign(own.claims(NINE, "marketing"), key))).isPresent();
  }

  @Test
  void a_token_is_remembered_until_it_ends() throws Exception {
    var token = Issuer.sign(ISSUER.claims(NINE, "report"), RSA);
    told(token);
    assertThat(tokens.remembered(token)).isPresent();

    clock.pass(331);

    assertThat(tokens.remembered(token)).isEmpty();
  }

  @Test
  void without_an_issuer_no_token_is_one() {
    var off = new Tokens(new Settings(Optional.empty()), VERTX, clock);

    assertThat(off.isOne(Issuer.sign(ISSUER.claims(NINE, "admin"), RSA))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://login.acme.example/realms/acme", "ftp://127.0.0.1/", "acme"})
  void a_provider_that_is_reached_in_the_open_is_refused(String issuer) {
    assertThatThrownBy(() -> tokens(issuer)).hasMessageContaining("https");
  }

  private Optional<Person> told(String token) throws Exception {
    return tokens.person(token).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private Tokens tokens(String issuer) {
    return new Tokens(new Settings(Optional.of(issuer)), VERTX, clock);
  }

  private static Arguments row(String what, Function<JwtClaims, String> sent) {
    return arguments(what, sent);
  }

  private static String with(JwtClaims claims, String name, Object value) {
    claims.setClaim(name, value);
    return Issuer.sign(claims, RSA);
  }

  private static String without(JwtClaims claims, String name) {
    claims.unsetClaim(name);
    return Issuer.sign(claims, RSA);
  }

  private static JwtClaims expiring(JwtClaims claims, int seconds) {
    claims.setIssuedAt(NumericDate.fromSeconds(NINE.getEpochSecond() - 300));
    claims.setExpirationTime(NumericDate.fromSeconds(NINE.getEpochSecond() + seconds));
    return claims;
  }

  private static String rsa(JwtClaims claims, String algorithm) {
    return Issuer.sign(
        claims,
        token -> {
          token.setKeyIdHeaderValue("rsa-1");
          token.setKey(RSA.getPrivateKey());
          token.setAlgorithmHeaderValue(algorithm);
        });
  }

  private static String hmac(JwtClaims claims, byte[] secret) {
    return Issuer.sign(
        claims,
        token -> {
          token.setKeyIdHeaderValue("rsa-1");
          token.setKey(new HmacKey(secret));
          token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        });
  }

  private static byte[] encoded() {
    return RSA.getPublicKey().getEncoded();
  }

  private static byte[] pem() {
    return ("-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded())
            + "\n-----END PUBLIC KEY-----\n")
        .getBytes(UTF_8);
  }

  private static PublicJsonWebKey foreign(String keyId) {
    try {
      var key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(keyId);
      return key;
    } catch (JoseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static PublicJsonWebKey curve() {
    try {
      var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId("ec-1");
      return key;
    } catch (JoseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String embedded(JwtClaims claims) {
    var own = foreign("rsa-9");
    return Issuer.sign(
        claims,
        token -> {
          token.setJwkHeader(own);
          token.setKey(own.getPrivateKey());
          token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        });
  }

  private static String pointing(JwtClaims claims) {
    try (var other = new Issuer()) {
      var own = other.rsa("rsa-9");
      return Issuer.sign(
          claims,
          token -> {
            token.setHeader("jku", other.name() + "/certs");
            token.setHeader("x5u", other.name() + "/certs");
            token.setKeyIdHeaderValue("rsa-9");
            token.setKey(own.getPrivateKey());
            token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
          });
    }
  }

  private static String changed(String token) {
    var parts = token.split("\\.", -1);
    var claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
    parts[1] =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.replace("admin", "sales").getBytes(UTF_8));
    return String.join(".", parts);
  }

  private record Settings(Optional<String> issuer) implements ProviderSettings {
    @Override
    public String audience() {
      return "baton";
    }

    @Override
    public String rolesClaim() {
      return "realm_access/roles";
    }

    @Override
    public String sellerClaim() {
      return "seller_id";
    }

    @Override
    public Map<String, String> roles() {
      return Map.of();
    }
  }

  private static final class HandSetClock implements InstantSource {
    private Instant now = NINE;

    void pass(long seconds) {
      now = now.plusSeconds(seconds);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
