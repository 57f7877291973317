package baton.lead.identity;

import java.util.Set;

/** Which addresses are known to lead to one mailbox, beside those that are spelled alike. */
enum Mailboxes {
  AS_WRITTEN {
    @Override
    String of(String local, String domain) {
      return local + '@' + domain;
    }
  },

  /**
   * Gmail ignores dots, and a plus with what comes behind it; its German name is the same place.
   */
  AS_GMAIL_DELIVERS {
    @Override
    String of(String local, String domain) {
      int plus = local.indexOf('+');
      var name = (plus < 0 ? local : local.substring(0, plus)).replace(".", "");
      return GMAIL.contains(domain) && !name.isEmpty()
          ? name + "@gmail.com"
          : AS_WRITTEN.of(local, domain);
    }
  };

  private static final Set<String> GMAIL = Set.of("gmail.com", "googlemail.com");

  /** The one spelling of an address in small letters. */
  abstract String of(String local, String domain);
}
