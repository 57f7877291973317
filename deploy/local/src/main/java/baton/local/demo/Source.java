package baton.local.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where leads come from, how many of a hundred, and how good they are.
 *
 * @param name null stands for those who typed the address themselves
 * @param share of all leads, in percent
 * @param ready how many of its leads raise their hand
 * @param fit how often sales is glad of one, against the average
 */
record Source(
    @Nullable String name,
    String medium,
    List<String> campaigns,
    int share,
    double ready,
    double fit) {

  static final List<Source> ALL =
      List.of(
          new Source(
              "google", "cpc", List.of("brand", "lead-routing", "crm-switch"), 24, 0.27, 0.9),
          new Source("google", "organic", List.of(), 22, 0.29, 1.1),
          new Source("linkedin", "paid-social", List.of("logistics", "machinery"), 14, 0.19, 0.8),
          new Source("newsletter", "email", List.of("monthly-letter"), 10, 0.22, 1.0),
          new Source("webinar", "event", List.of("handoff-clinic", "sla-basics"), 9, 0.36, 1.2),
          new Source("partner", "referral", List.of("resellers"), 7, 0.48, 1.6),
          new Source("trade-fair", "event", List.of("hannover"), 5, 0.42, 0.6),
          new Source(null, "", List.of(), 9, 0.24, 1.1));
}
