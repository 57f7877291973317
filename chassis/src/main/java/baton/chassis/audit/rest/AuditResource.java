package baton.chassis.audit.rest;

import baton.chassis.access.Role;
import baton.chassis.audit.Audit;
import baton.chassis.audit.Audit.Asked;
import baton.chassis.audit.Audit.Noted;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.contracts.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Who did what to keys, sellers, charters, connectors and the like at this service. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ADMIN)
public class AuditResource {
  /**
   * An act.
   *
   * @param previous the hash of the act before it, in hex
   * @param hash SHA-256 of the bytes of {@code previous}, then of a JSON array
   * @param intact whether that is still so, and nothing is missing beside it
   */
  public record Act(
      long number,
      Instant at,
      String caller,
      String role,
      String act,
      String subject,
      JsonNode details,
      @Nullable String traceparent,
      String previous,
      String hash,
      boolean intact) {
    static Act of(Noted noted) {
      return new Act(
          noted.number(),
          noted.at(),
          noted.caller(),
          noted.role(),
          noted.act(),
          noted.subject(),
          json(noted.details()),
          noted.traceparent(),
          noted.previous(),
          noted.hash(),
          noted.isIntact());
    }

    private static JsonNode json(String details) {
      try {
        return Json.mapper().readTree(details);
      } catch (JsonProcessingException garbled) {
        throw new UncheckedIOException(garbled);
      }
    }
  }

  private final Audit audit;

  AuditResource(Audit audit) {
    this.audit = audit;
  }

  @GET
  @Operation(
      summary = "What was done by whom, the newest first",
      description =
          "By act (key.revoked), subject or caller. Each row seals the one before it: intact says"
              + " whether it still does.")
  public Uni<Page<Act>> list(
      @Parameter(description = "Only acts called so, such as key.revoked. Unless said, all.")
          @QueryParam("act")
          @Nullable String act,
      @Parameter(
              description =
                  "Only what was done to this, such as the id of a key. Unless said, to all.")
          @QueryParam("subject")
          @Nullable String subject,
      @Parameter(
              description =
                  "Only what this caller did, by the id of its key or its name. Unless said, what all did.")
          @QueryParam("caller")
          @Nullable String caller,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int size = Cursor.limit(limit);
    var before = Cursor.number(cursor);
    return audit
        .list(new Asked(act, subject, caller), before, size + 1)
        .map(found -> Page.of(found, size, Act::of, last -> Cursor.of(last.number())));
  }
}
