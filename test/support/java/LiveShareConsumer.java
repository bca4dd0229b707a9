import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A member of a share group (KIP-932) on a thread of its own; acknowledges what it reads. */
final class LiveShareConsumer {
    private final KafkaShareConsumer<String, String> consumer;
    private final Thread thread;
    private volatile int count;
    private volatile String error;
    private volatile boolean closed;

    static LiveShareConsumer start(JsonNode request) {
        Map<String, Object> properties = Requests.client(request);
        properties.put("group.id", Requests.text(request, "groupId"));
        LiveShareConsumer live = new LiveShareConsumer(new KafkaShareConsumer<>(properties, new StringDeserializer(), new StringDeserializer()));
        live.consumer.subscribe(Requests.texts(request, "topics"));
        live.thread.start();
        return live;
    }

    private LiveShareConsumer(KafkaShareConsumer<String, String> consumer) {
        this.consumer = consumer;
        this.thread = new Thread(this::loop, "share-consumer");
        this.thread.setDaemon(true);
    }

    private void loop() {
        try {
            while (!closed) count += consumer.poll(Duration.ofMillis(100)).count();
        } catch (Exception failure) {
            error = Witness.describe(failure);
        } finally {
            consumer.close(Duration.ofSeconds(60));
        }
    }

    Object status() {
        Map<String, Object> status = new HashMap<>();
        status.put("count", count);
        status.put("error", error);
        return status;
    }

    void close() throws InterruptedException {
        closed = true;
        thread.join(90_000);
    }
}
