package baton.bench;

import java.util.List;

/** One thing that is measured; it may say several rows. */
public interface Bench {
  String name();

  /** What it compares with what, in a few words. */
  String about();

  List<Row> run(Setting setting) throws Exception;
}
