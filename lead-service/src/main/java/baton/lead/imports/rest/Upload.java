package baton.lead.imports.rest;

import baton.chassis.problem.Patience;
import baton.chassis.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.function.Function;

/**
 * Takes a body in pieces, each kept before the next is read, so that its length doesn't matter.
 * Once one is refused the rest passes by unread.
 */
final class Upload {
  private static final int PIECE = 256 * 1024;

  /** What keeps a piece. */
  interface Keeping {
    Uni<Void> keep(int number, byte[] piece);
  }

  private final HttpServerRequest request;
  private final Context context;
  private final Keeping keeping;
  private final UniEmitter<? super Long> emitter;

  private Buffer piece = Buffer.buffer();
  private int number;
  private long bytes;
  private boolean busy;
  private boolean ended;
  private boolean over;

  private Upload(
      HttpServerRequest request,
      Context context,
      Keeping keeping,
      UniEmitter<? super Long> emitter) {
    this.request = request;
    this.context = context;
    this.keeping = keeping;
    this.emitter = emitter;
  }

  /**
   * What takes a request's body and says how many bytes there were, once all of them are kept. To
   * be called on the request's own context.
   */
  static Function<Keeping, Uni<Long>> of(HttpServerRequest request) {
    var context = Objects.requireNonNull(Vertx.currentContext(), "a request has a context");
    return keeping ->
        Uni.createFrom()
            .emitter(
                emitter -> {
                  var upload = new Upload(request, context, keeping, emitter);
                  context.runOnContext(_ -> upload.read());
                });
  }

  private void read() {
    if (request.isEnded()) {
      ended = true;
      go();
      return;
    }
    request.exceptionHandler(_ -> fail(Problem.malformed("The file ended before its end.")));
    request.endHandler(
        _ -> {
          ended = true;
          go();
        });
    request.handler(
        part -> {
          piece.appendBuffer(part);
          go();
        });
    Patience.streams(request, () -> busy, this::fail);
    request.resume();
  }

  private void go() {
    if (over || busy) {
      return;
    }
    if (piece.length() >= PIECE || ended && piece.length() > 0) {
      busy = true;
      if (!ended) {
        request.pause();
      }
      var taken = piece.getBytes();
      piece = Buffer.buffer();
      bytes += taken.length;
      int here = number++;
      Uni.createFrom()
          .deferred(() -> keeping.keep(here, taken))
          .subscribe()
          .with(_ -> context.runOnContext(_ -> kept()), this::fail);
    } else if (ended) {
      over = true;
      emitter.complete(bytes);
    }
  }

  private void kept() {
    busy = false;
    if (!ended) {
      request.resume();
    }
    go();
  }

  private void fail(Throwable failure) {
    context.runOnContext(
        _ -> {
          if (!over) {
            over = true;
            emitter.fail(failure);
            if (!ended) {
              request.handler(_ -> {}).resume();
            }
          }
        });
  }
}
