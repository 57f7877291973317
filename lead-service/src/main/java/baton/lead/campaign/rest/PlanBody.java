package baton.lead.campaign.rest;

import baton.chassis.problem.Faults;
import baton.lead.campaign.Plan;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as marketing writes it; what is left out it doesn't have.
 *
 * @param endsOn its last day, inclusive
 */
record PlanBody(
    @Nullable String campaignId,
    @Nullable String name,
    @Nullable String offer,
    @Nullable String message,
    @Nullable String audience,
    @Nullable String owner,
    @Nullable String channel,
    @Nullable String source,
    @Nullable LocalDate startsOn,
    @Nullable LocalDate endsOn,
    @Nullable List<@Nullable String> assets,
    @Nullable List<@Nullable String> personas,
    @Nullable Instant occurredAt) {
  private static final int NAME = 200;
  private static final int TEXT = 2000;
  private static final int MANY = 100;

  static PlanBody of(Plan plan) {
    return new PlanBody(
        null,
        plan.name(),
        plan.offer(),
        plan.message(),
        plan.audience(),
        plan.owner(),
        plan.channel(),
        plan.source(),
        plan.startsOn(),
        plan.endsOn(),
        List.copyOf(plan.assets()),
        List.copyOf(plan.personas()),
        null);
  }

  Plan plan(Faults faults) {
    if (startsOn != null && endsOn != null && endsOn.isBefore(startsOn)) {
      faults.add("/endsOn", "must not be before startsOn: it is the last day");
    }
    if (startsOn == null && endsOn != null) {
      faults.add("/startsOn", "is required where there is an endsOn");
    }
    return new Plan(
        text(name, NAME, "/name", faults),
        text(offer, TEXT, "/offer", faults),
        text(message, TEXT, "/message", faults),
        text(audience, TEXT, "/audience", faults),
        text(owner, NAME, "/owner", faults),
        text(channel, NAME, "/channel", faults),
        text(source, NAME, "/source", faults),
        startsOn,
        endsOn,
        texts(assets, TEXT, "/assets", faults),
        texts(personas, NAME, "/personas", faults));
  }

  /** The operator's own id, as leads name it. */
  static @Nullable String id(@Nullable String given, String pointer, Faults faults) {
    faults.require(given, pointer);
    var id = text(given, NAME, pointer, faults);
    if (id != null && id.chars().anyMatch(Character::isISOControl)) {
      faults.add(pointer, "must not hold control characters");
    }
    return id;
  }

  static @Nullable String text(@Nullable String given, int longest, String pointer, Faults faults) {
    if (given == null || given.isBlank() || !faults.fits(given, longest, pointer)) {
      return null;
    }
    return given.strip();
  }

  private static List<String> texts(
      @Nullable List<@Nullable String> given, int longest, String pointer, Faults faults) {
    var texts = new ArrayList<String>();
    if (given != null && given.size() > MANY) {
      faults.add(pointer, "must not have more than " + MANY + " entries");
      return texts;
    }
    for (int i = 0; given != null && i < given.size(); i++) {
      var text = text(given.get(i), longest, pointer + "/" + i, faults);
      if (text != null && !texts.contains(text)) {
        texts.add(text);
      }
    }
    return texts;
  }
}
