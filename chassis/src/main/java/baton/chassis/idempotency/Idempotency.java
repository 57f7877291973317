package baton.chassis.idempotency;

import baton.chassis.access.Caller;
import baton.chassis.database.Transactions;
import baton.chassis.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The first answer to a caller's key on a path is kept in the effect's own transaction and given
 * again for 24 hours. A concurrent twin waits for it; errors aren't kept.
 */
@ApplicationScoped
public class Idempotency {
  private final Transactions transactions;
  private final Answers answers;

  Idempotency(Transactions transactions, Answers answers) {
    this.transactions = transactions;
    this.answers = answers;
  }

  /** Without a key this is just the transaction. */
  public Uni<Response> once(
      @Nullable String idempotencyKey,
      Caller caller,
      String path,
      byte[] body,
      Function<SqlConnection, Uni<Answer>> effect) {
    if (idempotencyKey == null) {
      return transactions.run(effect).map(Answer::toResponse);
    }
    var claim = Claim.of(idempotencyKey, caller, path, body);
    return transactions.run(tx -> once(tx, claim, effect)).map(Answer::toResponse);
  }

  private Uni<Answer> once(
      SqlConnection tx, Claim claim, Function<SqlConnection, Uni<Answer>> effect) {
    return answers
        .claim(tx, List.of(claim))
        .chain(
            standings ->
                switch (standings.getFirst()) {
                  case Standing.First _ ->
                      effect.apply(tx).call(answer -> settle(tx, claim, answer));
                  case Standing.Again(var answer) -> Uni.createFrom().item(answer);
                  case Standing.Another _ -> Uni.createFrom().failure(another());
                });
  }

  private Uni<Void> settle(SqlConnection tx, Claim claim, Answer answer) {
    return answer.status() < 400
        ? answers.keep(tx, Map.of(claim, answer))
        : answers.release(tx, claim);
  }

  /** What a key that came with another body before is answered. */
  public static Problem another() {
    return Problem.reused(
        "This Idempotency-Key came with another body before: send a new key with a new body.");
  }
}
