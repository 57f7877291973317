package baton.lead.dossier;

import java.util.List;
import java.util.UUID;

/**
 * A lead as the person whose data it is.
 *
 * @param names its id and the keys of its identities: by these, places know it
 */
public record Subject(UUID leadId, List<UUID> names) {}
