import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The same slices as Java's consumer reads them: all partitions at once, place by place, each seeked to its slice and
 * paused behind it, a digest of each record. Prints records and milliseconds.
 *   BOOTSTRAP TOPIC PARTITIONS PLACES STEP LENGTH   slice n of a partition is [n * STEP, n * STEP + LENGTH)
 */
public class SeekingConsumer {
    public static void main(String[] args) throws Exception {
        int partitions = Integer.parseInt(args[2]);
        int places = Integer.parseInt(args[3]);
        long step = Long.parseLong(args[4]);
        long length = Long.parseLong(args[5]);
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) all.add(new TopicPartition(args[1], partition));
        Map<String, Object> properties = Map.of(
            "bootstrap.servers", args[0],
            "enable.auto.commit", false,
            "max.poll.records", 10_000,
            // What a slice takes; with the default of 1 MiB it reads many times as much.
            "max.partition.fetch.bytes", 65_536);
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(all);
            consumer.position(all.get(0), Duration.ofSeconds(30));
            long startedAt = System.nanoTime();
            long records = 0;
            for (int place = 0; place < places; place++) {
                long from = place * step;
                for (TopicPartition one : all) consumer.seek(one, from);
                consumer.resume(all);
                Set<TopicPartition> reading = new HashSet<>(all);
                while (!reading.isEmpty()) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                        if (record.offset() < from || record.offset() >= from + length) continue;
                        if (record.key() != null) sha.update(record.key());
                        sha.update(record.value());
                        sha.digest();
                        records++;
                    }
                    for (TopicPartition one : List.copyOf(reading)) {
                        if (consumer.position(one) < from + length) continue;
                        reading.remove(one);
                        consumer.pause(List.of(one));
                    }
                }
            }
            System.out.println(records + " " + (System.nanoTime() - startedAt) / 1_000_000);
        }
    }
}
