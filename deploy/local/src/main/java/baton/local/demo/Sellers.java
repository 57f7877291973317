package baton.local.demo;

import baton.local.client.Rest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;

/** Who sells for the company. */
final class Sellers {
  private static final List<String> NAMES =
      List.of(
          "Ada Brandt",
          "Bo Lindqvist",
          "Carla Neri",
          "Dmitri Orlov",
          "Elif Kaya",
          "Femi Adeyemi",
          "Greta Vos",
          "Hugo Martin");

  private Sellers() {}

  /** Also over those who are there: they are the same. */
  static void hire(Rest rest) {
    for (var name : NAMES) {
      var id = name.toLowerCase(Locale.ROOT).replace(' ', '-');
      rest.put(
          "handoff",
          "sales-manager",
          "/sellers/" + id,
          JsonNodeFactory.instance
              .objectNode()
              .put("name", name)
              .put("email", id + "@example.com")
              .put("team", id.charAt(0) < 'e' ? "north" : "south"));
    }
  }
}
