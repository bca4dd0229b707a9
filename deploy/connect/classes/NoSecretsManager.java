package migration.connect;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/** Refuses ${secretsmanager:...} at once. Without a provider the reference would stay as text, and be sent as the password. */
public class NoSecretsManager implements ConfigProvider {
  @Override
  public ConfigData get(String path) {
    throw refusal();
  }

  @Override
  public ConfigData get(String path, Set<String> keys) {
    throw refusal();
  }

  private static ConfigException refusal() {
    return new ConfigException(
        "This image has no provider for AWS Secrets Manager. Let the task give the secret as a variable, and refer to it by connector-secrets: env");
  }

  @Override
  public void configure(Map<String, ?> ignored) {}

  @Override
  public void close() {}
}
