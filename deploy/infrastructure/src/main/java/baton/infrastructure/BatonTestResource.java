package baton.infrastructure;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Real PostgreSQL and Kafka for a {@code @QuarkusTest}: a database of its own and empty topics with
 * four partitions for every application that a test run starts.
 */
public final class BatonTestResource implements QuarkusTestResourceLifecycleManager {
  private static final int PARTITIONS = 4;

  private String database = "test";

  @Override
  public void init(Map<String, String> initArgs) {
    database = initArgs.getOrDefault("database", database);
  }

  @Override
  public Map<String, String> start() {
    var infrastructure = Infrastructure.shared();
    infrastructure.resetTopics(PARTITIONS);
    return infrastructure.settings(database);
  }

  @Override
  public void stop() {}

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        Infrastructure.shared(), new TestInjector.MatchesType(Infrastructure.class));
  }
}
