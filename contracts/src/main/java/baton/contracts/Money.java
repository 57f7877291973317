package baton.contracts;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;

/** An amount in one currency (ISO 4217); on the wire the amount is a decimal string. */
public record Money(
    @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, String currency) {}
