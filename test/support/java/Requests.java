import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Reads the fields that requests share. */
final class Requests {
    static String text(JsonNode request, String name) {
        JsonNode value = request.get(name);
        if (value == null || value.isNull()) throw new IllegalArgumentException("request has no " + name);
        return value.asText();
    }

    static String text(JsonNode request, String name, String fallback) {
        JsonNode value = request.get(name);
        return value == null || value.isNull() ? fallback : value.asText();
    }

    static boolean flag(JsonNode request, String name, boolean fallback) {
        JsonNode value = request.get(name);
        return value == null || value.isNull() ? fallback : value.asBoolean();
    }

    static List<String> texts(JsonNode request, String name) {
        List<String> values = new ArrayList<>();
        if (request.hasNonNull(name)) request.get(name).forEach(value -> values.add(value.asText()));
        return values;
    }

    /** Client properties: bootstrap.servers and whatever the request adds (security, time-outs). */
    static Map<String, Object> client(JsonNode request) {
        Map<String, Object> properties = new HashMap<>();
        // Of a whole call with its retries: a broker that stands still for a while takes one of them, of 30 s.
        properties.put("default.api.timeout.ms", 110_000);
        properties.put("bootstrap.servers", text(request, "bootstrapServers"));
        if (request.hasNonNull("properties")) {
            request.get("properties").fields().forEachRemaining(each -> properties.put(each.getKey(), each.getValue().asText()));
        }
        return properties;
    }

    /** [{topic, partition, offset, metadata?}]; offsets are decimal strings. */
    static Map<TopicPartition, OffsetAndMetadata> offsets(JsonNode list) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (JsonNode one : list) {
            long offset = Long.parseLong(text(one, "offset"));
            offsets.put(partition(one), new OffsetAndMetadata(offset, text(one, "metadata", "")));
        }
        return offsets;
    }

    static TopicPartition partition(JsonNode one) {
        return new TopicPartition(text(one, "topic"), one.get("partition").asInt());
    }

    static Map<String, Object> offset(TopicPartition at, long offset) {
        Map<String, Object> row = new HashMap<>();
        row.put("topic", at.topic());
        row.put("partition", at.partition());
        row.put("offset", Long.toString(offset));
        return row;
    }

    private Requests() {}
}
