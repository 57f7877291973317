package baton.chassis.kin;

import baton.chassis.kin.Groups.Merged;
import baton.contracts.LeadMerged;
import baton.contracts.LeadUnmerged;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Merges as a service heard them, in whatever order, and the groups they make: tables {@code
 * heard_merge} and {@code kin} of {@code db/kin}. A lead in no group has no row in {@code kin}.
 */
@ApplicationScoped
public class Kin {
  /** Merges are few, and whoever hears one reads and writes groups as a whole. */
  private static final String ALONE = "LOCK TABLE kin IN SHARE ROW EXCLUSIVE MODE";

  private static final String HEAR =
      """
      INSERT INTO heard_merge (merge_id, survivor, absorbed, undone)
      SELECT DISTINCT ON (1) * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bool[])
        AS m(merge_id, survivor, absorbed, undone)
      ORDER BY 1
      ON CONFLICT (merge_id) DO UPDATE SET undone = heard_merge.undone OR excluded.undone
      """;

  /** All that are or were one with these, as far as any merge leads. */
  private static final String REACHED =
      """
      WITH RECURSIVE reached(lead_id) AS (
        SELECT unnest($1::uuid[])
        UNION
        SELECT CASE WHEN m.survivor = r.lead_id THEN m.absorbed ELSE m.survivor END
        FROM reached r JOIN heard_merge m ON m.survivor = r.lead_id OR m.absorbed = r.lead_id
      )
      SELECT lead_id FROM reached
      """;

  private static final String STANDING =
      """
      SELECT merge_id, survivor, absorbed FROM heard_merge
      WHERE absorbed = ANY ($1) AND NOT undone
      """;

  private static final String MEMBERS =
      """
      SELECT DISTINCT other.lead_id, other.survivor_id
      FROM unnest($1::uuid[]) AS asked (lead_id)
      JOIN kin USING (lead_id)
      JOIN kin other ON other.survivor_id = kin.survivor_id
      """;

  /**
   * An array in SQL of all that are one with a lead, itself too.
   *
   * @param lead in SQL, a uuid
   */
  public static String of(String lead) {
    return "ARRAY(SELECT other.lead_id FROM kin JOIN kin other USING (survivor_id)"
        + " WHERE kin.lead_id = %1$s) || %1$s".formatted(lead);
  }

  public Uni<Void> merged(SqlConnection tx, List<LeadMerged> merges) {
    return hear(
        tx,
        merges.stream()
            .map(merge -> new Merged(merge.mergeId(), merge.survivor(), merge.absorbed()))
            .toList(),
        false);
  }

  public Uni<Void> unmerged(SqlConnection tx, List<LeadUnmerged> undone) {
    return hear(
        tx,
        undone.stream()
            .map(merge -> new Merged(merge.mergeId(), merge.survivor(), merge.absorbed()))
            .toList(),
        true);
  }

  /** These leads with all that are one with them. */
  public Uni<People> people(SqlConnection tx, Collection<UUID> leads) {
    return leads.isEmpty()
        ? Uni.createFrom().item(new People(leads, Map.of()))
        : tx.preparedQuery(MEMBERS)
            .execute(Tuple.of(leads.stream().distinct().toArray(UUID[]::new)))
            .map(
                rows -> {
                  var survivors = new HashMap<UUID, UUID>();
                  rows.forEach(row -> survivors.put(row.getUUID(0), row.getUUID(1)));
                  return new People(leads, survivors);
                });
  }

  private static Uni<Void> hear(SqlConnection tx, List<Merged> merges, boolean undone) {
    var leads =
        merges.stream()
            .flatMap(merge -> Stream.of(merge.survivor(), merge.absorbed()))
            .distinct()
            .toArray(UUID[]::new);
    return tx.query(ALONE)
        .execute()
        .chain(() -> tx.preparedQuery(HEAR).execute(rows(merges, undone)))
        .chain(() -> tx.preparedQuery(REACHED).execute(Tuple.of(leads)))
        .map(rows -> rows.stream().map(row -> row.getUUID(0)).toArray(UUID[]::new))
        .chain(
            reached ->
                tx.preparedQuery(STANDING)
                    .execute(Tuple.of(reached))
                    .map(
                        rows ->
                            Groups.survivors(
                                List.of(reached), rows.stream().map(Kin::merged).toList()))
                    .chain(survivors -> regroup(tx, reached, survivors)));
  }

  private static Uni<Void> regroup(SqlConnection tx, UUID[] reached, Map<UUID, UUID> survivors) {
    return tx.preparedQuery("DELETE FROM kin WHERE lead_id = ANY ($1)")
        .execute(Tuple.of(reached))
        .chain(
            () ->
                tx.preparedQuery(
                        "INSERT INTO kin (lead_id, survivor_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])")
                    .execute(
                        Tuple.of(
                            survivors.keySet().toArray(UUID[]::new),
                            survivors.values().toArray(UUID[]::new))))
        .replaceWithVoid();
  }

  private static Tuple rows(List<Merged> merges, boolean undone) {
    return Tuple.of(
        column(merges, Merged::mergeId),
        column(merges, Merged::survivor),
        column(merges, Merged::absorbed),
        merges.stream().map(_ -> undone).toArray(Boolean[]::new));
  }

  private static UUID[] column(List<Merged> merges, Function<Merged, UUID> part) {
    return merges.stream().map(part).toArray(UUID[]::new);
  }

  private static Merged merged(Row row) {
    return new Merged(row.getUUID("merge_id"), row.getUUID("survivor"), row.getUUID("absorbed"));
  }
}
