package baton.lead.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.contracts.ExternalId;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * One thing a lead is recognised by. Its key is what the unique index holds: a digest, so that
 * every kind and length fits 16 bytes and personal data stays in one table.
 */
public record Identity(Kind kind, UUID key) {
  /** In the order in which they are believed. */
  public enum Kind {
    @JsonProperty("externalId")
    EXTERNAL_ID,
    @JsonProperty("email")
    EMAIL,
    @JsonProperty("phone")
    PHONE
  }

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
              throw new IllegalStateException("every JDK has SHA-256", impossible);
            }
          });

  public static Identity of(Email email) {
    return new Identity(Kind.EMAIL, key("email", email.normalized()));
  }

  public static Identity of(Phone phone) {
    return new Identity(Kind.PHONE, key("phone", phone.normalized()));
  }

  /** Of an external id as it is published. */
  public static Identity of(ExternalId id) {
    return new Identity(Kind.EXTERNAL_ID, key("id", id.system() + '\n' + id.id()));
  }

  /**
   * Whether an id names a device rather than a person: that of a system whose name ends in {@code
   * anonymous}, whatever installation it goes on to name.
   */
  public static boolean isAnonymous(ExternalId id) {
    int dot = id.system().indexOf('.');
    return (dot < 0 ? id.system() : id.system().substring(0, dot)).endsWith("anonymous");
  }

  /** What stands on a unique index for a text of this kind. */
  public static UUID key(String kind, String text) {
    return key(kind, text.getBytes(UTF_8));
  }

  public static UUID key(String kind, byte[] content) {
    var digest = SHA_256.get();
    digest.update(kind.getBytes(UTF_8));
    digest.update((byte) '\n');
    var bytes = ByteBuffer.wrap(digest.digest(content));
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
