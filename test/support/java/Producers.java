import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Java's producer: any codec, and transactions that are left open on purpose. */
final class Producers {
    private static final Map<String, KafkaProducer<String, String>> OPEN = new ConcurrentHashMap<>();

    static void addTo(Map<String, Witness.Command> commands) {
        commands.put("produce", Producers::produce);
        commands.put("openTransaction", Producers::openTransaction);
        commands.put("endTransaction", Producers::endTransaction);
    }

    private static KafkaProducer<String, String> producer(JsonNode request) {
        Map<String, Object> properties = Requests.client(request);
        // The broker aborts what is open for longer, 60 s by default; open ones are the test's to end.
        properties.putIfAbsent("transaction.timeout.ms", 600_000);
        properties.putIfAbsent("max.block.ms", 110_000);
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    private static Object produce(JsonNode request) throws Exception {
        try (KafkaProducer<String, String> producer = producer(request)) {
            return send(producer, request);
        }
    }

    /** Values are the ids; keys too. Returns the offset of the last one as text, null without any. */
    private static Object send(KafkaProducer<String, String> producer, JsonNode request) throws Exception {
        List<String> ids = Requests.texts(request, "ids");
        Future<RecordMetadata> last = null;
        for (String id : ids) {
            last = producer.send(new ProducerRecord<>(Requests.text(request, "topic"), request.get("partition").asInt(), id, id));
        }
        producer.flush();
        return last == null ? null : Long.toString(last.get().offset());
    }

    /**
     * Writes records and, if asked, group offsets in a transaction that stays open until endTransaction. Returns the
     * offset of the last record as text, null without any.
     */
    private static Object openTransaction(JsonNode request) throws Exception {
        KafkaProducer<String, String> producer = producer(request);
        OPEN.put(Requests.text(request, "name"), producer);
        producer.initTransactions();
        producer.beginTransaction();
        Object last = request.hasNonNull("topic") ? send(producer, request) : null;
        if (request.hasNonNull("groupId")) {
            var group = new ConsumerGroupMetadata(Requests.text(request, "groupId"));
            producer.sendOffsetsToTransaction(Requests.offsets(request.get("offsets")), group);
        }
        return last;
    }

    /** outcome: commit, abort, or forget (the transaction stays open on the broker until its time-out). */
    private static Object endTransaction(JsonNode request) {
        KafkaProducer<String, String> producer = OPEN.remove(Requests.text(request, "name"));
        if (producer == null) throw new IllegalArgumentException("no such transaction");
        String outcome = Requests.text(request, "outcome");
        if (outcome.equals("commit")) producer.commitTransaction();
        if (outcome.equals("abort")) producer.abortTransaction();
        producer.close(outcome.equals("forget") ? Duration.ZERO : Duration.ofSeconds(60));
        return null;
    }

    private Producers() {}
}
