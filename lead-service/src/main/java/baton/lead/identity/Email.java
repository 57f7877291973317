package baton.lead.identity;

import com.ibm.icu.text.IDNA;
import java.net.IDN;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.apache.commons.validator.routines.DomainValidator;
import org.apache.commons.validator.routines.DomainValidator.ArrayType;
import org.apache.commons.validator.routines.EmailValidator;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address. Two spellings are one address when they differ in case, in Unicode form, in
 * how the domain is written, or in surrounding space; what Gmail ignores (dots, +tags) is not
 * guessed unless the installation says so.
 *
 * @param normalized the one spelling by which it is known again
 */
public record Email(String shown, String normalized, String domain) {
  private static final int LONGEST = 254;

  /** The top-level domains set aside for examples and tests (RFC 2606) are addresses here too. */
  private static final EmailValidator VALIDATOR =
      new EmailValidator(
          false,
          true,
          DomainValidator.getInstance(
              false,
              List.of(
                  new DomainValidator.Item(
                      ArrayType.GENERIC_PLUS, new String[] {"example", "invalid", "test"}))));

  private static volatile Mailboxes mailboxes = Mailboxes.AS_WRITTEN;

  /** From now on, for the whole process: who is who must not depend on the door. */
  public static void gmailSpellingsAreOne(boolean areOne) {
    mailboxes = areOne ? Mailboxes.AS_GMAIL_DELIVERS : Mailboxes.AS_WRITTEN;
  }

  /** The address, or null when it is none. */
  public static @Nullable Email read(String given) {
    return read(given, mailboxes);
  }

  static @Nullable Email read(String given, Mailboxes mailboxes) {
    var shown = Normalizer.normalize(given.strip(), Normalizer.Form.NFC);
    int at = shown.lastIndexOf('@');
    if (at < 1 || shown.length() > LONGEST) {
      return null;
    }
    var domain = ascii(shown.substring(at + 1));
    if (domain == null) {
      return null;
    }
    var local = shown.substring(0, at).toLowerCase(Locale.ROOT);
    return VALIDATOR.isValid(local + '@' + domain)
        ? new Email(shown, mailboxes.of(local, domain), domain)
        : null;
  }

  /** Whether anybody can have such an address, so that its domain says nothing of a company. */
  public boolean free() {
    return FreeMail.has(domain);
  }

  /** A domain as DNS has it, or null when it can't be one. */
  public static @Nullable String ascii(String domain) {
    if (!domain.chars().allMatch(letter -> letter < 128)) {
      return International.ascii(domain);
    }
    try {
      return IDN.toASCII(domain).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  /** Loaded with the first name that needs it. */
  private static final class International {
    /** As browsers and registries do since 2008: ß is a letter of its own, not two of another. */
    private static final IDNA NAMES =
        IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    static @Nullable String ascii(String domain) {
      var info = new IDNA.Info();
      var ascii = NAMES.nameToASCII(domain, new StringBuilder(), info);
      return info.hasErrors() ? null : ascii.toString();
    }
  }
}
