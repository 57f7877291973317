package baton.chassis.access;

import baton.contracts.AccessKey;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Every key this instance knows, from the operator's file and from the topic {@code access-key}.
 * What the topic says about a key outweighs the file, so that a key of the file can be revoked.
 */
@ApplicationScoped
public class Keys {
  private static final Logger LOG = Logger.getLogger(Keys.class);
  private static final int FIRST = 1;
  private static final long SECONDS_OF_HOUR = 3600;

  private final Path path;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentHashMap<String, AccessKey> heard = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Long> hours = new ConcurrentHashMap<>();
  private volatile @Nullable KeysFile file;

  Keys(@ConfigProperty(name = "BATON_KEYS_FILE") String path, InstantSource clock) {
    this.path = Path.of(path);
    this.clock = clock;
  }

  void open(@Observes @Priority(FIRST) StartupEvent start) {
    file();
  }

  /** Whose token this is; nobody's when it is unknown, mistyped, expired or revoked. */
  public @Nullable Caller caller(String token) {
    var parsed = ApiKey.parse(token);
    if (parsed == null) {
      return null;
    }
    var key = find(parsed.keyId());
    if (key == null || !proves(parsed.secret(), key) || !holds(key, clock.instant())) {
      return null;
    }
    return Role.named(key.role())
        .map(role -> new Caller(key.keyId(), role, key.sellerId(), key.source()))
        .orElse(null);
  }

  /** Whether that by which this caller came still says the same, for who stays a while. */
  public boolean holds(Caller caller) {
    if (caller.until() != null) {
      return clock.instant().isBefore(caller.until());
    }
    var key = find(caller.keyId());
    return key != null
        && holds(key, clock.instant())
        && key.role().equals(caller.role().word())
        && Objects.equals(key.sellerId(), caller.sellerId());
  }

  /** A new key under this installation's pepper; it holds once it was published. */
  public ApiKey.Minted mint(
      Role role, @Nullable String sellerId, @Nullable String source, @Nullable Instant expiresAt) {
    return ApiKey.mint(random, file().pepper(), role, sellerId, source, expiresAt, clock.instant());
  }

  /** Remembers the hour in which the caller called. */
  void used(Caller caller) {
    long hour = clock.instant().getEpochSecond() / SECONDS_OF_HOUR;
    var last = hours.get(caller.keyId());
    if (caller.until() == null && (last == null || last != hour)) {
      hours.put(caller.keyId(), hour);
    }
  }

  /** Whether this key wasn't used here before. */
  boolean isNew(Caller caller) {
    return !hours.containsKey(caller.keyId());
  }

  /** The hour in which each key was used last, of those used here since the service started. */
  Map<String, Instant> lastUses() {
    var uses = new HashMap<String, Instant>();
    hours.forEach((key, hour) -> uses.put(key, Instant.ofEpochSecond(hour * SECONDS_OF_HOUR)));
    return uses;
  }

  void learn(AccessKey key) {
    heard.put(key.keyId(), key);
  }

  void forget(String keyId) {
    heard.remove(keyId);
  }

  /** Reads the file again if it changed. A file that can't be read leaves the last one in force. */
  void reload() {
    try {
      if (!KeysFile.Stamp.of(path).equals(file().stamp())) {
        file = KeysFile.read(path);
        LOG.infof("%d keys read from the keys file", file().keys().size());
      }
    } catch (IOException unreadable) {
      LOG.warnf(
          "the keys file can't be read, or others may read it; the last one stays in force: %s",
          unreadable.getClass().getSimpleName());
    }
  }

  private @Nullable AccessKey find(String keyId) {
    var known = heard.get(keyId);
    return known == null ? file().keys().get(keyId) : known;
  }

  private KeysFile file() {
    var read = file;
    if (read == null) {
      try {
        read = KeysFile.read(path);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(
            unreadable instanceof AccessDeniedException open && open.getReason() != null
                ? open.getReason()
                : "BATON_KEYS_FILE must name a readable keys file: " + path,
            unreadable);
      }
      file = read;
    }
    return read;
  }

  private boolean proves(String secret, AccessKey key) {
    return MessageDigest.isEqual(
        ApiKey.hash(file().pepper(), secret).getBytes(StandardCharsets.US_ASCII),
        key.secretHash().getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean holds(AccessKey key, Instant now) {
    return (key.expiresAt() == null || now.isBefore(key.expiresAt()))
        && (key.revokedAt() == null || now.isBefore(key.revokedAt()));
  }
}
