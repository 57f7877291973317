package baton.chassis.parked.rest;

import baton.chassis.access.Role;
import baton.chassis.audit.Audit;
import baton.chassis.hearing.Masked;
import baton.chassis.hearing.ParkedRecord;
import baton.chassis.hearing.ParkedRecords;
import baton.chassis.hearing.Place;
import baton.chassis.hearing.Released;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.chassis.problem.Problem;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * The records that could not be heard, and those of their keys that wait behind them. What could be
 * personal is masked.
 */
@Path("/parked")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ADMIN)
public class ParkedResource {
  /**
   * A parked record.
   *
   * @param value masked; absent where there is none, or none that is JSON
   * @param bytes of the value
   */
  public record Parked(
      String id,
      String consumer,
      String topic,
      int partition,
      long offset,
      @Nullable String key,
      @Nullable String eventId,
      Instant recordTime,
      Instant parkedAt,
      String reason,
      @Nullable JsonNode value,
      int bytes) {
    static Parked of(ParkedRecord record) {
      var place = record.place();
      var id = record.headers().lastHeader("ce_id");
      var value = record.value();
      return new Parked(
          place.toString(),
          place.consumer(),
          place.topic(),
          place.partition(),
          place.offset(),
          Masked.text(place.topic(), record.key()),
          id == null
              ? null
              : Masked.text(place.topic(), new String(id.value(), StandardCharsets.UTF_8)),
          record.recordTime(),
          record.parkedAt(),
          record.reason(),
          Masked.value(place.topic(), value),
          value == null ? 0 : value.length);
    }
  }

  /** How many were heard, in order, and where and why it ended before the last, if it did. */
  public record Release(int heard, @Nullable String stoppedAt, @Nullable String reason) {
    static Release of(Released released) {
      var at = released.stoppedAt();
      if (released.heard() == 0 && at != null) {
        throw Problem.conflict("It can't be heard yet: " + released.reason(), "parked");
      }
      return new Release(released.heard(), at == null ? null : at.toString(), released.reason());
    }
  }

  private final ParkedRecords parked;
  private final Audit audit;

  ParkedResource(ParkedRecords parked, Audit audit) {
    this.parked = parked;
    this.audit = audit;
  }

  @GET
  public Uni<Page<Parked>> list(
      @Parameter(description = "Only records of this topic. Unless said, of all.")
          @QueryParam("topic")
          @Nullable String topic,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int most = Cursor.limit(limit);
    return parked
        .list(topic, after(cursor), most + 1)
        .map(found -> Page.of(found, most, Parked::of, last -> Cursor.of(last.place().toString())));
  }

  @POST
  @Path("{id}/release")
  public Uni<Release> release(@RestPath String id) {
    return parked
        .release(place(id))
        .map(Release::of)
        .call(released -> audit.note("record.released", id, Map.of("heard", released.heard())));
  }

  private static @Nullable Place after(@Nullable String cursor) {
    List<String> keys = Cursor.read(cursor);
    return keys.isEmpty()
        ? null
        : Place.read(keys.getFirst())
            .orElseThrow(() -> Problem.malformed("The cursor is another list's."));
  }

  private static Place place(String id) {
    return Place.read(id).orElseThrow(() -> Problem.notFound("No such record is parked."));
  }
}
