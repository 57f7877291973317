package baton.feedback.crm.postgres;

/** What erased leads were called. */
final class Gone {
  /** By digest, of the leads in $1. */
  static final String NAMES =
      """
      SELECT digest, lead_id FROM erased_name WHERE lead_id = ANY($1)
      UNION ALL
      SELECT name_digest(system, id), lead_id FROM lead_name
      WHERE kind = 'external' AND lead_id = ANY($1)
      UNION ALL
      SELECT name_digest('', lead_id::text), lead_id
      FROM unnest($1::uuid[]) AS gone (lead_id)
      """;

  private Gone() {}
}
