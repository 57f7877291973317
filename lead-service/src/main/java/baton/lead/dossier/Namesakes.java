package baton.lead.dossier;

import io.smallrye.mutiny.Uni;

/** Leads of one name at one company: they may be one person, and are listed for people to look. */
public interface Namesakes {

  /** Looks at leads that changed since the last look, so many at most; how many those were. */
  Uni<Integer> look(int most);
}
