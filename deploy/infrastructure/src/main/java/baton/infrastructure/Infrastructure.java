package baton.infrastructure;

import baton.contracts.Topic;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One PostgreSQL and one Kafka for all tests of a JVM, started when first asked for and ended with
 * the JVM. {@code BATON_TEST_INFRASTRUCTURE} says from where: {@code docker}, {@code embedded}, or
 * {@code auto} (Docker where an engine answers).
 */
public final class Infrastructure {
  private final Servers servers;
  private final TestKeys keys;
  private final Topics topics;

  private Infrastructure(Servers servers) {
    this.servers = servers;
    this.keys = TestKeys.in(servers.folder());
    this.topics = new Topics(servers.bootstrapServers());
  }

  public static Infrastructure shared() {
    return Holder.SHARED;
  }

  public String bootstrapServers() {
    return servers.bootstrapServers();
  }

  public String user() {
    return servers.user();
  }

  public String password() {
    return servers.password();
  }

  /** A database that nobody has used before, as a JDBC URL. */
  public String newDatabase(String name) {
    var unique =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_")
            + "_"
            + Long.toString(System.nanoTime(), 36);
    var database = unique.matches("[a-z].*") ? unique : "db_" + unique;
    try (var connection = DriverManager.getConnection(jdbcUrl("postgres"), user(), password())) {
      Databases.create(connection, database);
    } catch (SQLException failed) {
      throw new IllegalStateException("database " + database + " could not be made", failed);
    }
    return jdbcUrl(database);
  }

  /** Makes every topic of the contracts that isn't there, with its own settings. */
  public void createTopics(int partitions) {
    topics.create(partitions);
  }

  /** Empties every topic and forgets every consumer group, so that a test starts from nothing. */
  public void resetTopics(int partitions) {
    topics.remove();
    topics.create(partitions);
  }

  /** Everything committed on the topic until now, in the order of each partition. */
  public List<ConsumerRecord<String, byte[]>> read(Topic topic) {
    return topics.read(topic.topicName());
  }

  /** A bearer token of this role; {@code sales} acts for any seller. */
  public String key(String role) {
    return keys.token(role);
  }

  /** A bearer token of a seller's own. */
  public String sellerKey(String sellerId) {
    return keys.sellerToken(sellerId);
  }

  public Path keysFile() {
    return keys.file();
  }

  /** What a service must be told to run on this: its own new database, the broker, the keys. */
  public Map<String, String> settings(String databaseName) {
    var url = newDatabase(databaseName);
    return Map.ofEntries(
        Map.entry("BATON_DB_URL", url.substring("jdbc:".length())),
        Map.entry("BATON_DB_USER", user()),
        Map.entry("BATON_DB_PASSWORD", password()),
        Map.entry("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers()),
        Map.entry("BATON_KEYS_FILE", keysFile().toString()),
        Map.entry("quarkus.datasource.jdbc.url", url),
        Map.entry("quarkus.datasource.reactive.url", url.substring("jdbc:".length())),
        Map.entry("quarkus.datasource.username", user()),
        Map.entry("quarkus.datasource.password", password()),
        Map.entry("kafka.bootstrap.servers", bootstrapServers()));
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://" + servers.postgres() + "/" + database;
  }

  private static final class Holder {
    static final Infrastructure SHARED = new Infrastructure(Servers.shared());
  }
}
