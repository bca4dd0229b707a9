import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Whole logs and what a resumed consumer reads, as ids: big answers, so one text for each partition. */
final class Logs {
    /** What one partition gave: lines `offset TAB id`. */
    private static final class Lines {
        final StringBuilder text = new StringBuilder();
        long startPosition = -1;
        long position = -1;
        long last = -1;
        int count;

        /** Once each: a consumer that lost its place in the group begins again where it was committed. */
        void add(ConsumerRecord<String, String> record) {
            if (record.offset() <= last) return;
            last = record.offset();
            text.append(record.offset()).append('\t').append(id(record)).append('\n');
            count++;
        }
    }

    static void addTo(Map<String, Witness.Command> commands) {
        commands.put("readLog", Logs::readLog);
        commands.put("resume", Logs::resume);
    }

    /** A header `id` tells records apart that are equal otherwise. */
    private static String id(ConsumerRecord<String, String> record) {
        var header = record.headers().lastHeader("id");
        if (header != null) return new String(header.value(), StandardCharsets.UTF_8);
        return record.value() == null ? "tombstone " + record.key() : record.value();
    }

    private static KafkaConsumer<String, String> consumer(Map<String, Object> properties) {
        properties.put("enable.auto.commit", false);
        // At the end of a log, a fetch would wait for half a second.
        properties.put("fetch.max.wait.ms", 50);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }

    /** Every data record of a topic between the ends seen at the start, those of aborted transactions included. */
    private static Object readLog(JsonNode request) {
        Map<TopicPartition, Lines> logs = new HashMap<>();
        try (var consumer = consumer(Requests.client(request))) {
            String topic = Requests.text(request, "topic");
            List<TopicPartition> all = consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(all);
            Map<TopicPartition, Long> starts = consumer.beginningOffsets(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            for (TopicPartition at : all) {
                Lines lines = new Lines();
                lines.startPosition = starts.get(at);
                lines.position = ends.get(at);
                logs.put(at, lines);
                consumer.seek(at, lines.startPosition);
            }
            // Positions, since a log may end in markers or holes, of which no record comes.
            while (all.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    TopicPartition at = new TopicPartition(record.topic(), record.partition());
                    if (record.offset() < ends.get(at)) logs.get(at).add(record);
                }
            }
        }
        return rows(logs);
    }

    /**
     * Joins a group, reads on from its committed offsets (there must be one everywhere) to the ends seen at the start,
     * or until each partition gave `limit` records, and leaves without a commit.
     */
    private static Object resume(JsonNode request) throws Exception {
        Map<String, Object> properties = Requests.client(request);
        properties.put("group.id", Requests.text(request, "groupId"));
        properties.put("group.protocol", Requests.text(request, "protocol"));
        properties.put("auto.offset.reset", "none");
        List<String> topics = Requests.texts(request, "topics");
        int limit = request.hasNonNull("limit") ? request.get("limit").asInt() : Integer.MAX_VALUE;
        long deadline = System.currentTimeMillis() + request.get("timeoutMs").asLong();
        Map<TopicPartition, Lines> logs = new HashMap<>();
        String memberId;
        try (var consumer = consumer(properties)) {
            List<TopicPartition> all = new ArrayList<>();
            for (String topic : topics) consumer.partitionsFor(topic).forEach(info -> all.add(new TopicPartition(topic, info.partition())));
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            consumer.subscribe(topics, new FromCommitted(consumer, logs));
            while (!isDone(all, logs, ends, limit)) {
                if (System.currentTimeMillis() > deadline) throw new IllegalStateException("not done: " + logs.size() + " of " + all.size() + " partitions assigned");
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    TopicPartition at = new TopicPartition(record.topic(), record.partition());
                    Lines lines = logs.get(at);
                    if (lines.count >= limit || record.offset() >= ends.get(at)) continue;
                    lines.add(record);
                    lines.position = record.offset() + 1;
                }
                for (TopicPartition at : consumer.assignment()) {
                    Lines lines = logs.get(at);
                    if (lines.count < limit) lines.position = Math.min(consumer.position(at), Math.max(ends.get(at), lines.startPosition));
                    else consumer.pause(List.of(at));
                }
            }
            memberId = consumer.groupMetadata().memberId();
        }
        Groups.awaitDeparture(properties, memberId);
        return rows(logs);
    }

    private record FromCommitted(KafkaConsumer<String, String> consumer, Map<TopicPartition, Lines> logs) implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            for (TopicPartition at : added) {
                Lines lines = new Lines();
                lines.startPosition = consumer.position(at);
                lines.position = lines.startPosition;
                logs.putIfAbsent(at, lines);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {}
    }

    private static boolean isDone(List<TopicPartition> all, Map<TopicPartition, Lines> logs, Map<TopicPartition, Long> ends, int limit) {
        return all.stream().allMatch(at -> {
            Lines lines = logs.get(at);
            return lines != null && (lines.count >= limit || lines.position >= ends.get(at));
        });
    }

    private static Object rows(Map<TopicPartition, Lines> logs) {
        List<Object> rows = new ArrayList<>();
        logs.forEach((at, lines) -> {
            Map<String, Object> row = Requests.offset(at, lines.position);
            row.put("startPosition", Long.toString(lines.startPosition));
            row.put("lines", lines.text.toString());
            rows.add(row);
        });
        return rows;
    }

    private Logs() {}
}
