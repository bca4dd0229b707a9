package migration.connect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/** Keys of properties files below SECRETS_FOLDER, whatever a config says of paths: see GivenVariables. */
public class MountedSecrets extends FileConfigProvider {
  /** As `generate` names them, between the quotes of a login line. The variables get the same from bin/connect. */
  private static final Set<String> IN_QUOTES = Set.of("source.password", "target.password");

  /** Without its limit the class that this one extends reads every file. */
  private boolean isLimited = false;

  @Override
  public void configure(Map<String, ?> ignored) {
    String folder = System.getenv("SECRETS_FOLDER");
    if (folder == null || !Files.isDirectory(Path.of(folder))) return;
    super.configure(Map.of(ALLOWED_PATHS_CONFIG, folder));
    isLimited = true;
  }

  @Override
  public ConfigData get(String path) {
    return escaped(found(path, () -> super.get(path)));
  }

  @Override
  public ConfigData get(String path, Set<String> keys) {
    return escaped(found(path, () -> super.get(path, keys)));
  }

  private interface Read {
    ConfigData now();
  }

  private ConfigData found(String path, Read read) {
    if (!isLimited) throw new ConfigException("Could not read properties from file " + path + ": SECRETS_FOLDER was not there when the worker started");
    return read.now();
  }

  private static ConfigData escaped(ConfigData read) {
    Map<String, String> values = new HashMap<>(read.data());
    for (String key : IN_QUOTES) values.computeIfPresent(key, (same, value) -> inQuotes(value));
    return new ConfigData(values);
  }

  private static String inQuotes(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
  }
}
