package baton.handoff.contact.postgres;

import baton.contracts.LeadContact;
import baton.handoff.contact.Contact;
import baton.handoff.contact.Contacts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresContacts implements Contacts {
  private static final String KEEP =
      """
      INSERT INTO contact
        (lead_id, revision, name, first_name, last_name, email, phone, job_title, company_name)
      SELECT DISTINCT ON (n.lead_id) n.*
      FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],
        $7::text[], $8::text[], $9::text[])
        AS n(lead_id, revision, name, first_name, last_name, email, phone, job_title, company_name)
      WHERE NOT EXISTS (SELECT FROM erased_lead e WHERE e.lead_id = n.lead_id)
      ORDER BY n.lead_id, n.revision DESC
      ON CONFLICT (lead_id) DO UPDATE SET
        revision = excluded.revision, name = excluded.name, first_name = excluded.first_name,
        last_name = excluded.last_name, email = excluded.email, phone = excluded.phone,
        job_title = excluded.job_title, company_name = excluded.company_name
      WHERE contact.revision < excluded.revision
      """;

  private static final String FORGET = "DELETE FROM contact WHERE lead_id = ANY($1)";

  private static final String FIND =
      """
      SELECT c.*, e.erased_at
      FROM (SELECT $1::uuid AS lead_id) AS asked
      LEFT JOIN contact c USING (lead_id) LEFT JOIN erased_lead e USING (lead_id)
      """;

  @Override
  public Uni<Void> keep(SqlConnection tx, List<LeadContact> contacts) {
    return tx.preparedQuery(KEEP)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(contacts.stream().map(LeadContact::leadId).toArray(UUID[]::new))
                .addArrayOfLong(contacts.stream().map(LeadContact::revision).toArray(Long[]::new))
                .addArrayOfString(column(contacts, LeadContact::name))
                .addArrayOfString(column(contacts, LeadContact::firstName))
                .addArrayOfString(column(contacts, LeadContact::lastName))
                .addArrayOfString(column(contacts, LeadContact::email))
                .addArrayOfString(column(contacts, LeadContact::phone))
                .addArrayOfString(column(contacts, LeadContact::jobTitle))
                .addArrayOfString(column(contacts, LeadContact::companyName)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> forget(SqlConnection tx, List<UUID> leads) {
    return tx.preparedQuery(FORGET)
        .execute(Tuple.tuple().addArrayOfUUID(leads.toArray(UUID[]::new)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Kept> find(SqlConnection tx, UUID lead) {
    return tx.preparedQuery(FIND)
        .execute(Tuple.of(lead))
        .map(
            rows -> {
              var row = rows.iterator().next();
              var erasedAt = row.getOffsetDateTime("erased_at");
              return new Kept(contact(row), erasedAt == null ? null : erasedAt.toInstant());
            });
  }

  private static @Nullable Contact contact(Row row) {
    return row.getLong("revision") == null
        ? null
        : new Contact(
            row.getString("name"),
            row.getString("first_name"),
            row.getString("last_name"),
            row.getString("email"),
            row.getString("phone"),
            row.getString("job_title"),
            row.getString("company_name"));
  }

  private static String[] column(
      List<LeadContact> contacts, Function<LeadContact, @Nullable String> value) {
    return contacts.stream().map(value).toArray(String[]::new);
  }
}
