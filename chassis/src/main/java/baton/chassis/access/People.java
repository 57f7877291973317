package baton.chassis.access;

import baton.chassis.problem.Problem;
import baton.chassis.pseudonym.Pseudonyms;
import baton.chassis.token.Person;
import baton.contracts.ExternalId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * What a person whom the provider vouches for is here: one role, and the seller they are if sales
 * is their role. Where a token leaves that open, it may nothing.
 */
@ApplicationScoped
class People {
  private static final String OIDC = "oidc";

  private final Pseudonyms pseudonyms;

  People(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  Caller caller(Person person) {
    var roles = person.roles().stream().map(Role::named).flatMap(Optional::stream).toList();
    if (roles.size() != 1) {
      throw Problem.forbidden(
          roles.isEmpty()
              ? "The token names no role of Baton's."
              : "The token names more than one role of Baton's: who has two sides has none.");
    }
    var role = roles.getFirst();
    if (role == Role.SALES && person.sellerId() == null) {
      throw Problem.forbidden("The token names the role sales, but no seller.");
    }
    return new Caller(
        OIDC + ":" + pseudonyms.of(new ExternalId(OIDC, person.subject())).id(),
        role,
        role == Role.SALES ? person.sellerId() : null,
        null,
        person.until());
  }
}
