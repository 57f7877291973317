package baton.lead.imports.rest;

import baton.chassis.access.Caller;
import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.command.PathId;
import baton.chassis.json.ContentType;
import baton.chassis.mapping.MappingBody;
import baton.chassis.mapping.MappingReader;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.chassis.table.Columns;
import baton.chassis.table.Csv;
import baton.chassis.table.Dialect;
import baton.chassis.table.Rows;
import baton.lead.imports.Import;
import baton.lead.imports.Import.Pace;
import baton.lead.imports.Import.Progress;
import baton.lead.imports.Import.State;
import baton.lead.imports.Import.Undone;
import baton.lead.imports.Importing;
import baton.lead.imports.Imports;
import baton.lead.imports.Imports.Outcome;
import baton.lead.imports.SavedMapping;
import baton.lead.imports.SavedMappings;
import baton.lead.tool.Into;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

@Path("/imports")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
class ImportResource {
  private static final int LONGEST_NAME = 200;

  /** How long undoing is waited for before it is answered as being under way. */
  private static final Duration UNDOING = Duration.ofSeconds(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /**
   * How far a file is.
   *
   * @param rate rows a second
   * @param eta when all rows will be read
   * @param retracted leads that were taken back when it was undone
   * @param kept leads of this import that others know by now
   */
  record Shown(
      UUID importId,
      State state,
      @Nullable String file,
      @Nullable String mapping,
      String charset,
      String separator,
      Instant receivedAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      long bytes,
      long bytesRead,
      long rows,
      @JsonProperty("new") long fresh,
      long recognised,
      long unchanged,
      long rejected,
      @Nullable Double rate,
      @Nullable Instant eta,
      @Nullable Long retracted,
      @Nullable Long kept,
      @Nullable String problem) {
    static Shown of(Import job) {
      var progress = job.progress();
      boolean undone = job.state() == State.UNDOING || job.state() == State.UNDONE;
      return new Shown(
          job.importId(),
          job.state(),
          job.file(),
          job.mappingName(),
          job.dialect().charset(),
          String.valueOf(job.dialect().separator()),
          job.receivedAt(),
          job.startedAt(),
          job.finishedAt(),
          job.bytes(),
          progress.bytes(),
          progress.rows(),
          progress.fresh(),
          progress.recognised(),
          progress.unchanged(),
          progress.rejected(),
          job.rate().orElse(null),
          job.eta().orElse(null),
          undone ? job.undone().retracted() : null,
          undone ? job.undone().kept() : null,
          job.problem());
    }
  }

  /** What a file is to be read by, as its sender says. */
  private record Wanted(
      @Nullable SavedMapping mapping, @Nullable Charset charset, @Nullable String file) {}

  private final Imports imports;
  private final SavedMappings mappings;
  private final Importing importing;
  private final CurrentCaller caller;
  private final InstantSource clock;

  ImportResource(
      Imports imports,
      SavedMappings mappings,
      Importing importing,
      CurrentCaller caller,
      InstantSource clock) {
    this.imports = imports;
    this.mappings = mappings;
    this.importing = importing;
    this.caller = caller;
    this.clock = clock;
  }

  @POST
  @Consumes({ContentType.CSV, ContentType.CSV_OF_EXCEL, ContentType.CSV_OF_TOOLS})
  @Operation(
      summary = "Import a file of leads",
      description =
          "CSV as spreadsheets and CRMs write it, of any length: separated by comma, semicolon or"
              + " tab; UTF-8, UTF-16 by its mark, or the charset that is said. Without a mapping,"
              + " columns bear the names of the API's fields. A file that can't be read by the"
              + " mapping is refused at once; rows are worked off after the answer.")
  @RequestBody(
      content = {
        @Content(mediaType = ContentType.CSV, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = ContentType.CSV_OF_EXCEL, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = ContentType.CSV_OF_TOOLS, schema = @Schema(type = SchemaType.STRING))
      },
      required = true)
  @APIResponse(
      responseCode = "202",
      description = "It is here; Location says where its progress is read",
      content = @Content(schema = @Schema(implementation = Shown.class)))
  public Uni<Response> receive(
      @QueryParam("mapping") @Nullable String mapping,
      @QueryParam("charset") @Nullable String charset,
      @QueryParam("file") @Nullable String file,
      @HeaderParam("Content-Type") @Nullable String type,
      @Context HttpServerRequest request) {
    var faults = new Faults();
    var said = Csv.charset(charset, type, faults);
    faults.fits(file, LONGEST_NAME, "/file");
    faults.throwIfAny();
    var who = caller.get();
    var id = UuidCreator.getTimeOrderedEpoch();
    var upload = Upload.of(request);
    return mapping(mapping)
        .chain(
            saved -> {
              var wanted = new Wanted(saved.orElse(null), said, file);
              return upload.apply((number, piece) -> keep(id, who, wanted, number, piece));
            })
        .invoke(
            bytes -> {
              if (bytes == 0) {
                throw Problem.invalid("", "the file is empty");
              }
            })
        .chain(bytes -> imports.received(id, bytes))
        .onFailure()
        .call(() -> imports.forget(id).onFailure().recoverWithNull())
        .invoke(importing::look)
        .chain(() -> find(id.toString()))
        .map(job -> Response.accepted(Shown.of(job)).header("Location", "/imports/" + id).build());
  }

  private Uni<Optional<SavedMapping>> mapping(@Nullable String name) {
    return name == null
        ? Uni.createFrom().item(Optional.empty())
        : mappings
            .find(name)
            .invoke(
                found -> {
                  if (found.isEmpty()) {
                    throw Problem.invalid("/mapping", "no mapping has this name");
                  }
                });
  }

  private Uni<Void> keep(UUID id, Caller who, Wanted wanted, int number, byte[] piece) {
    var opened =
        number == 0 ? imports.open(opened(id, who, wanted, piece)) : Uni.createFrom().voidItem();
    return opened.chain(() -> imports.keep(id, number, piece));
  }

  /** Looks at a file's beginning; whether its rows are right is seen later. */
  private Import opened(UUID id, Caller who, Wanted wanted, byte[] beginning) {
    Csv.refuseWorkbook(beginning);
    var dialect = Dialect.of(beginning, wanted.charset());
    var columns = columns(beginning, dialect);
    var saved = wanted.mapping();
    var body = saved == null ? MappingBody.byName(columns.names()) : saved.mapping();
    var faults = new Faults();
    var mapping = MappingReader.read(body, Into.values(), "", faults);
    faults.throwIfAny();
    mapping
        .lacking(new HashSet<>(columns.names()))
        .forEach(fault -> faults.add("/mapping" + fault.pointer(), fault.detail()));
    faults.throwIfAny();
    return new Import(
        id,
        State.RECEIVING,
        who.keyId(),
        who.source(),
        wanted.file(),
        saved == null ? null : saved.name(),
        body,
        dialect,
        columns,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        0,
        null,
        null,
        null,
        Progress.NONE,
        new Pace(null, 0, null),
        Undone.NOTHING);
  }

  private static Columns columns(byte[] beginning, Dialect dialect) {
    try {
      var header = Rows.of(new ByteArrayInputStream(beginning), dialect).next();
      if (header == null) {
        throw Problem.invalid("", "the file has no header");
      }
      if (header.fault() != null) {
        throw Problem.invalid("", "the header " + header.fault());
      }
      return Columns.of(header);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  @GET
  @Operation(summary = "Files that were sent, the newest first")
  public Uni<Page<Shown>> list(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    int most = Cursor.limit(limit);
    return imports
        .list(Cursor.id(cursor), most + 1)
        .map(found -> Page.of(found, most, Shown::of, last -> Cursor.of(last.importId())));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "How far a file is")
  public Uni<Shown> show(@RestPath String id) {
    return find(id).map(Shown::of);
  }

  @GET
  @Path("{id}/rejects")
  @Produces(ContentType.CSV)
  @Operation(
      summary = "The rows that were refused, and why",
      description =
          "As CSV, with their lines. Cells that a spreadsheet would take for formulas stand behind"
              + " an apostrophe; mended, the file can be sent as it is.")
  @APIResponse(
      responseCode = "200",
      content = @Content(mediaType = ContentType.CSV, schema = @Schema(type = SchemaType.STRING)))
  public Multi<byte[]> rejects(@RestPath String id) {
    return RestMulti.fromUniResponse(
        find(id),
        job -> Rejects.of(imports, job),
        job ->
            Map.of(
                "Content-Disposition",
                List.of("attachment; filename=\"rejects-" + job.importId() + ".csv\"")));
  }

  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Undo an import",
      description =
          "Leads that it made and that nothing else touched are retracted: they leave every number."
              + " Those that others know by now stay and are counted; so do leads that were known"
              + " before, with the touches it added.")
  @APIResponse(
      responseCode = "200",
      description = "It is undone",
      content = @Content(schema = @Schema(implementation = Shown.class)))
  @APIResponse(
      responseCode = "202",
      description = "It is being undone",
      content = @Content(schema = @Schema(implementation = Shown.class)))
  public Uni<Response> undo(@RestPath String id) {
    return find(id)
        .chain(job -> imports.undo(job.importId()))
        .map(
            asked ->
                asked.orElseThrow(
                    () ->
                        Problem.conflict(
                            "It is still coming in; wait until it is here.",
                            State.RECEIVING.word())))
        .invoke(importing::look)
        .chain(
            asked ->
                Multi.createBy()
                    .repeating()
                    .uni(() -> imports.find(asked.importId()))
                    .withDelay(BETWEEN_LOOKS)
                    .atMost(UNDOING.dividedBy(BETWEEN_LOOKS))
                    .map(Optional::orElseThrow)
                    .select()
                    .first(now -> now.state() == State.UNDOING)
                    .collect()
                    .last())
        .chain(() -> find(id))
        .map(
            now ->
                Response.status(now.state() == State.UNDONE ? 200 : 202)
                    .entity(Shown.of(now))
                    .build());
  }

  @GET
  @Path("{id}/undone")
  @Operation(summary = "What became of the leads of an import that is undone")
  public Uni<Page<Outcome>> undone(
      @RestPath String id,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int most = Cursor.limit(limit);
    var after = Cursor.id(cursor);
    return find(id)
        .chain(job -> imports.undone(job.importId(), after, most + 1))
        .map(found -> Page.of(found, most, last -> Cursor.of(last.leadId())));
  }

  private Uni<Import> find(String id) {
    return imports.find(id(id)).map(found -> found.orElseThrow(ImportResource::unknown));
  }

  private static UUID id(String text) {
    return PathId.of(text, ImportResource::unknown);
  }

  private static Problem unknown() {
    return Problem.notFound("There is no such import.");
  }
}
