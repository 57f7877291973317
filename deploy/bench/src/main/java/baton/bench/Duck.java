package baton.bench;

import baton.local.stack.Checkout;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;

/**
 * A DuckDB in this process. Its jar is 85 MB, for every machine there is: whoever asks for a
 * benchmark that needs it fetches it from Maven Central, once, and nobody else does.
 */
final class Duck implements AutoCloseable {
  private static final String ARTIFACT = "org.duckdb:duckdb_jdbc:1.5.6.0";

  private final URLClassLoader classes;
  private final Connection connection;

  private Duck(URLClassLoader classes, Connection connection) {
    this.classes = classes;
    this.connection = connection;
  }

  /** On a database in a file. */
  static Duck on(Path database) throws Exception {
    var classes = new URLClassLoader(new URL[] {jar().toURL()});
    var driver =
        (Driver)
            classes.loadClass("org.duckdb.DuckDBDriver").getDeclaredConstructor().newInstance();
    return new Duck(
        classes,
        Objects.requireNonNull(driver.connect("jdbc:duckdb:" + database, new Properties())));
  }

  private static URI jar() throws IOException, InterruptedException {
    var root = Checkout.here().root();
    var folder = root.resolve("deploy/bench/target/duckdb");
    var parts = ARTIFACT.split(":", -1);
    var jar = folder.resolve(parts[1] + "-" + parts[2] + ".jar");
    if (!Files.exists(jar)) {
      var fetch =
          new ProcessBuilder(
                  root.resolve("mvnw").toString(),
                  "-q",
                  "-B",
                  "-N",
                  "dependency:copy",
                  "-Dartifact=" + ARTIFACT,
                  "-DoutputDirectory=" + folder)
              .directory(root.toFile())
              .inheritIO();
      fetch.environment().put("JAVA_HOME", System.getProperty("java.home"));
      if (fetch.start().waitFor() != 0) {
        throw new IllegalStateException("DuckDB could not be fetched from Maven Central");
      }
    }
    return jar.toUri();
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException, IOException {
    connection.close();
    classes.close();
  }
}
