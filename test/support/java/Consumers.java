import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Consumers that live on in the background, by name, and one that reads to the end and is done. */
final class Consumers {
    private static final Map<String, LiveConsumer> CONSUMERS = new ConcurrentHashMap<>();
    private static final Map<String, LiveShareConsumer> SHARES = new ConcurrentHashMap<>();

    static void addTo(Map<String, Witness.Command> commands) {
        commands.put("startConsumer", request -> {
            CONSUMERS.put(Requests.text(request, "name"), LiveConsumer.start(request));
            return null;
        });
        commands.put("consumer", request -> named(request).status(Requests.flag(request, "records", true)));
        commands.put("commitConsumer", request -> {
            named(request).commit(request.hasNonNull("offsets") ? Requests.offsets(request.get("offsets")) : null);
            return null;
        });
        commands.put("closeConsumer", request -> {
            named(request).close(Requests.flag(request, "leave", true));
            CONSUMERS.remove(Requests.text(request, "name"));
            return null;
        });
        commands.put("consumeToEnd", Consumers::consumeToEnd);
        commands.put("startShareConsumer", request -> {
            SHARES.put(Requests.text(request, "name"), LiveShareConsumer.start(request));
            return null;
        });
        commands.put("shareConsumer", request -> SHARES.get(Requests.text(request, "name")).status());
        commands.put("closeShareConsumer", request -> {
            SHARES.remove(Requests.text(request, "name")).close();
            return null;
        });
    }

    private static LiveConsumer named(JsonNode request) {
        LiveConsumer consumer = CONSUMERS.get(Requests.text(request, "name"));
        if (consumer == null) throw new IllegalArgumentException("no such consumer");
        return consumer;
    }

    /** Joins, reads from the committed offsets (or the reset) to the ends seen at the start, commits if asked, leaves. */
    private static Object consumeToEnd(JsonNode request) throws Exception {
        LiveConsumer consumer = LiveConsumer.start(request);
        try {
            List<TopicPartition> all = consumer.partitionsOf(Requests.texts(request, "topics"));
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            long deadline = System.currentTimeMillis() + request.get("timeoutMs").asLong();
            while (!consumer.hasReached(ends)) {
                if (System.currentTimeMillis() > deadline) {
                    throw new IllegalStateException("ends not reached: " + ends + ", seen " + consumer.status(false));
                }
                Thread.sleep(50);
            }
            if (Requests.flag(request, "commit", false)) consumer.commit(null);
            return consumer.status(true);
        } finally {
            consumer.close(true);
        }
    }

    static List<String> sortedNames(Iterable<TopicPartition> partitions) {
        return java.util.stream.StreamSupport.stream(partitions.spliterator(), false)
            .map(TopicPartition::toString).sorted().collect(Collectors.toList());
    }

    private Consumers() {}
}
