package baton.chassis.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * AES-256-GCM under a key derived from the installation's pepper. A sealed value opens only for the
 * owner it was closed for, so that rows can't be swapped.
 */
public final class Seal {
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;
  private static final byte[] PURPOSE = "baton seal 1".getBytes(StandardCharsets.UTF_8);

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  public Seal(byte[] pepper) {
    try {
      key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract().addIKM(pepper).thenExpand(PURPOSE, KEY_BYTES));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HKDF", impossible);
    }
  }

  public byte[] close(byte[] secret, String owner) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var closed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(secret);
      return ByteBuffer.allocate(1 + NONCE_BYTES + closed.length)
          .put(VERSION)
          .put(nonce)
          .put(closed)
          .array();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has AES-GCM", impossible);
    }
  }

  /** The secret; fails where it was sealed under another pepper or for another owner. */
  public byte[] open(byte[] sealed, String owner) {
    var bytes = ByteBuffer.wrap(sealed);
    if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / 8 || bytes.get() != VERSION) {
      throw new IllegalArgumentException("not a sealed value");
    }
    var nonce = new byte[NONCE_BYTES];
    bytes.get(nonce);
    var closed = new byte[bytes.remaining()];
    bytes.get(closed);
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(closed);
    } catch (GeneralSecurityException anothers) {
      throw new IllegalArgumentException(
          "sealed under another pepper or for another owner", anothers);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
