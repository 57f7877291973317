package baton.lead.edit.rest;

import baton.contracts.ExternalId;
import baton.contracts.Origin;
import baton.contracts.Utm;
import baton.lead.dossier.Consent;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Pass;
import baton.lead.dossier.Stage;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lead as it is read, with the score that it had at {@code scoredAt}, its latest fact; {@code
 * mergedInto} says where one went that was absorbed.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LeadView(
    UUID leadId,
    @Nullable UUID mergedInto,
    Stage stage,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable BigDecimal score,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String persona,
    @Nullable Instant scoredAt,
    Instant capturedAt,
    Instant updatedAt,
    Reach contact,
    Employed company,
    @Nullable String source,
    @Nullable String medium,
    String channel,
    @Nullable String campaign,
    @Nullable Utm utm,
    @Nullable String landingPage,
    Map<String, String> clickIds,
    @Nullable String form,
    @Nullable String country,
    Origin origin,
    @Nullable String segment,
    @Nullable String owner,
    List<Consent> consent,
    List<ExternalId> externalIds,
    Map<String, JsonNode> attributes,
    Touched touch,
    @Nullable Passing pass) {

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Reach(
      @Nullable String email,
      @Nullable String name,
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable String phone,
      @Nullable String jobTitle) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Employed(
      @Nullable String name,
      @Nullable String domain,
      @Nullable Integer employees,
      @Nullable String industry,
      @Nullable String country) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Touched(UUID touchId, String kind, @Nullable String asset) {}

  record Passing(UUID passId, int number, Instant qualifiedAt, boolean open) {}

  static LeadView of(Lead lead) {
    var facts = lead.facts();
    var contact = lead.contact();
    var company = facts.company();
    var standing = lead.standing();
    return new LeadView(
        lead.leadId(),
        lead.isAbsorbed() ? lead.keeper() : null,
        lead.stage(),
        standing == null ? null : standing.score(),
        standing == null ? null : standing.persona(),
        standing == null ? null : standing.asOf(),
        lead.first().at(),
        lead.updatedAt(),
        new Reach(
            contact.email() == null ? null : contact.email().shown(),
            contact.name(),
            contact.firstName(),
            contact.lastName(),
            contact.phone() == null ? null : contact.phone().normalized(),
            facts.jobTitle()),
        company == null
            ? new Employed(contact.companyName(), null, null, null, null)
            : new Employed(
                contact.companyName(),
                company.domain(),
                company.employees(),
                company.industry(),
                company.country()),
        facts.source(),
        facts.medium(),
        facts.channel(),
        facts.campaignId(),
        facts.utm(),
        facts.landingPage(),
        facts.clickIds(),
        facts.form(),
        facts.country(),
        facts.origin(),
        facts.segment(),
        facts.owner(),
        facts.consent(),
        facts.externalIds(),
        contact.attributes(),
        new Touched(lead.first().touchId(), lead.first().kind(), lead.first().asset()),
        passing(lead.pass()));
  }

  private static @Nullable Passing passing(@Nullable Pass pass) {
    return pass == null
        ? null
        : new Passing(pass.passId(), pass.number(), pass.qualifiedAt(), pass.open());
  }
}
