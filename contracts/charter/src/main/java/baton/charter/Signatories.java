package baton.charter;

import baton.contracts.Side;
import java.util.List;

/** Who may sign for a side, by name; nobody named means anybody with the side's role. */
public record Signatories(List<String> marketing, List<String> sales) {
  public static final Signatories ANYBODY = new Signatories(List.of(), List.of());

  public Signatories {
    marketing = List.copyOf(marketing);
    sales = List.copyOf(sales);
  }

  public boolean maySign(Side side, String name) {
    var named =
        switch (side) {
          case MARKETING -> marketing;
          case SALES -> sales;
        };
    return named.isEmpty() || named.contains(name);
  }
}
