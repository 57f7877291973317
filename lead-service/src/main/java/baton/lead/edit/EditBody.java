package baton.lead.edit;

import baton.contracts.ExternalId;
import baton.lead.capture.ConsentPart;
import baton.lead.capture.Employer;
import baton.lead.capture.Person;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a lead that can be edited, whole; a merge patch is applied to this. */
public record EditBody(
    @Nullable Person contact,
    @Nullable Employer company,
    @Nullable String source,
    @Nullable String medium,
    @Nullable String campaign,
    @Nullable String country,
    @Nullable String segment,
    @Nullable String owner,
    @Nullable List<@Nullable ConsentPart> consent,
    @Nullable List<@Nullable ExternalId> externalIds,
    @Nullable Map<String, JsonNode> attributes) {}
