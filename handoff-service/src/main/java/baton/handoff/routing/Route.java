package baton.handoff.routing;

import baton.charter.Routing;
import baton.charter.Routing.Mode;
import baton.charter.expression.Facts;
import baton.contracts.LeadQualified;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a lead goes by the charter. {@code rule} chose the team, {@code company} is the domain that
 * the lead's colleagues share; {@code observed} is that the CRM assigns, to {@code owner}.
 */
public record Route(
    Wanted wanted,
    @Nullable String rule,
    @Nullable String company,
    boolean observed,
    @Nullable String owner) {
  private static final String OWNER = "owner";

  /** Where a lead without a charter's word goes. */
  public static final Route ANYWHERE = new Route(Wanted.ANYBODY, null, null, false, null);

  /** The first rule that holds names the team; where none does any seller may have the lead. */
  public static Route of(LeadQualified mql, Routing terms) {
    var facts = Facts.of(mql);
    var rule =
        terms.rules().stream().filter(each -> each.when().holds(facts)).findFirst().orElse(null);
    var profile = mql.profile();
    var owner = profile.attributes().get(OWNER);
    return new Route(
        new Wanted(rule == null ? Wanted.ANY_TEAM : rule.team(), country(mql), mql.persona()),
        rule == null ? null : rule.id(),
        terms.keepCompanyOwner() ? company(mql) : null,
        terms.mode() == Mode.OBSERVE,
        owner != null && owner.isTextual() ? owner.textValue() : null);
  }

  private static @Nullable String country(LeadQualified mql) {
    var company = mql.profile().company();
    return company != null && company.country() != null
        ? company.country()
        : mql.profile().country();
  }

  /** People of one free-mail provider are no colleagues. */
  private static @Nullable String company(LeadQualified mql) {
    var profile = mql.profile();
    var company = profile.company();
    var domain =
        company != null && company.domain() != null
            ? company.domain()
            : Boolean.TRUE.equals(profile.emailFree()) ? null : profile.emailDomain();
    return domain == null || domain.isBlank() ? null : domain.strip().toLowerCase(Locale.ROOT);
  }
}
