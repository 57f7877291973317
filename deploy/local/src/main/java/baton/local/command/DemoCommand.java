package baton.local.command;

import baton.local.client.Rest;
import baton.local.demo.Company;
import baton.local.demo.Live;
import baton.local.demo.Play;
import baton.local.demo.Quarter;
import baton.local.demo.Verdicts;
import baton.local.stack.Stack;
import baton.local.table.FunnelTable;
import baton.local.table.PromiseTable;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts everything and plays one quarter of a company that doesn't exist through REST. Then",
      "marketing and sales sign a charter whose promises last seconds, and half a minute is played",
      "under it. Prints the funnel, the promises kept and broken by either side, and some breaches.",
      "Stays up until Ctrl-C, or with --detach goes on without this terminal.",
      "Played again on the same data, it changes no count of the quarter: its leads are recognised.",
      "Where a charter of your own is signed or proposed, it is left alone and nothing is played",
      "under any."
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin private final DataOption data = new DataOption();
  @Mixin private final PortOption port = new PortOption();

  @Option(
      names = "--leads",
      paramLabel = "N",
      defaultValue = "20000",
      description = "how many leads (default: ${DEFAULT-VALUE})")
  private int leads;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "another seed, another company (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--detach", description = "leave it running and return when it was played")
  private boolean detach;

  private final PrintStream out;

  DemoCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var stack = Learning.stack(data, port);
    if (detach) {
      UpCommand.start(stack, out);
      return play(stack) ? 0 : 1;
    }
    return Foreground.run(
        stack,
        out,
        () -> {
          UpCommand.start(stack, out);
          play(stack);
        });
  }

  private boolean play(Stack stack) {
    var clock = InstantSource.system();
    var company = new Company(seed, leads, Quarter.settledBy(clock.instant()), clock.instant());
    out.printf(
        "%nplaying %,d leads captured from %s to %s%n",
        leads, company.quarter().from(), company.quarter().to().minusDays(1));
    try (var rest = new Rest(stack.file())) {
      var play = new Play(rest, clock, out);
      var began = System.nanoTime();
      var whole = play.play(company);
      var live = new Live(rest, clock, out).play();
      out.printf("played in %.0f s%n%n", (System.nanoTime() - began) / 1e9);
      var funnel = play.funnel(company, "source");
      out.print(FunnelTable.of(funnel));
      out.printf(
          "%ncomplete to %s; ./baton funnel --help shows more%n%n",
          funnel.path("completeTo").asText());
      live.ifPresentOrElse(
          this::print,
          () ->
              out.println(
                  "a charter of yours is signed or proposed: it was left alone, and nothing played"
                      + " under any"));
      if (play.refused() > 0) {
        out.printf("%,d posts were refused, the first:%n", play.refused());
        play.refusals().forEach(reason -> out.println("  " + reason));
      } else if (!whole) {
        out.println("the funnel has not heard everything yet; ./baton status shows the parts");
      }
      return whole && live.map(Verdicts::areAllIn).orElse(true);
    }
  }

  private void print(Verdicts verdicts) {
    out.print(PromiseTable.of(verdicts));
    for (var breach : verdicts.breaches()) {
      out.printf("%n%s", PromiseTable.breach(breach));
    }
    if (!verdicts.areAllIn()) {
      out.println("\nnot every promise was judged in time; ./baton status shows the parts");
    }
    out.println(
        "\n./baton charter show prints what both signed; ./baton charter init writes one to start"
            + " from");
  }
}
