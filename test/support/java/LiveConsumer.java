import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A consumer of either protocol on a thread of its own; everything that touches it runs there. */
final class LiveConsumer implements ConsumerRebalanceListener {
    private interface Task {
        Object run() throws Exception;
    }

    /** What was read of one partition. */
    private static final class Read {
        final long startPosition;
        volatile long position;
        final List<String> ids = new ArrayList<>();

        Read(long startPosition) {
            this.startPosition = startPosition;
            this.position = startPosition;
        }
    }

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(60);
    private static final long TASK_TIMEOUT_S = 110;
    /** 45 s by default, and less than a machine may stand still in bad luck. KIP-848 has it on the broker. */
    private static final int CLASSIC_SESSION_MS = 120_000;

    private final Map<String, Object> properties;
    private final KafkaConsumer<String, String> consumer;
    private final boolean member;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Map<TopicPartition, Read> reads = new ConcurrentHashMap<>();
    private volatile List<TopicPartition> assignment = List.of();
    private volatile int rebalances;
    private volatile String error;
    private volatile boolean closed;

    /** groupId, protocol (classic or consumer), topics or assign, instanceId, offsetReset, autoCommit. */
    static LiveConsumer start(JsonNode request) {
        Map<String, Object> properties = Requests.client(request);
        properties.put("group.id", Requests.text(request, "groupId"));
        String protocol = Requests.text(request, "protocol", "classic");
        properties.put("group.protocol", protocol);
        if (protocol.equals("classic")) properties.putIfAbsent("session.timeout.ms", CLASSIC_SESSION_MS);
        properties.put("auto.offset.reset", Requests.text(request, "offsetReset", "none"));
        properties.put("enable.auto.commit", Requests.flag(request, "autoCommit", false));
        properties.putIfAbsent("auto.commit.interval.ms", 500);
        String instanceId = Requests.text(request, "instanceId", null);
        if (instanceId != null) properties.put("group.instance.id", instanceId);
        LiveConsumer live = new LiveConsumer(properties, !request.hasNonNull("assign"));
        if (live.member) {
            live.consumer.subscribe(Requests.texts(request, "topics"), live);
        } else {
            List<TopicPartition> partitions = new ArrayList<>();
            request.get("assign").forEach(one -> partitions.add(Requests.partition(one)));
            live.consumer.assign(partitions);
            live.tasks.add(() -> live.onPartitionsAssigned(partitions));
        }
        Thread thread = new Thread(live::loop, "consumer");
        thread.setDaemon(true);
        thread.start();
        return live;
    }

    private LiveConsumer(Map<String, Object> properties, boolean member) {
        this.properties = properties;
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        this.member = member;
    }

    private void loop() {
        while (!closed) {
            for (Runnable task = tasks.poll(); task != null && !closed; task = tasks.poll()) task.run();
            if (closed || error != null) {
                pause();
                continue;
            }
            try {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    Read read = reads.get(new TopicPartition(record.topic(), record.partition()));
                    synchronized (read) {
                        read.ids.add(record.value());
                    }
                }
                // Positions, not the last record: markers of transactions are passed without a record.
                for (TopicPartition at : assignment) reads.get(at).position = consumer.position(at);
            } catch (Exception failure) {
                error = Witness.describe(failure);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        rebalances++;
        for (TopicPartition at : added) {
            try {
                reads.putIfAbsent(at, new Read(consumer.position(at)));
            } catch (Exception failure) {
                error = Witness.describe(failure);
                return;
            }
        }
        assignment = List.copyOf(consumer.assignment());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        assignment = consumer.assignment().stream().filter(at -> !revoked.contains(at)).toList();
    }

    private Object onThread(Task task) throws Exception {
        CompletableFuture<Object> done = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                done.complete(task.run());
            } catch (Exception failure) {
                done.completeExceptionally(failure);
            }
        });
        return done.get(TASK_TIMEOUT_S, TimeUnit.SECONDS);
    }

    /** Null commits what was read. */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets) throws Exception {
        onThread(() -> {
            if (offsets == null) consumer.commitSync();
            else consumer.commitSync(offsets);
            return null;
        });
    }

    /** Once it has left, the group's coordinator lists it no more. */
    void close(boolean leave) throws Exception {
        CloseOptions.GroupMembershipOperation operation = leave
            ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
            : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP;
        Object memberId = onThread(() -> {
            String id = member ? consumer.groupMetadata().memberId() : "";
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN).withGroupMembershipOperation(operation));
            closed = true;
            return id;
        });
        if (leave && member) Groups.awaitDeparture(properties, memberId);
    }

    List<TopicPartition> partitionsOf(List<String> topics) throws Exception {
        List<TopicPartition> all = new ArrayList<>();
        onThread(() -> {
            for (String topic : topics) consumer.partitionsFor(topic).forEach(info -> all.add(new TopicPartition(topic, info.partition())));
            return null;
        });
        return all;
    }

    @SuppressWarnings("unchecked")
    Map<TopicPartition, Long> endOffsets(List<TopicPartition> partitions) throws Exception {
        return (Map<TopicPartition, Long>) onThread(() -> consumer.endOffsets(partitions));
    }

    boolean hasReached(Map<TopicPartition, Long> ends) {
        if (error != null) throw new IllegalStateException(error);
        return ends.entrySet().stream().allMatch(end -> {
            Read read = reads.get(end.getKey());
            return read != null && read.position >= end.getValue();
        });
    }

    Object status(boolean withIds) throws Exception {
        Map<String, Object> status = new HashMap<>();
        status.put("error", error);
        status.put("rebalances", rebalances);
        status.put("assignment", Consumers.sortedNames(assignment));
        if (member) onThread(() -> {
            status.put("memberId", consumer.groupMetadata().memberId());
            status.put("generation", consumer.groupMetadata().generationId());
            return null;
        });
        List<Object> partitions = new ArrayList<>();
        reads.forEach((at, read) -> {
            synchronized (read) {
                Map<String, Object> row = Requests.offset(at, read.position);
                row.put("startPosition", Long.toString(read.startPosition));
                row.put("count", read.ids.size());
                row.put("ids", withIds ? List.copyOf(read.ids) : List.of());
                partitions.add(row);
            }
        });
        status.put("partitions", partitions);
        return status;
    }
}
