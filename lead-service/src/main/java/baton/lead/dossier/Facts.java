package baton.lead.dossier;

import baton.contracts.Company;
import baton.contracts.ExternalId;
import baton.contracts.Origin;
import baton.contracts.Utm;
import baton.lead.identity.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a lead without knowing who it is. What describes how it came is of its first
 * touch and never filled in later.
 */
public record Facts(
    @Nullable String source,
    @Nullable String medium,
    String channel,
    @Nullable String campaignId,
    @Nullable Utm utm,
    @Nullable String landingPage,
    Map<String, String> clickIds,
    @Nullable String form,
    @Nullable String country,
    Origin origin,
    @Nullable String segment,
    @Nullable Company company,
    @Nullable String jobTitle,
    @Nullable Boolean emailFree,
    @Nullable String emailDomain,
    @Nullable String owner,
    List<Consent> consent,
    List<ExternalId> externalIds) {
  public Facts {
    clickIds = clickIds == null ? Map.of() : Map.copyOf(clickIds);
    consent = consent == null ? List.of() : List.copyOf(consent);
    externalIds = externalIds == null ? List.of() : List.copyOf(externalIds);
  }

  /** This, with what it lacks taken from a later capture. */
  Facts filledFrom(Facts later, boolean takesEmail) {
    return new Facts(
        source,
        medium,
        channel,
        campaignId,
        utm,
        landingPage,
        clickIds,
        form,
        country != null ? country : later.country,
        origin,
        segment != null ? segment : later.segment,
        filled(company, later.company),
        jobTitle != null ? jobTitle : later.jobTitle,
        takesEmail ? later.emailFree : emailFree,
        takesEmail ? later.emailDomain : emailDomain,
        owner != null ? owner : later.owner,
        Consent.latest(consent, later.consent),
        union(externalIds, later.externalIds));
  }

  /** This, without what is known anyway of that which may be filled in. */
  Facts beyond(Facts known) {
    return new Facts(
        source,
        medium,
        channel,
        campaignId,
        utm,
        landingPage,
        clickIds,
        form,
        known.country != null ? null : country,
        origin,
        known.segment != null ? null : segment,
        known.company != null ? null : company,
        known.jobTitle != null ? null : jobTitle,
        emailFree,
        emailDomain,
        known.owner != null ? null : owner,
        consent.stream().filter(one -> !known.consent.contains(one)).toList(),
        externalIds.stream().filter(one -> !known.externalIds.contains(one)).toList());
  }

  /** This without what could be somebody's: what is left was published and is counted. */
  public Facts anonymous() {
    return new Facts(
        source,
        medium,
        channel,
        campaignId,
        utm,
        landingPage,
        Map.of(),
        form,
        country,
        origin,
        segment,
        company,
        null,
        emailFree,
        null,
        null,
        List.of(),
        List.of());
  }

  /** This, of somebody who goes by these ids, too. */
  Facts named(List<ExternalId> ids) {
    return with(consent, union(externalIds, ids));
  }

  /** This, as far as consent goes as somebody said. */
  public Facts agreeing(List<Consent> told) {
    return with(Consent.latest(consent, told), externalIds);
  }

  private Facts with(List<Consent> agreed, List<ExternalId> ids) {
    return new Facts(
        source,
        medium,
        channel,
        campaignId,
        utm,
        landingPage,
        clickIds,
        form,
        country,
        origin,
        segment,
        company,
        jobTitle,
        emailFree,
        emailDomain,
        owner,
        agreed,
        ids);
  }

  /** What the lead agrees to be contacted for. */
  public List<String> purposes() {
    return Consent.given(consent);
  }

  List<Identity> identities() {
    return externalIds.stream().map(Identity::of).toList();
  }

  private static @Nullable Company filled(@Nullable Company known, @Nullable Company later) {
    if (known == null || later == null || known.equals(later)) {
      return known != null ? known : later;
    }
    return new Company(
        known.domain() != null ? known.domain() : later.domain(),
        known.employees() != null ? known.employees() : later.employees(),
        known.industry() != null ? known.industry() : later.industry(),
        known.country() != null ? known.country() : later.country());
  }

  private static <T> List<T> union(List<T> known, List<T> later) {
    if (known.containsAll(later)) {
      return known;
    }
    var all = new ArrayList<>(known);
    later.stream().filter(one -> !known.contains(one)).distinct().forEach(all::add);
    return all;
  }

  static <T> @Nullable T changed(@Nullable T before, @Nullable T after) {
    return Objects.equals(before, after) ? null : after;
  }
}
