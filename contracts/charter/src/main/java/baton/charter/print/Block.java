package baton.charter.print;

import java.util.List;

/** What a page is made of, before it is Markdown or HTML. */
public sealed interface Block {
  record Heading(int level, String text) implements Block {}

  record Paragraph(String text) implements Block {}

  record Bullets(List<String> items) implements Block {}

  record Table(List<String> header, List<List<String>> rows) implements Block {}
}
