import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Prints every key that the jars on the class path know, one JSON object a line, by the ConfigDefs themselves:
 * {"table": "source", "key": "topics", "type": "LIST", "default": ".*"}; `default` is null where there is none.
 * Lines with "reach" say which keys of which prefix arrive at which client: MM2 throws the rest away.
 * Reflection only, since the same source runs on 2.7 to 4.x. Run: java -cp "$JARS/*" ConfigKeys.java
 */
public class ConfigKeys {
    private static final String MIRROR = "org.apache.kafka.connect.mirror.";
    private static final String RUNTIME = "org.apache.kafka.connect.runtime.";
    private static final String CLIENTS = "org.apache.kafka.clients.";

    private static final List<String> PREFIXES = List.of("", "consumer.", "producer.", "admin.",
        "source.", "source.consumer.", "source.producer.", "source.admin.",
        "target.", "target.consumer.", "target.producer.", "target.admin.",
        "source.cluster.", "source.cluster.consumer.", "source.cluster.producer.", "source.cluster.admin.",
        "target.cluster.", "target.cluster.consumer.", "target.cluster.producer.", "target.cluster.admin.",
        "consumer.override.", "producer.override.", "admin.override.");
    private static final Set<String> CLIENT_CONFIGS = Set.of("sourceConsumerConfig", "sourceProducerConfig",
        "sourceAdminConfig", "targetConsumerConfig", "targetProducerConfig", "targetAdminConfig");

    public static void main(String[] args) throws Exception {
        for (String connector : List.of("Source", "Checkpoint", "Heartbeat")) {
            Object instance = Class.forName(MIRROR + "Mirror" + connector + "Connector").getConstructor().newInstance();
            print(connector.toLowerCase(), (ConfigDef) method(instance.getClass(), "config").invoke(instance));
        }
        print("framework", staticDef(RUNTIME + "SourceConnectorConfig", "configDef"));
        ConfigDef group = staticDefOrNull(RUNTIME + "TopicCreationConfig", "defaultGroupConfigDef");
        if (group != null) print("topic-creation", group);
        print("sink", staticDef(RUNTIME + "SinkConnectorConfig", "configDef"));
        printConstants("worker", RUNTIME + "WorkerConfig", RUNTIME + "distributed.DistributedConfig");
        print("producer", staticDef(CLIENTS + "producer.ProducerConfig", "configDef"));
        print("consumer", staticDef(CLIENTS + "consumer.ConsumerConfig", "configDef"));
        print("admin", staticDef(CLIENTS + "admin.AdminClientConfig", "configDef"));
        print("connection", field(MIRROR + "MirrorClientConfig", "CLIENT_CONFIG_DEF"));
        print("topic-filter", nested(MIRROR + "DefaultTopicFilter"));
        print("group-filter", nested(MIRROR + "DefaultGroupFilter"));
        print("config-property-filter", nested(MIRROR + "DefaultConfigPropertyFilter"));
        for (String connector : List.of("Source", "Checkpoint", "Heartbeat")) printReach(connector);
    }

    private static void print(String table, ConfigDef definition) {
        new TreeMap<>(definition.configKeys()).forEach((name, key) -> {
            String value = key.hasDefault() && key.defaultValue != null
                ? ConfigDef.convertToString(key.defaultValue, key.type) : null;
            System.out.println("{\"table\":" + encode(table) + ",\"key\":" + encode(name) + ",\"type\":"
                + encode(key.type.name()) + ",\"default\":" + encode(value) + "}");
        });
    }

    /** A worker's config is built with a crypto provider at hand, so its keys are taken from its constants. */
    private static void printConstants(String table, String... types) throws Exception {
        Set<String> keys = new TreeSet<>();
        for (String type : types) {
            for (Field field : Class.forName(type).getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) || field.getType() != String.class) continue;
                if (!field.getName().endsWith("_CONFIG")) continue;
                field.setAccessible(true);
                keys.add((String) field.get(null));
            }
        }
        for (String key : keys)
            System.out.println("{\"table\":" + encode(table) + ",\"key\":" + encode(key) + ",\"type\":null,\"default\":null}");
    }

    /** Only the keys of one prefix are given at a time: a more specific one would win over it. */
    private static void printReach(String connector) throws Exception {
        List<String> keys = List.of("client.rack", "linger.ms", "retries", "ssl.protocol", "sasl.jaas.config",
            "bootstrap.servers", "security.protocol", "no.such.key");
        for (String prefix : PREFIXES) {
            Map<String, String> settings = new HashMap<>();
            for (String key : keys) settings.put(prefix + key, key.equals("security.protocol") ? "SSL" : "PROBE");
            settings.put("name", "probe");
            settings.put("connector.class", MIRROR + "Mirror" + connector + "Connector");
            settings.put("source.cluster.alias", "a");
            settings.put("target.cluster.alias", "b");
            Class<?> type = configClass(connector);
            Constructor<?> constructor = type.getDeclaredConstructor(Map.class);
            constructor.setAccessible(true);
            Object config;
            try {
                config = constructor.newInstance(settings);
            } catch (java.lang.reflect.InvocationTargetException refused) {
                continue;
            }
            Map<String, Set<String>> clientsOf = new TreeMap<>();
            for (Class<?> c = type; c != null && c.getName().startsWith(MIRROR); c = c.getSuperclass()) {
                for (Method method : c.getDeclaredMethods()) collect(config, method, keys, clientsOf);
            }
            for (Map.Entry<String, Set<String>> reached : clientsOf.entrySet()) {
                System.out.println("{\"reach\":" + encode(connector.toLowerCase()) + ",\"prefix\":" + encode(prefix)
                    + ",\"key\":" + encode(reached.getKey()) + ",\"clients\":"
                    + encode(String.join(" ", reached.getValue())) + "}");
            }
        }
    }

    private static void collect(Object config, Method method, List<String> keys, Map<String, Set<String>> clientsOf)
            throws Exception {
        if (Modifier.isStatic(method.getModifiers()) || method.isSynthetic()) return;
        if (method.getReturnType() != Map.class || !CLIENT_CONFIGS.contains(method.getName())) return;
        method.setAccessible(true);
        Map<?, ?> settings = (Map<?, ?>) (method.getParameterCount() == 0
            ? method.invoke(config) : method.invoke(config, "role"));
        for (String key : keys) {
            String value = String.valueOf(settings.get(key));
            if (value.equals("PROBE") || (key.equals("security.protocol") && value.equals("SSL")))
                clientsOf.computeIfAbsent(key, any -> new TreeSet<>()).add(method.getName().replace("Config", ""));
        }
    }

    private static Class<?> configClass(String connector) throws ClassNotFoundException {
        try {
            return Class.forName(MIRROR + "Mirror" + connector + "Config");
        } catch (ClassNotFoundException beforeTheSplit) {
            return Class.forName(MIRROR + "MirrorConnectorConfig");
        }
    }

    private static ConfigDef staticDef(String type, String name) throws Exception {
        return (ConfigDef) method(Class.forName(type), name).invoke(null);
    }

    private static ConfigDef staticDefOrNull(String type, String name) {
        try {
            return staticDef(type, name);
        } catch (Exception notThere) {
            return null;
        }
    }

    private static Method method(Class<?> type, String name) throws NoSuchMethodException {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                if (!method.getName().equals(name) || method.getParameterCount() > 0) continue;
                method.setAccessible(true);
                return method;
            }
        }
        throw new NoSuchMethodException(type + "." + name);
    }

    private static ConfigDef field(String type, String name) throws Exception {
        Field field = Class.forName(type).getDeclaredField(name);
        field.setAccessible(true);
        return (ConfigDef) field.get(null);
    }

    /** The filters keep theirs in a class inside. */
    private static ConfigDef nested(String type) throws Exception {
        for (Class<?> inner : Class.forName(type).getDeclaredClasses()) {
            for (Field field : inner.getDeclaredFields()) {
                if (field.getType() != ConfigDef.class) continue;
                field.setAccessible(true);
                return (ConfigDef) field.get(null);
            }
        }
        throw new NoSuchFieldException(type);
    }

    private static String encode(String text) {
        if (text == null) return "null";
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') json.append(String.format("\\u%04x", (int) c));
            else json.append(c);
        }
        return json.append('"').toString();
    }
}
