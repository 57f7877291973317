package baton.lead.campaign;

import baton.contracts.Money;
import baton.contracts.SpendKind;
import java.time.LocalDate;

/** What a campaign cost on a day, for one purpose. */
public record DaySpend(String campaignId, LocalDate day, SpendKind kind, Money amount) {}
