package baton.chassis.lines;

import baton.chassis.problem.Patience;
import baton.chassis.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** A body that streams past the doorman, read whole where only a whole one can be taken. */
public final class WholeBody {
  private WholeBody() {}

  /** The body's bytes; refused as soon as there are more than {@code most}. */
  public static Uni<byte[]> of(HttpServerRequest request, int most) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              var body = Buffer.buffer();
              Patience.streams(
                  request,
                  () -> false,
                  tooSlow -> {
                    request.handler(rest -> {}).endHandler(end -> {});
                    emitter.fail(tooSlow);
                  });
              request
                  .exceptionHandler(emitter::fail)
                  .handler(
                      part -> {
                        if (body.length() + part.length() <= most) {
                          body.appendBuffer(part);
                        } else {
                          request.handler(rest -> {});
                          emitter.fail(
                              Problem.tooLarge(
                                  "A file has at most %d KiB: send it in parts."
                                      .formatted(most / 1024)));
                        }
                      })
                  .endHandler(end -> emitter.complete(body.getBytes()))
                  .resume();
            });
  }
}
