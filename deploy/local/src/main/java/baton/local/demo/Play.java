package baton.local.demo;

import baton.local.client.Refused;
import baton.local.client.Rest;
import baton.local.client.Verdict;
import baton.local.progress.Pause;
import baton.local.progress.Progress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plays a company's stories through REST, as its tools and its sellers would send them. */
public final class Play {
  private static final int LINES_PER_POST = 250;
  private static final int POSTS_AT_ONCE = 3;
  private static final int SELLERS_AT_ONCE = 24;
  private static final int REASONS_KEPT = 5;
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Rest rest;
  private final InstantSource clock;
  private final PrintStream out;

  /** Of the leads that are new: one that was there before has had its handoff. */
  private final Map<String, String> leadIds = new ConcurrentHashMap<>();

  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();

  public Play(Rest rest, InstantSource clock, PrintStream out) {
    this.rest = rest;
    this.clock = clock;
    this.out = out;
  }

  /** Plays everything and returns when the funnel has heard all of it, or won't in time. */
  public boolean play(Company company) {
    var stories = company.stories().toList();
    Sellers.hire(rest);
    new Launches(rest, out).plan(company);
    capture(stories);
    touch(stories);
    sell("handoffs", chases(stories));
    outcomes(stories.stream().flatMap(story -> Stream.ofNullable(story.chase())));
    if (!heard(company, Expected.ofFirstPasses(stories))) {
      return false;
    }
    comeBack(stories);
    return heard(company, Expected.of(stories));
  }

  /** The company's funnel as reporting knows it now. */
  public JsonNode funnel(Company company, @Nullable String by) {
    return rest.get(
        "reporting",
        "report",
        "/funnel?from=%s&to=%s&zone=UTC%s"
            .formatted(
                company.quarter().from(), company.quarter().to(), by == null ? "" : "&by=" + by));
  }

  /** Lines and posts that a service refused; the first few with the reason. */
  public int refused() {
    return refused.get();
  }

  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  private void capture(List<Story> stories) {
    var repeats = stories.stream().flatMap(story -> story.repeats().stream()).toList();
    try (var progress = new Progress("leads", stories.size() + repeats.size(), out)) {
      batches(
          stories,
          batch -> {
            var answers =
                post("lead", "/leads/batch", batch.stream().map(Story::capture).toList(), progress);
            for (var i = 0; i < batch.size(); i++) {
              var answer = answers.get(i);
              if (answer.path("outcome").asText().equals("captured")) {
                leadIds.put(batch.get(i).id(), answer.path("leadId").asText());
              }
            }
          });
      batches(repeats, batch -> post("lead", "/leads/batch", batch, progress));
    }
  }

  private void touch(List<Story> stories) {
    var touches = stories.stream().flatMap(story -> story.touches().stream()).toList();
    try (var progress = new Progress("touches", touches.size(), out)) {
      batches(touches, batch -> post("lead", "/touches/batch", batch, progress));
    }
  }

  private Map<String, Chase> chases(List<Story> stories) {
    var chases = new HashMap<String, Chase>();
    for (var story : stories) {
      var leadId = leadIds.get(story.id());
      if (story.chase() != null && leadId != null) {
        chases.put(leadId, story.chase());
      }
    }
    return chases;
  }

  /** Waits for the handoffs of these leads and has the sellers work them, each lead in order. */
  private void sell(String step, Map<String, Chase> chases) {
    var waiting = new HashMap<>(chases);
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    var atOnce = new Semaphore(SELLERS_AT_ONCE);
    try (var progress = new Progress(step, chases.size(), out);
        var sellers = Executors.newVirtualThreadPerTaskExecutor()) {
      @Nullable String cursor = null;
      while (!waiting.isEmpty() && System.nanoTime() < deadline) {
        var page =
            rest.get(
                "handoff",
                "sales-manager",
                "/handoffs?state=offered&limit=500" + (cursor == null ? "" : "&cursor=" + cursor));
        for (var handoff : page.path("items")) {
          var chase = waiting.remove(handoff.path("leadId").asText());
          if (chase != null) {
            atOnce.acquireUninterruptibly();
            deadline = System.nanoTime() + PATIENCE.toNanos();
            sellers.execute(
                () -> {
                  try {
                    work(handoff, chase);
                  } finally {
                    atOnce.release();
                    progress.step();
                  }
                });
          }
        }
        var next = page.path("next");
        cursor = next.isTextual() ? next.asText() : null;
        if (cursor == null && !waiting.isEmpty()) {
          Pause.of(LOOK);
        }
      }
    }
    if (!waiting.isEmpty()) {
      out.printf("%,d handoffs were not offered in time%n", waiting.size());
    }
  }

  private void work(JsonNode handoff, Chase chase) {
    var id = handoff.path("handoffId").asText();
    for (var step : chase.steps()) {
      attempt("handoff", "/handoffs/" + id + "/" + step.action(), step.body());
    }
    var feedback = chase.feedback();
    if (feedback != null) {
      attempt("feedback", "/feedback", feedback.deepCopy().put("handoffId", id));
    }
  }

  private void outcomes(Stream<Chase> chases) {
    var outcomes = chases.flatMap(chase -> chase.outcomes().stream()).toList();
    try (var progress = new Progress("outcomes", outcomes.size(), out)) {
      batches(outcomes, batch -> post("feedback", "/outcomes/batch", batch, progress));
    }
  }

  /** Some returned leads raise their hand again: each makes a second pass. */
  private void comeBack(List<Story> stories) {
    var comebacks = new HashMap<String, Chase>();
    var touches = new ArrayList<ObjectNode>();
    for (var story : stories) {
      var leadId = leadIds.get(story.id());
      if (story.comeback() != null && leadId != null) {
        comebacks.put(leadId, story.comeback().chase());
        touches.add(story.comeback().touch());
      }
    }
    if (touches.isEmpty()) {
      return;
    }
    try (var progress = new Progress("comebacks", touches.size(), out)) {
      batches(touches, batch -> post("lead", "/touches/batch", batch, progress));
    }
    sell("their handoffs", comebacks);
    outcomes(comebacks.values().stream());
  }

  /** Waits until reporting has counted everything that was told. */
  private boolean heard(Company company, Expected expected) {
    var told = clock.instant();
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var progress = new Progress("counting", expected.all(), out)) {
      var before = 0;
      while (System.nanoTime() < deadline) {
        var funnel = funnel(company, null);
        var counted = Expected.counted(funnel);
        progress.step(Math.max(0, counted.all() - before));
        if (counted.all() > before) {
          before = counted.all();
          deadline = System.nanoTime() + PATIENCE.toNanos();
        }
        if (counted.equals(expected)) {
          return true;
        }
        if (refused() > 0 && isCompleteTo(funnel, told)) {
          return false;
        }
        Pause.of(LOOK);
      }
    }
    return false;
  }

  private static boolean isCompleteTo(JsonNode funnel, Instant told) {
    var completeTo = funnel.path("completeTo");
    return completeTo.isTextual() && Instant.parse(completeTo.asText()).isAfter(told);
  }

  private List<JsonNode> post(
      String service, String path, List<ObjectNode> commands, Progress progress) {
    var answers = rest.batch(service, "admin", path, commands);
    answers.forEach(answer -> Verdict.refusal(answer).ifPresent(this::refuse));
    progress.step(commands.size());
    return answers;
  }

  private void attempt(String service, String path, ObjectNode body) {
    try {
      rest.post(service, "admin", path, body);
    } catch (Refused refusal) {
      refuse(String.valueOf(refusal.getMessage()));
    }
  }

  private void refuse(String reason) {
    if (refused.incrementAndGet() <= REASONS_KEPT) {
      refusals.add(reason);
    }
  }

  private static <T> void batches(List<T> all, Consumer<List<T>> each) {
    try (var posts = Executors.newFixedThreadPool(POSTS_AT_ONCE)) {
      var running = new ArrayList<Future<?>>();
      for (var from = 0; from < all.size(); from += LINES_PER_POST) {
        var batch = all.subList(from, Math.min(all.size(), from + LINES_PER_POST));
        running.add(posts.submit(() -> each.accept(batch)));
      }
      for (var one : running) {
        one.get();
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
