package baton.chassis.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** An OIDC provider on this machine: publishes its keys, and signs whatever it is asked to. */
public final class Issuer implements AutoCloseable {
  public static final String SUBJECT = "f3b1c9a0-0000-4000-8000-000000000001";

  private final HttpServer server;
  private final List<JsonWebKey> published = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final String name;
  private final PublicJsonWebKey own;

  /** One that listens on a free port and publishes a key. */
  public Issuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    name = "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/acme";
    server.createContext(
        "/realms/acme/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange, "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/certs\"}".formatted(name, name)));
    server.createContext(
        "/realms/acme/certs",
        exchange -> {
          asked.incrementAndGet();
          answer(
              exchange,
              new JsonWebKeySet(new ArrayList<>(published))
                  .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
        });
    server.start();
    own = ec("own");
  }

  /** The key it has from the start. */
  public PublicJsonWebKey own() {
    return own;
  }

  public String name() {
    return name;
  }

  /** How often its keys were asked for. */
  public int asked() {
    return asked.get();
  }

  public PublicJsonWebKey rsa(String keyId) {
    try {
      return published(RsaJwkGenerator.generateJwk(2048), keyId);
    } catch (JoseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public PublicJsonWebKey ec(String keyId) {
    try {
      return published(EcJwkGenerator.generateJwk(EllipticCurves.P256), keyId);
    } catch (JoseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Publishes this key no more. */
  public void withdraw(JsonWebKey key) {
    published.remove(key);
  }

  /** What this provider says of a person of a role, at some time, for five minutes. */
  public JwtClaims claims(Instant at, String role) {
    var claims = new JwtClaims();
    claims.setIssuer(name);
    claims.setAudience("baton");
    claims.setSubject(SUBJECT);
    claims.setIssuedAt(NumericDate.fromSeconds(at.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(at.getEpochSecond() + 300));
    claims.setClaim("typ", "Bearer");
    claims.setClaim(
        "realm_access", Map.of("roles", List.of("offline_access", "uma_authorization", role)));
    return claims;
  }

  /** A token by this key, in the way its kind is used. */
  public static String sign(JwtClaims claims, PublicJsonWebKey key) {
    return sign(
        claims,
        token -> {
          token.setKeyIdHeaderValue(key.getKeyId());
          token.setKey(key.getPrivateKey());
          token.setAlgorithmHeaderValue(
              key.getKeyType().equals("RSA")
                  ? AlgorithmIdentifiers.RSA_USING_SHA256
                  : AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        });
  }

  /** A token signed as it is said to be, which need not be wise. */
  public static String sign(JwtClaims claims, Consumer<JsonWebSignature> how) {
    var token = new JsonWebSignature();
    token.setPayload(claims.toJson());
    token.setDoKeyValidation(false);
    how.accept(token);
    try {
      return token.getCompactSerialization();
    } catch (JoseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private PublicJsonWebKey published(PublicJsonWebKey key, String keyId) {
    key.setKeyId(keyId);
    key.setUse("sig");
    published.add(key);
    return key;
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
