package baton.reporting.funnel.rest;

import baton.charter.Persona;
import baton.chassis.access.Role;
import baton.chassis.charter.Charters;
import baton.chassis.charter.Signed;
import baton.chassis.problem.Problem;
import baton.reporting.calibration.Calibration;
import baton.reporting.calibration.Histories;
import baton.reporting.calibration.Trial;
import baton.reporting.journey.Stage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

@Path("/calibration")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class CalibrationResource {
  static final Stage[] OUTCOMES = {Stage.WON, Stage.SQL};
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final long LONGEST_MINUTES = 15;

  private final Answers answers;
  private final Charters charters;
  private final Histories histories;
  private final InstantSource clock;
  private final WorkerExecutor desk;
  private final Semaphore free = new Semaphore(1);

  CalibrationResource(
      Answers answers, Charters charters, Histories histories, InstantSource clock, Vertx vertx) {
    this.answers = answers;
    this.charters = charters;
    this.histories = histories;
    this.clock = clock;
    this.desk =
        vertx.createSharedWorkerExecutor("baton-calibration", 1, LONGEST_MINUTES, TimeUnit.MINUTES);
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "What the outcomes say the scoring should be",
      description =
          "Learns from earlier leads, measures on later ones beside the scores they were given, and"
              + " answers a draft of the charter in force with the scoring learned. Too few"
              + " outcomes: fitted is null and reason says why. Takes seconds, of very many"
              + " leads a minute; one is worked on at a time.")
  @APIResponse(responseCode = "200", description = "What was learned, or why nothing was")
  @APIResponse(responseCode = "422", description = "What is asked can't be, every fault named")
  @APIResponse(responseCode = "429", description = "Another is being worked on: Retry-After")
  public Uni<ObjectNode> calibration(@Context UriInfo uri) {
    var asked = new Asked(uri.getQueryParameters());
    var question = asked.question(answers.zone(), QueryParameters.of("/calibration"));
    var outcome = asked.one("outcome");
    var stage =
        outcome == null
            ? Stage.WON
            : asked.faults().oneOf(OUTCOMES, Stage::word, outcome, "/outcome");
    for (var name : List.of("by", "basis", "passes")) {
      asked.refuse(name, "is not asked here: all leads of the window are learned from");
    }
    question
        .only()
        .keySet()
        .forEach(
            dimension ->
                asked.refuse(
                    dimension.word(), "is learned from; leaveOut leaves it out of the scoring"));
    asked.throwIfWrong();
    var trial =
        new Trial(
            stage == null ? Stage.WON : stage,
            start(question.from(), question.zone()),
            start(question.to(), question.zone()),
            question.withinDays(),
            names(uri, "leaveOut"),
            names(uri, "keep"));
    var signed = charters.at(clock.instant());
    return worked(trial, signed)
        .map(
            found ->
                new CalibrationJson(question, signed.version(), signed.agreement().document())
                    .of(found));
  }

  @GET
  @Produces(Answers.CSV)
  @APIResponse(responseCode = "200", description = "The tenths of the later leads")
  @APIResponse(responseCode = "422", description = "What is asked can't be, every fault named")
  @APIResponse(responseCode = "429", description = "Another is being worked on: Retry-After")
  public Uni<String> table(@Context UriInfo uri) {
    return calibration(uri).map(CalibrationJson::csv);
  }

  private Uni<Calibration> worked(Trial trial, Signed signed) {
    if (!free.tryAcquire()) {
      return Uni.createFrom().failure(Problem.tooMany(AGAIN));
    }
    return Uni.createFrom()
        .completionStage(
            desk.executeBlocking(
                    () -> {
                      try {
                        return Calibration.of(
                            trial,
                            lines(signed),
                            histories,
                            Calibration.most(Runtime.getRuntime().maxMemory()));
                      } finally {
                        free.release();
                      }
                    },
                    false)
                .toCompletionStage());
  }

  /** What the charter asks of each persona that has a line. */
  private static Map<String, BigDecimal> lines(Signed signed) {
    var lines = new LinkedHashMap<String, BigDecimal>();
    for (Persona persona : signed.agreement().terms().personas()) {
      if (persona.ready().score() instanceof BigDecimal line) {
        lines.put(persona.id(), line);
      }
    }
    return lines;
  }

  private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
    return day == null ? null : day.atStartOfDay(zone).toInstant();
  }

  private static Set<String> names(UriInfo uri, String parameter) {
    return uri.getQueryParameters().getOrDefault(parameter, List.of()).stream()
        .flatMap(names -> Arrays.stream(names.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
