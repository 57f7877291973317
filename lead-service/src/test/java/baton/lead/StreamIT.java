package baton.lead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class StreamIT {
  private static final int LINES = Integer.getInteger("baton.stream.lines", 100_000);

  /** What the kernel's buffers hold of lines and of answers, beside the service's own 2,048. */
  private static final int TAKEN_AT_MOST = 75_000;

  /** What warming up may add; 900,000 lines would be some 600 MiB. */
  private static final long GROWTH_MEBIBYTES = 32;

  private static final int BUFFER = 64 * 1024;

  private final String token = Infrastructure.shared().key("capture");

  @Test
  void a_sender_who_reads_no_answers_is_held_up_and_loses_nothing() throws Exception {
    var sent = new AtomicLong();
    try (var socket = open()) {
      var writer = Thread.ofVirtual().start(() -> send(socket, "held", sent));
      var held = new AtomicLong(-1);
      await()
          .atMost(Duration.ofSeconds(120))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> held.getAndSet(sent.get()) == sent.get());
      long taken = sent.get();

      long answered = answers(socket, count -> {});
      writer.join();

      assertThat(taken).isLessThan(TAKEN_AT_MOST);
      assertThat(answered).isEqualTo(LINES);
    }
  }

  @Test
  void a_stream_of_any_length_needs_the_same_memory() throws Exception {
    var used = new ArrayList<Long>();
    try (var socket = open()) {
      var writer = Thread.ofVirtual().start(() -> send(socket, "flat", new AtomicLong()));

      long answered =
          answers(
              socket,
              count -> {
                if (count % (LINES / 10) == 0) {
                  used.add(usedMebibytes());
                }
              });
      writer.join();

      System.out.printf("MiB of heap after each tenth of %d lines: %s%n", LINES, used);
      assertThat(answered).isEqualTo(LINES);
      assertThat(used.getLast() - used.get(1)).isLessThan(GROWTH_MEBIBYTES);
    }
  }

  private static long usedMebibytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  private static void send(Socket socket, String who, AtomicLong sent) {
    try {
      var out = socket.getOutputStream();
      for (int i = 0; i < LINES; i++) {
        out.write(chunk(line(who, i)));
        sent.incrementAndGet();
      }
      out.write("0\r\n\r\n".getBytes(UTF_8));
      out.flush();
    } catch (IOException gone) {
      throw new java.io.UncheckedIOException(gone);
    }
  }

  private Socket open() throws IOException {
    var address = Callers.address("/leads/batch");
    var socket = new Socket();
    socket.setReceiveBufferSize(BUFFER);
    socket.setSendBufferSize(BUFFER);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    socket
        .getOutputStream()
        .write(
            """
            POST /leads/batch HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer %s\r
            Content-Type: application/x-ndjson\r
            Transfer-Encoding: chunked\r
            \r
            """
                .formatted(token)
                .getBytes(UTF_8));
    return socket;
  }

  private static String line(String who, int i) {
    return "{\"contact\": {\"email\": \"%s%d@stream.example\"}, \"form\": \"%s\"}\n"
        .formatted(who, i, "x".repeat(150) + " ".repeat(500));
  }

  private static byte[] chunk(String line) {
    return (Integer.toHexString(line.length()) + "\r\n" + line + "\r\n").getBytes(UTF_8);
  }

  /** Counts answer lines until the last chunk. */
  private static long answers(Socket socket, LongConsumer counted) throws IOException {
    var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    long answered = 0;
    for (var read = in.readLine(); read != null && !read.equals("0"); read = in.readLine()) {
      if (read.startsWith("{\"line\":") && read.contains("\"outcome\":\"captured\"")) {
        counted.accept(++answered);
      }
    }
    return answered;
  }
}
