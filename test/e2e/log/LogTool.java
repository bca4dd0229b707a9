import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Java's own clients as a witness of what lies in a log, byte by byte. Run as a single source file:
 *   write BOOTSTRAP COUNT TOPIC=CODEC[+headers] ...   records as log-tool.ts describes them, in one producer a topic
 *   dump BOOTSTRAP ISOLATION TOPIC ...                what a consumer sees of partition 0, from the start to the end
 *   checkpoints BOOTSTRAP COUNT TOPIC                 MM2's checkpoints of COUNT group partitions
 */
public class LogTool {
    public static void main(String[] args) throws Exception {
        Map<String, Object> client = new HashMap<>(Map.of("bootstrap.servers", args[1]));
        switch (args[0]) {
            case "write" -> {
                for (int i = 3; i < args.length; i++) write(client, Integer.parseInt(args[2]), args[i]);
            }
            case "dump" -> {
                for (int i = 3; i < args.length; i++) dump(client, args[2], args[i]);
            }
            case "checkpoints" -> checkpoints(client, Integer.parseInt(args[2]), args[3]);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client, String codec, boolean idempotent) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("compression.type", codec);
        // Full batches, so that a codec has something to do.
        properties.put("linger.ms", 100);
        properties.put("enable.idempotence", idempotent);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static void write(Map<String, Object> client, int count, String target) throws Exception {
        String topic = target.split("=")[0];
        String codec = target.split("=")[1].replace("+headers", "");
        boolean withHeaders = target.endsWith("+headers");
        // The old formats know neither headers nor idempotent producers.
        try (var producer = producer(client, codec, withHeaders)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] key = i % 5 == 0 ? null : bytes("key-" + i);
                byte[] value = i % 7 == 3 ? null : bytes("value-" + i + " " + "lorem ipsum ".repeat(i % 60));
                var record = new ProducerRecord<>(topic, 0, 1_700_000_000_000L + i * 13L, key, value);
                if (withHeaders && i % 4 == 1) record.headers().add("größe", bytes("" + i)).add("größe", null);
                sent.add(producer.send(record));
            }
            for (var each : sent) each.get();
        }
    }

    static void checkpoints(Map<String, Object> client, int count, String topic) throws Exception {
        Class<?> type = Class.forName("org.apache.kafka.connect.mirror.Checkpoint");
        var make = type.getDeclaredConstructor(String.class, TopicPartition.class, long.class, long.class, String.class);
        var keyOf = type.getDeclaredMethod("recordKey");
        var valueOf = type.getDeclaredMethod("recordValue");
        keyOf.setAccessible(true);
        valueOf.setAccessible(true);
        try (var producer = producer(client, "none", true)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                var partition = new TopicPartition("msksource.orders-" + i % 10, i % 4);
                Object checkpoint = make.newInstance("group-" + i / 4, partition, i * 3L, i * 2L, "");
                byte[] key = (byte[]) keyOf.invoke(checkpoint);
                sent.add(producer.send(new ProducerRecord<>(topic, 0, key, (byte[]) valueOf.invoke(checkpoint))));
            }
            for (var each : sent) each.get();
        }
    }

    static void dump(Map<String, Object> client, String isolation, String topic) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("isolation.level", isolation);
        properties.put("enable.auto.commit", false);
        var partition = new TopicPartition(topic, 0);
        var out = new StringBuilder();
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            // The position passes over markers and empty batches too, though no record comes of them.
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.offset() < end) out.append(line(record)).append('\n');
                }
            }
        }
        System.out.print(out);
    }

    static String line(ConsumerRecord<byte[], byte[]> record) {
        List<String> headers = new ArrayList<>();
        for (Header header : record.headers()) headers.add(text(bytes(header.key())) + ":" + text(header.value()));
        return new StringJoiner("\t").add(record.topic()).add("" + record.offset()).add("" + record.timestamp())
            .add(text(record.key())).add(text(record.value())).add(String.join(",", headers)).toString();
    }

    static String text(byte[] bytes) {
        return bytes == null ? "null" : "=" + Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
