package baton.reporting.meeting;

import java.util.List;

/** Who was there of both sides, by id or short name. */
public record Attendance(List<String> marketing, List<String> sales) {
  public static final Attendance NOBODY = new Attendance(List.of(), List.of());

  public Attendance {
    marketing = List.copyOf(marketing);
    sales = List.copyOf(sales);
  }
}
