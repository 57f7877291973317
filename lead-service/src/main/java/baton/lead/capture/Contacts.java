package baton.lead.capture;

import baton.lead.dossier.Contact;
import baton.lead.identity.Email;
import baton.lead.identity.Phone;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads who somebody is. */
public final class Contacts {
  private Contacts() {}

  /** Whom a sender describes; a phone without a country code is dialled in {@code country}. */
  public static Contact read(
      @Nullable Person person,
      @Nullable String companyName,
      @Nullable String country,
      Map<String, JsonNode> attributes,
      Checks checks) {
    if (person == null) {
      return companyName == null && attributes.isEmpty()
          ? Contact.NOBODY
          : new Contact(null, null, null, null, null, companyName, attributes);
    }
    return new Contact(
        checks.text(person.name(), "/contact/name"),
        checks.text(person.firstName(), "/contact/firstName"),
        checks.text(person.lastName(), "/contact/lastName"),
        email(checks.text(person.email(), "/contact/email", Checks.ADDRESS), checks),
        phone(checks.text(person.phone(), "/contact/phone"), country, checks),
        companyName,
        attributes);
  }

  private static @Nullable Email email(@Nullable String given, Checks checks) {
    if (given == null) {
      return null;
    }
    var email = Email.read(given);
    if (email == null) {
      checks.faults().add("/contact/email", "must be an e-mail address");
    }
    return email;
  }

  private static @Nullable Phone phone(
      @Nullable String given, @Nullable String country, Checks checks) {
    if (given == null) {
      return null;
    }
    var phone = Phone.read(given, country);
    if (phone == null) {
      checks
          .faults()
          .add(
              "/contact/phone",
              country == null
                  ? "must be a phone number with its country code, such as +49 30 901820, or say the country"
                  : "must be a phone number");
    }
    return phone;
  }
}
