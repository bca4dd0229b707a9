import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/**
 * Asks Java itself what the cases mean. Each line of x-cases.jsonl is a JSON string; x-golden.jsonl gets one line each.
 * Run in this folder: java -cp "$JARS/*" Golden.java, with kafka-clients 4.3.1 and slf4j-api in $JARS.
 */
public class Golden {
    private static final List<String> NAMES = List.of(
        "a", "b", "A", "ab", "aa", "a.b", "axb", "a-b", "a1", "orders", "orders.v1", "ordersxv1", "__consumer_offsets",
        "mm2.internal", "x-internal", "{a}", "a,b", "]", "1", "");

    public static void main(String[] args) throws IOException {
        answer("properties", Golden::properties);
        answer("jaas", Golden::jaas);
        answer("patterns", Golden::patterns);
    }

    private static void answer(String name, Function<String, String> ask) throws IOException {
        List<String> cases = Files.readAllLines(Path.of(name + "-cases.jsonl"));
        Files.write(Path.of(name + "-golden.jsonl"),
            cases.stream().map(line -> ask.apply(decode(line))).collect(Collectors.toList()));
    }

    private static String properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException | IOException error) {
            return "null";
        }
        Map<String, String> sorted = new TreeMap<>();
        properties.forEach((key, value) -> sorted.put((String) key, (String) value));
        return object(sorted);
    }

    private static String jaas(String text) {
        try {
            List<AppConfigurationEntry> entries = JaasContext
                .loadClientContext(Map.of("sasl.mechanism", "PLAIN", "sasl.jaas.config", new Password(text)))
                .configurationEntries();
            Map<String, String> options = new TreeMap<>();
            entries.get(0).getOptions().forEach((key, value) -> options.put(key, (String) value));
            return "{\"module\":" + encode(entries.get(0).getLoginModuleName()) + ",\"options\":" + object(options) + "}";
        } catch (RuntimeException error) {
            return "null";
        }
    }

    /** As ConfigDef reads a LIST and MirrorUtils.compilePatternList compiles it. */
    private static String patterns(String text) {
        try {
            String[] items = text.trim().isEmpty() ? new String[0] : text.trim().split("\\s*,\\s*", -1);
            Pattern pattern = Pattern.compile(String.join("|", items));
            return NAMES.stream().filter(name -> pattern.matcher(name).matches()).map(Golden::encode)
                .collect(Collectors.joining(",", "[", "]"));
        } catch (RuntimeException error) {
            return "null";
        }
    }

    private static String object(Map<String, String> values) {
        return values.entrySet().stream().map(entry -> encode(entry.getKey()) + ":" + encode(entry.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    }

    private static String encode(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') json.append(String.format("\\u%04x", (int) c));
            else json.append(c);
        }
        return json.append('"').toString();
    }

    private static String decode(String json) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < json.length() - 1; i++) {
            char c = json.charAt(i);
            if (c != '\\') text.append(c);
            else if (json.charAt(++i) == 'u') {
                text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                int escape = "\"\\/bfnrt".indexOf(json.charAt(i));
                text.append("\"\\/\b\f\n\r\t".charAt(escape));
            }
        }
        return text.toString();
    }
}
