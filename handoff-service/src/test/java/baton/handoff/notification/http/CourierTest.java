package baton.handoff.notification.http;

import static org.assertj.core.api.Assertions.assertThat;

import baton.handoff.notification.Reply;
import baton.handoff.notification.Reply.Answered;
import baton.handoff.notification.Reply.Refused;
import baton.handoff.notification.Reply.Silence;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CourierTest {
  static final Vertx VERTX = Vertx.vertx();
  static final Message MESSAGE = new Message("{}", Map.of("webhook-id", "1"));

  /** What a server does with whoever connects. */
  interface Manners {
    void meet(Socket client) throws IOException;
  }

  record Settings(boolean allowPrivate) implements NotificationSettings {
    @Override
    public boolean allowHttp() {
      return true;
    }

    @Override
    public Duration lookedAtEvery() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Duration timeout() {
      return Duration.ofMillis(1500);
    }

    @Override
    public Duration lease() {
      return Duration.ofSeconds(5);
    }

    @Override
    public List<Duration> pauses() {
      return List.of();
    }

    @Override
    public int atOnce() {
      return 4;
    }

    @Override
    public int atOnceEach() {
      return 1;
    }

    @Override
    public Duration keptFor() {
      return Duration.ofDays(1);
    }
  }

  @AfterAll
  static void close() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void an_answer_without_end_is_read_no_further_than_it_must() throws Exception {
    var written = new CompletableFuture<Long>();

    var reply =
        meeting(
            client -> {
              say(client, "HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n");
              var part = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);
              long sum = 0;
              try {
                for (; sum < 1_000_000_000; sum += part.length) {
                  client.getOutputStream().write(part);
                }
              } catch (IOException hungUp) {
                written.complete(sum);
              }
            });

    assertThat(reply).isEqualTo(new Answered(200, null, "x".repeat(500)));
    assertThat(written.join()).isLessThan(50_000_000);
  }

  @Test
  void headers_are_an_answer_though_the_body_never_comes() throws Exception {
    var reply =
        meeting(
            client ->
                say(client, "HTTP/1.1 503 No\r\nRetry-After: 7\r\nContent-Length: 5\r\n\r\n"));

    assertThat(reply).isEqualTo(new Answered(503, "7", null));
  }

  @Test
  void who_accepts_and_says_nothing_is_left_in_time() throws Exception {
    assertThat(meeting(client -> {})).isEqualTo(new Silence("no answer in time"));
  }

  @Test
  void who_hangs_up_or_speaks_something_else_broke_the_connection() throws Exception {
    assertThat(meeting(Socket::close)).isEqualTo(new Silence("the connection broke"));
    assertThat(meeting(client -> say(client, "SSH-2.0-OpenSSH_9.2\r\n\r\n")))
        .isInstanceOf(Silence.class);
    assertThat(
            meeting(
                client -> say(client, "HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n")))
        .isInstanceOf(Silence.class);
  }

  @Test
  void the_own_network_is_not_even_connected_to() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var connected = new CompletableFuture<Boolean>();
      Thread.startVirtualThread(
          () -> {
            try {
              server.accept().close();
              connected.complete(true);
            } catch (IOException closed) {
              connected.complete(false);
            }
          });

      var reply = send("http://localhost:" + server.getLocalPort() + "/", false);

      assertThat(reply).isInstanceOf(Refused.class);
      server.close();
      assertThat(connected.join()).isFalse();
    }
  }

  @Test
  void the_address_that_was_checked_is_greeted_by_the_name() throws Exception {
    PhoneBook.write("hook.baton.test", "127.0.0.1");
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var hello = new CompletableFuture<String>();
      Thread.startVirtualThread(
          () -> {
            try (var client = server.accept()) {
              var first = new byte[4096];
              var length = client.getInputStream().read(first);
              hello.complete(new String(first, 0, length, StandardCharsets.ISO_8859_1));
            } catch (IOException over) {
              hello.completeExceptionally(over);
            }
          });

      var reply = send("https://hook.baton.test:" + server.getLocalPort() + "/", true);

      assertThat(reply).isInstanceOf(Silence.class);
      assertThat(hello.join()).contains("hook.baton.test");
    }
  }

  @Test
  void a_name_that_also_stands_for_something_inside_is_refused() {
    PhoneBook.write("inside.baton.test", "93.184.215.14", "127.0.0.1");
    PhoneBook.write("outside.baton.test", "93.184.215.14", "2606:2800:21f:cb07::1");
    var destinations = new CheckedDestinations(new Settings(false), VERTX);

    var inside = destinations.objection("https://inside.baton.test/").await().indefinitely();
    var outside = destinations.objection("https://outside.baton.test/").await().indefinitely();

    assertThat(inside).contains("must name a host that the public network reaches");
    assertThat(outside).isEmpty();
  }

  private static Reply meeting(Manners manners) throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var held = new CompletableFuture<Socket>();
      Thread.startVirtualThread(
          () -> {
            try {
              var client = server.accept();
              held.complete(client);
              client.getInputStream().read(new byte[4096]);
              manners.meet(client);
            } catch (IOException over) {
              held.completeExceptionally(over);
            }
          });
      var reply = send("http://localhost:" + server.getLocalPort() + "/x", true);
      held.join().close();
      return reply;
    }
  }

  private static Reply send(String url, boolean allowPrivate) {
    var settings = new Settings(allowPrivate);
    return new Courier(new CheckedDestinations(settings, VERTX), settings, VERTX)
        .send(url, 0, MESSAGE)
        .await()
        .atMost(Duration.ofSeconds(20));
  }

  private static void say(Socket client, String words) throws IOException {
    client.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }
}
