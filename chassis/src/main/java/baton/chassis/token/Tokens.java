package baton.chassis.token;

import baton.chassis.token.Proving.Verdict;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The access tokens of people. */
@ApplicationScoped
public class Tokens {
  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final @Nullable Proving proving;
  private final @Nullable ProviderKeys keys;
  private final Cache<String, Person> proven =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(REMEMBERED)
          .executor(Runnable::run)
          .build();

  Tokens(ProviderSettings settings, Vertx vertx, InstantSource clock) {
    this.clock = clock;
    var issuer = settings.issuer().filter(named -> !named.isBlank()).orElse(null);
    this.proving = issuer == null ? null : new Proving(settings, issuer);
    this.keys =
        issuer == null ? null : new ProviderKeys(issuer, vertx, clock, proven::invalidateAll);
  }

  void open(@Observes StartupEvent start) {
    if (keys != null) {
      keys.open();
    }
  }

  void close(@Observes ShutdownEvent stop) {
    if (keys != null) {
      keys.close();
    }
  }

  /** Whether this has a token's form, and tokens are taken here. */
  public boolean isOne(String credential) {
    int first = credential.indexOf('.');
    return proving != null && first > 0 && credential.indexOf('.', first + 1) > first;
  }

  /** Whom the token was seen to stand for a short while ago, and still does. */
  public Optional<Person> remembered(String token) {
    return Optional.ofNullable(proven.getIfPresent(digest(token)))
        .filter(person -> clock.instant().isBefore(person.until()));
  }

  /** Whom the token stands for; nobody where it doesn't hold. Never fails. */
  public Future<Optional<Person>> person(String token) {
    if (proving == null || keys == null) {
      return Future.succeededFuture(Optional.empty());
    }
    var proves = proving;
    return keys.current()
        .compose(
            known -> {
              var verdict = proves.prove(token, known, clock.instant());
              return verdict instanceof Verdict.UnknownKey
                  ? keys.newer(known).map(newer -> proves.prove(token, newer, clock.instant()))
                  : Future.succeededFuture(verdict);
            })
        .map(verdict -> told(token, verdict));
  }

  private Optional<Person> told(String token, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Proven(var person) -> {
        proven.put(digest(token), person);
        yield Optional.of(person);
      }
      case Verdict.UnknownKey(), Verdict.Refused() -> Optional.empty();
    };
  }

  private static String digest(String token) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
