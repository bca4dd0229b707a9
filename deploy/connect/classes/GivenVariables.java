package migration.connect;

import java.util.Map;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;

/**
 * Variables that connectors and the worker may refer to, and nothing else of the process. Clients name providers of their own
 * too, so that whoever may write a connector could ask for the whole environment if the config decided what is allowed.
 */
public class GivenVariables extends EnvVarConfigProvider {
  private static final String ALLOWED =
      "BROKERS|GROUP|REPLICATION_FACTOR|REST_PORT|ADVERTISED_HOST|SASL_MECHANISM|LOGIN_MODULE|(SOURCE|TARGET)_(USERNAME|PASSWORD|CA|CERTIFICATE|KEY|KEY_PASSWORD)";

  @Override
  public void configure(Map<String, ?> ignored) {
    super.configure(Map.of(ALLOWLIST_PATTERN_CONFIG, ALLOWED));
  }
}
