package baton.chassis.table;

import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request says of the file it brings, and what it mustn't bring. */
public final class Csv {
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)", Pattern.CASE_INSENSITIVE);
  private static final byte[][] WORKBOOKS = {
    {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0}, {'P', 'K', 3, 4}
  };

  private Csv() {}

  /**
   * In which letters it is written, null where nothing is said.
   *
   * @param given by the address, which goes before the content type
   */
  public static @Nullable Charset charset(
      @Nullable String given, @Nullable String contentType, Faults faults) {
    var within = CHARSET.matcher(contentType == null ? "" : contentType);
    var name = given != null ? given : within.find() ? within.group(1) : null;
    if (name == null) {
      return null;
    }
    var charset = Dialect.charset(name);
    if (charset.isEmpty()) {
      faults.add("/charset", "must be a charset, such as utf-8, utf-16le or windows-1252");
    }
    return charset.orElse(null);
  }

  /** Excel's own files go by the same name as the CSV that Windows has it write. */
  public static void refuseWorkbook(byte[] beginning) {
    for (var mark : WORKBOOKS) {
      if (beginning.length >= mark.length
          && Arrays.equals(mark, 0, mark.length, beginning, 0, mark.length)) {
        throw Problem.unsupported("This is a workbook: save it as CSV, and send that.");
      }
    }
  }
}
