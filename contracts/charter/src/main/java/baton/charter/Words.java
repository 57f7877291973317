package baton.charter;

import baton.contracts.Vocabulary;
import java.util.Map;

/** The terms both sides use: codes, what they mean, and what else they are called in imports. */
public record Words(Vocabulary codes, Map<String, String> glossary, Map<String, String> synonyms) {
  public Words {
    glossary = Ordered.map(glossary);
    synonyms = Ordered.map(synonyms);
  }
}
