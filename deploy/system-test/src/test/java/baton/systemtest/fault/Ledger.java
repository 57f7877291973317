package baton.systemtest.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What clients meant to do and what they were told, each line on disk before the client goes on. A
 * request without an answer may have happened or not.
 */
final class Ledger implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<LinkedHashMap<String, Object>> LINE = new TypeReference<>() {};

  private final Path file;
  private final FileChannel channel;
  private final AtomicLong number = new AtomicLong();

  /** An intent with its outcome, if there was one; status 0 is no answer. */
  record Entry(
      long number,
      String act,
      String subject,
      int status,
      Map<String, Object> intent,
      String gave) {
    boolean acknowledged() {
      return status >= 200 && status < 300;
    }

    boolean refused() {
      return status >= 400 && status < 500;
    }
  }

  Ledger(Path file) {
    this.file = file;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Before a request: what it is about to do, to whom. */
  long intent(String act, String subject) {
    var next = number.incrementAndGet();
    write(Map.of("intent", next, "act", act, "subject", subject));
    return next;
  }

  /** After it: the status, 0 when there was no answer, and the id that was given. */
  void outcome(long intent, int status, String gave) {
    write(Map.of("outcome", intent, "status", status, "gave", gave));
  }

  List<Entry> read() {
    var intents = new LinkedHashMap<Long, Map<String, Object>>();
    var outcomes = new LinkedHashMap<Long, Map<String, Object>>();
    try (var lines = Files.lines(file)) {
      for (var line : (Iterable<String>) lines::iterator) {
        var fields = JSON.readValue(line, LINE);
        if (fields.get("intent") instanceof Number intent) {
          intents.put(intent.longValue(), fields);
        } else if (fields.get("outcome") instanceof Number outcome) {
          outcomes.put(outcome.longValue(), fields);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    var entries = new ArrayList<Entry>();
    intents.forEach(
        (intent, meant) -> {
          var told = outcomes.getOrDefault(intent, Map.of());
          entries.add(
              new Entry(
                  intent,
                  String.valueOf(meant.get("act")),
                  String.valueOf(meant.get("subject")),
                  told.get("status") instanceof Number status ? status.intValue() : 0,
                  meant,
                  String.valueOf(told.getOrDefault("gave", ""))));
        });
    return entries;
  }

  Stream<Entry> acknowledged(String act) {
    return read().stream().filter(entry -> entry.act().equals(act) && entry.acknowledged());
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private synchronized void write(Map<String, Object> line) {
    try {
      var bytes =
          ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
