package baton.handoff.notification.http;

import baton.handoff.notification.Reply;
import baton.handoff.notification.Reply.Answered;
import baton.handoff.notification.Reply.Refused;
import baton.handoff.notification.Reply.Silence;
import baton.handoff.notification.http.CheckedDestinations.Checked;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts one message to one checked address. Follows no redirect, reads little, keeps no connection,
 * and is back within the timeout whatever the other end does.
 */
@ApplicationScoped
class Courier {
  private static final int MOST_READ_BYTES = 64 * 1024;
  private static final int EXCERPT_BYTES = 500;

  private final CheckedDestinations destinations;
  private final Vertx vertx;
  private final HttpClient client;
  private final long timeoutMillis;

  Courier(CheckedDestinations destinations, NotificationSettings settings, Vertx vertx) {
    this.destinations = destinations;
    this.vertx = vertx;
    this.timeoutMillis = settings.timeout().toMillis();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(settings.atOnce())
                .setConnectTimeout((int) timeoutMillis)
                .setVerifyHost(true));
    client.connectionHandler(connection -> connection.exceptionHandler(_ -> {}));
  }

  /** Never fails: what went wrong is a reply too. {@code turn} chooses among several addresses. */
  Uni<Reply> send(String url, int turn, Message message) {
    return Uni.createFrom()
        .completionStage(() -> new Trip(message).begin(url, turn).future().toCompletionStage());
  }

  /** One attempt. Whatever ends it first, ends it. */
  private final class Trip {
    private final Message message;
    private final Promise<Reply> reply = Promise.promise();
    private final Buffer excerpt = Buffer.buffer();
    private volatile @Nullable HttpClientRequest request;
    private volatile @Nullable HttpClientResponse response;
    private int read;

    Trip(Message message) {
      this.message = message;
    }

    Promise<Reply> begin(String url, int turn) {
      var timer = vertx.setTimer(timeoutMillis, _ -> give(new Silence("no answer in time")));
      reply.future().onComplete(_ -> vertx.cancelTimer(timer));
      destinations
          .check(url, turn)
          .compose(
              checked ->
                  client
                      .request(options(checked))
                      .onSuccess(request -> post(request, checked.destination())))
          .onFailure(this::fail);
      return reply;
    }

    private void post(HttpClientRequest request, Destination destination) {
      this.request = request;
      if (reply.future().isComplete()) {
        request.reset();
        return;
      }
      request.response().onSuccess(this::read).onFailure(this::fail);
      message.headers().forEach(request::putHeader);
      request.putHeader("host", destination.authority()).end(Buffer.buffer(message.bytes()));
    }

    private void read(HttpClientResponse response) {
      this.response = response;
      response
          .handler(this::read)
          .endHandler(_ -> give(answered(response)))
          .exceptionHandler(_ -> give(answered(response)));
    }

    private synchronized void read(Buffer part) {
      read += part.length();
      if (excerpt.length() < EXCERPT_BYTES) {
        excerpt.appendBuffer(part, 0, Math.min(part.length(), EXCERPT_BYTES - excerpt.length()));
      }
      var response = this.response;
      if (read > MOST_READ_BYTES && response != null) {
        give(answered(response));
      }
    }

    private void fail(Throwable failure) {
      give(
          failure instanceof Destination.Unfit unfit
              ? new Refused("not sent: the URL " + unfit.why())
              : new Silence(words(failure)));
    }

    /** Headers that came are an answer, also where the body never ends. */
    private synchronized void give(Reply ended) {
      var response = this.response;
      if (reply.tryComplete(response == null ? ended : answered(response))
          && request instanceof HttpClientRequest open) {
        open.reset();
      }
    }

    private Answered answered(HttpClientResponse response) {
      return new Answered(
          response.statusCode(), response.getHeader("Retry-After"), shown(excerpt.getBytes()));
    }
  }

  private static RequestOptions options(Checked checked) {
    var destination = checked.destination();
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setServer(
            SocketAddress.inetSocketAddress(destination.port(), checked.address().getHostAddress()))
        .setSsl(destination.tls())
        .setHost(destination.host())
        .setPort(destination.port())
        .setURI(destination.pathAndQuery())
        .setFollowRedirects(false);
  }

  /** Fit to be kept and shown: no control characters, none when there is nothing. */
  private static @Nullable String shown(byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8).replaceAll("[\\p{Cc}\\p{Cs}\\p{Cf}]", " ");
    return text.isBlank() ? null : text.strip();
  }

  /** Says the kind of failure and no more: a message may name addresses inside. */
  private static String words(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return "no trusted TLS connection";
      }
      if (cause instanceof java.net.ConnectException) {
        return "no connection";
      }
    }
    return "the connection broke";
  }
}
