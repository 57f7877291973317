package baton.lead.campaign;

import java.time.Instant;

/** When a campaign's first day was said, and the version of the charter in force then. */
public record Announcement(Instant at, int charterVersion) {}
