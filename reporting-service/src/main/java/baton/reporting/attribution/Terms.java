package baton.reporting.attribution;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How credit is to be shared out.
 *
 * @param by what of its touches is owed
 * @param lookBack how old a touch may be at the conversion; null for any
 */
public record Terms(Model model, List<Whence.Part> by, @Nullable Duration lookBack) {}
