package baton.systemtest.fault;

import baton.systemtest.stack.Rest;
import baton.systemtest.stack.Rest.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that capture, capture again, tell outcomes and answer handoffs, at a bounded rate. One
 * that gets no answer asks again with the same idempotency key, as a client should.
 */
final class Load implements AutoCloseable {
  private static final long PAUSE_MILLIS = 25;
  private static final int TRIES = 8;
  private static final List<String> SOURCES =
      List.of("google", "newsletter", "partner", "linkedin", "fair");

  private final Rest rest;
  private final Ledger ledger;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicInteger people = new AtomicInteger();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicInteger handedOver = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> leads = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();

  private Load(Rest rest, Ledger ledger) {
    this.rest = rest;
    this.ledger = ledger;
  }

  static Load start(Rest rest, Ledger ledger, SplittableRandom random, int clients) {
    var load = new Load(rest, ledger);
    for (var i = 0; i < clients; i++) {
      var own = random.split();
      load.clients.add(Thread.ofPlatform().name("client-" + i).start(() -> load.work(own)));
    }
    return load;
  }

  long answered() {
    return answered.get();
  }

  /** About how many handoffs there are. */
  int handedOver() {
    return handedOver.get();
  }

  /** Lets each client finish what it is doing. */
  @Override
  public void close() throws InterruptedException {
    stopped.set(true);
    for (var client : clients) {
      client.join();
    }
  }

  private void work(SplittableRandom random) {
    while (!stopped.get()) {
      var dice = random.nextInt(100);
      if (dice < 50) {
        capture(person(people.getAndIncrement()), random);
      } else if (dice < 65 && people.get() > 0) {
        capture(person(random.nextInt(people.get())), random);
      } else if (dice < 78) {
        tellOutcome(random);
      } else {
        answerHandoff(random);
      }
      pause(PAUSE_MILLIS);
    }
  }

  private void capture(String person, SplittableRandom random) {
    var qualified = random.nextInt(100) < 40;
    var body =
        Map.of(
            "contact",
            Map.of("email", person),
            "source",
            SOURCES.get(random.nextInt(SOURCES.size())),
            "medium",
            "cpc",
            "qualified",
            qualified);
    var reply = insist("capture", person, "lead", "capture", "/leads", body, random);
    if (qualified && reply.status() == 201) {
      handedOver.incrementAndGet();
    }
    if (reply.succeeded() && leads.size() < 2_000) {
      leads.add(reply.said("leadId"));
    }
  }

  private void tellOutcome(SplittableRandom random) {
    var lead = leads.poll();
    if (lead != null) {
      var body =
          Map.of(
              "leadId",
              lead,
              "result",
              random.nextBoolean() ? "won" : "lost",
              "amount",
              Map.of("amount", (10 + random.nextInt(990)) + ".00", "currency", "EUR"),
              "externalId",
              Map.of("system", "crm", "id", lead));
      insist("outcome", lead, "feedback", "sales", "/outcomes", body, random);
    }
  }

  private void answerHandoff(SplittableRandom random) {
    var taken = accepted.poll();
    if (taken != null && random.nextBoolean()) {
      if (random.nextBoolean()) {
        insist(
            "attempt",
            taken,
            "handoff",
            "sales",
            "/handoffs/" + taken + "/attempts",
            Map.of("channel", "call", "result", "no-answer"),
            random);
      }
      insist(
          "qualify",
          taken,
          "handoff",
          "sales",
          "/handoffs/" + taken + "/qualify",
          Map.of(),
          random);
      return;
    }
    for (var handoff : offered()) {
      var body = Map.<String, Object>of();
      var reply =
          insist(
              "accept",
              handoff,
              "handoff",
              "sales",
              "/handoffs/" + handoff + "/accept",
              body,
              random);
      if (reply.succeeded()) {
        accepted.add(handoff);
      }
    }
  }

  private List<String> offered() {
    try {
      var page = rest.get("handoff", "sales", "/handoffs?state=offered&limit=3");
      if (page.body().get("items") instanceof List<?> items) {
        return items.stream()
            .map(item -> String.valueOf(((Map<?, ?>) item).get("handoffId")))
            .toList();
      }
    } catch (IOException away) {
      return List.of();
    }
    return List.of();
  }

  private Reply insist(
      String act,
      String subject,
      String service,
      String role,
      String path,
      Map<String, ?> body,
      SplittableRandom random) {
    var key =
        act + "-" + Long.toHexString(random.nextLong()) + "-" + Long.toHexString(random.nextLong());
    var last = new Reply(0, "", Map.of());
    for (var tries = 0; tries < TRIES; tries++) {
      last = once(act, subject, service, role, path, body, key);
      if (last.status() != 0 && last.status() < 500) {
        answered.incrementAndGet();
        return last;
      }
      pause(250);
    }
    return last;
  }

  private Reply once(
      String act,
      String subject,
      String service,
      String role,
      String path,
      Map<String, ?> body,
      String key) {
    var intent = ledger.intent(act, subject);
    try {
      var reply = rest.post(service, role, path, body, Map.of("Idempotency-Key", key));
      var gave = reply.body().get(act.equals("outcome") ? "outcomeId" : "leadId");
      ledger.outcome(intent, reply.status(), gave == null ? reply.text() : gave.toString());
      return reply;
    } catch (IOException noAnswer) {
      ledger.outcome(intent, 0, "");
      return new Reply(0, "", Map.of());
    }
  }

  private static String person(int number) {
    return "person" + number + "@example.org";
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
