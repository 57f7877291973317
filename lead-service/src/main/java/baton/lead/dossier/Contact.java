package baton.lead.dossier;

import baton.lead.identity.Email;
import baton.lead.identity.Identity;
import baton.lead.identity.Phone;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who a lead is. All personal data is here, free-form attributes included: nobody vouches for them.
 */
public record Contact(
    @Nullable String name,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable Email email,
    @Nullable Phone phone,
    @Nullable String companyName,
    Map<String, JsonNode> attributes) {
  public static final Contact NOBODY = new Contact(null, null, null, null, null, null, Map.of());

  /** Whether there is something to publish; attributes are not published. */
  boolean isNamed() {
    return name != null
        || firstName != null
        || lastName != null
        || email != null
        || phone != null
        || companyName != null;
  }

  boolean saysTheSameAs(Contact other) {
    return Objects.equals(name, other.name)
        && Objects.equals(firstName, other.firstName)
        && Objects.equals(lastName, other.lastName)
        && Objects.equals(email, other.email)
        && Objects.equals(phone, other.phone)
        && Objects.equals(companyName, other.companyName);
  }

  /** This, with what it lacks taken from another. */
  Contact filledFrom(Contact other) {
    var all = attributes;
    if (!attributes.keySet().containsAll(other.attributes.keySet())) {
      var more = new TreeMap<>(other.attributes);
      more.putAll(attributes);
      all = more;
    }
    boolean named = name != null || firstName != null || lastName != null;
    return new Contact(
        named ? name : other.name,
        named ? firstName : other.firstName,
        named ? lastName : other.lastName,
        email != null ? email : other.email,
        phone != null ? phone : other.phone,
        companyName != null ? companyName : other.companyName,
        all);
  }

  /** This, without what is known anyway. */
  Contact beyond(Contact known) {
    boolean named = known.name != null || known.firstName != null || known.lastName != null;
    var more = new TreeMap<>(attributes);
    more.keySet().removeAll(known.attributes.keySet());
    return new Contact(
        named ? null : name,
        named ? null : firstName,
        named ? null : lastName,
        known.email != null ? null : email,
        known.phone != null ? null : phone,
        known.companyName != null ? null : companyName,
        more);
  }

  List<Identity> identities() {
    var identities = new ArrayList<Identity>(2);
    if (email != null) {
      identities.add(Identity.of(email));
    }
    if (phone != null) {
      identities.add(Identity.of(phone));
    }
    return identities;
  }
}
