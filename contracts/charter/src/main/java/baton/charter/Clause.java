package baton.charter;

import baton.charter.expression.Expression;
import baton.charter.time.Window;
import baton.contracts.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One promise of a side, judged by itself. */
public sealed interface Clause {
  String id();

  Side owedBy();

  /** What is owed, in the charter's word for it: {@code decision}, {@code mqls} … */
  String owes();

  /** A promise about one handoff or one request, kept or broken by a deadline. */
  sealed interface Timed extends Clause {
    Limit limit();
  }

  /** A promise about a period, judged at its end. */
  sealed interface Periodic extends Clause {
    Period per();
  }

  /**
   * How long it has and what happens as time runs out. {@code calendar} is a name of the charter's
   * calendars or {@link #ASSIGNEE}; {@code warnAt} is the share of the time after which the owner
   * is warned; {@code when} narrows it to the leads it holds for.
   */
  record Limit(
      Window within,
      String calendar,
      @Nullable Expression when,
      @Nullable BigDecimal warnAt,
      List<Escalation> onBreach,
      @Nullable Relax relax) {
    /** The seller's own calendar. */
    public static final String ASSIGNEE = "assignee";

    public Limit {
      onBreach = List.copyOf(onBreach);
    }
  }

  /** On days on which marketing hands over more than so many MQLs, the limit is this one. */
  record Relax(int ifDailyMqlsOver, Window to) {}

  /** A step after a breach, at once or later; later runs in the clause's calendar. */
  sealed interface Escalation {
    @Nullable Window after();

    record Notify(@Nullable Window after, String whom) implements Escalation {}

    record Reassign(@Nullable Window after) implements Escalation {}
  }

  /** The other side's promise without which this one doesn't count. */
  record Suspension(String clause, BigDecimal below) {}

  enum Period {
    DAY,
    WEEK,
    MONTH,
    QUARTER;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  // ---- sales owes

  /** Accept or reject; silence may mean acceptance, and breaks the clause all the same. */
  record Decision(String id, Limit limit, boolean silenceAccepts) implements Timed {
    @Override
    public Side owedBy() {
      return Side.SALES;
    }

    @Override
    public String owes() {
      return "decision";
    }
  }

  /** Try to reach the lead, by a channel that counts; no channels named means any. */
  record FirstAttempt(String id, Limit limit, Set<String> counts) implements Timed {
    public FirstAttempt {
      counts = Set.copyOf(counts);
    }

    @Override
    public Side owedBy() {
      return Side.SALES;
    }

    @Override
    public String owes() {
      return "first-attempt";
    }
  }

  /** Keep trying: so many attempts on so many days, unless the lead is reached. */
  record Attempts(
      String id,
      Limit limit,
      int atLeast,
      @Nullable Integer onDays,
      boolean unlessConnected,
      Set<String> counts)
      implements Timed {
    public Attempts {
      counts = Set.copyOf(counts);
    }

    @Override
    public Side owedBy() {
      return Side.SALES;
    }

    @Override
    public String owes() {
      return "attempts";
    }
  }

  /** Say what became of an accepted lead. */
  record Disposition(String id, Limit limit) implements Timed {
    @Override
    public Side owedBy() {
      return Side.SALES;
    }

    @Override
    public String owes() {
      return "disposition";
    }
  }

  /** Rate the lead and give the reason, from the end of the pass. */
  record Feedback(String id, Limit limit) implements Timed {
    @Override
    public Side owedBy() {
      return Side.SALES;
    }

    @Override
    public String owes() {
      return "feedback";
    }
  }

  /** Find a seller for a handoff that nobody was eligible for. */
  record Assignment(String id, Limit limit) implements Timed {
    @Override
    public Side owedBy() {
      return Side.SALES;
    }

    @Override
    public String owes() {
      return "assignment";
    }
  }

  // ---- marketing owes

  /** So many MQLs a period. */
  record Mqls(String id, Period per, int atLeast) implements Periodic {
    @Override
    public Side owedBy() {
      return Side.MARKETING;
    }

    @Override
    public String owes() {
      return "mqls";
    }
  }

  /** At least such a share of MQLs for which a rule holds, in periods with enough of them. */
  record Share(String id, Period per, Expression of, BigDecimal atLeast, int minimum)
      implements Periodic {
    @Override
    public Side owedBy() {
      return Side.MARKETING;
    }

    @Override
    public String owes() {
      return "share";
    }
  }

  /** At most such a share rejected for the reasons that count, in periods with enough decisions. */
  record RejectionRate(
      String id,
      Period per,
      BigDecimal atMost,
      int minimum,
      List<String> counts,
      @Nullable Suspension suspendedBy)
      implements Periodic {
    public RejectionRate {
      counts = List.copyOf(counts);
    }

    @Override
    public Side owedBy() {
      return Side.MARKETING;
    }

    @Override
    public String owes() {
      return "rejection-rate";
    }
  }

  /** At least such a share of MQLs with all of the fields. */
  record Fields(String id, Period per, List<String> fields, BigDecimal share) implements Periodic {
    public Fields {
      fields = List.copyOf(fields);
    }

    @Override
    public Side owedBy() {
      return Side.MARKETING;
    }

    @Override
    public String owes() {
      return "fields";
    }
  }

  /** Answer what sales asked for. */
  record ContentReply(String id, Limit limit) implements Timed {
    @Override
    public Side owedBy() {
      return Side.MARKETING;
    }

    @Override
    public String owes() {
      return "content-reply";
    }
  }

  /** Tell sales of a campaign so long before it starts. */
  record CampaignNotice(String id, Window ahead, String calendar) implements Clause {
    @Override
    public Side owedBy() {
      return Side.MARKETING;
    }

    @Override
    public String owes() {
      return "campaign-notice";
    }
  }
}
