package baton.lead.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import org.jspecify.annotations.Nullable;

/**
 * A phone number in E.164. An extension is part of who is called: colleagues at one switchboard are
 * not one person.
 */
public record Phone(String e164, @Nullable String extension) {
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  /**
   * The number, or null when it can't be one.
   *
   * @param country where a number without a country code is dialled, ISO 3166 alpha-2
   */
  public static @Nullable Phone read(String given, @Nullable String country) {
    try {
      var number = NUMBERS.parse(given, country);
      if (!NUMBERS.isPossibleNumber(number)) {
        return null;
      }
      var extension = number.hasExtension() ? number.getExtension() : null;
      return new Phone(NUMBERS.format(number, PhoneNumberFormat.E164), extension);
    } catch (NumberParseException unreadable) {
      return null;
    }
  }

  public String normalized() {
    return extension == null ? e164 : e164 + ";ext=" + extension;
  }
}
