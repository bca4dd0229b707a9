import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What Java's Admin says and does about consumer groups. */
final class Groups {
    private static final long DEPARTURE_MS = 50_000;

    static void addTo(Map<String, Witness.Command> commands) {
        commands.put("listGroups", request -> withAdmin(request, Groups::list));
        commands.put("describeGroup", request -> withAdmin(request, admin -> describe(admin, Requests.text(request, "groupId"))));
        commands.put("groupOffsets", request -> withAdmin(request, admin -> offsets(admin, request)));
        commands.put("alterGroupOffsets", request -> withAdmin(request, admin -> alter(admin, request)));
        commands.put("deleteGroups", request -> withAdmin(request, admin -> {
            admin.deleteConsumerGroups(Requests.texts(request, "groupIds")).all().get();
            return null;
        }));
        commands.put("benchAlterGroupOffsets", request -> withAdmin(request, admin -> bench(admin, request)));
        commands.put("logOffsets", request -> withAdmin(request, admin -> logOffsets(admin, Requests.text(request, "topic"))));
    }

    interface AdminCall {
        Object run(Admin admin) throws Exception;
    }

    static Object withAdmin(JsonNode request, AdminCall call) throws Exception {
        try (Admin admin = Admin.create(Requests.client(request))) {
            return call.run(admin);
        }
    }

    private static Object list(Admin admin) throws Exception {
        return admin.listGroups().all().get().stream()
            .sorted(Comparator.comparing(GroupListing::groupId))
            .map(group -> Map.of(
                "groupId", group.groupId(),
                "type", group.type().map(Object::toString).orElse(""),
                "state", group.groupState().map(Object::toString).orElse(""),
                "protocolType", group.protocol()))
            .collect(Collectors.toList());
    }

    // groupEpoch is null for classic groups, whose generation only their members know.
    private static Object describe(Admin admin, String groupId) throws Exception {
        ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(groupId)).describedGroups().get(groupId).get();
        Map<String, Object> row = new HashMap<>();
        row.put("groupId", groupId);
        row.put("type", group.type().toString());
        row.put("state", group.groupState().toString());
        row.put("members", group.members().size());
        row.put("groupEpoch", group.groupEpoch().orElse(null));
        row.put("memberIds", group.members().stream().map(member -> member.consumerId()).sorted().collect(Collectors.toList()));
        return row;
    }

    /** Clients send that they leave and may be gone before the coordinator has heard it. */
    static void awaitDeparture(Map<String, Object> client, Object memberId) throws Exception {
        String groupId = (String) client.get("group.id");
        long deadline = System.currentTimeMillis() + DEPARTURE_MS;
        try (Admin admin = Admin.create(client)) {
            while (isMember(admin, groupId, memberId)) {
                if (System.currentTimeMillis() > deadline) throw new IllegalStateException(memberId + " is still in " + groupId);
                Thread.sleep(20);
            }
        }
    }

    private static boolean isMember(Admin admin, String groupId, Object memberId) throws Exception {
        try {
            return admin.describeConsumerGroups(List.of(groupId)).describedGroups().get(groupId).get()
                .members().stream().anyMatch(one -> one.consumerId().equals(memberId));
        } catch (ExecutionException failure) {
            // Without members it may be gone as a whole; and who may not describe it has to believe in it.
            if (failure.getCause() instanceof GroupIdNotFoundException) return false;
            if (failure.getCause() instanceof AuthorizationException) return false;
            throw failure;
        }
    }

    private static Object offsets(Admin admin, JsonNode request) throws Exception {
        List<String> wanted = Requests.texts(request, "groupIds");
        Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
        if (wanted.isEmpty()) {
            for (GroupListing group : admin.listGroups().all().get()) {
                GroupType type = group.type().orElse(GroupType.CLASSIC);
                if (type != GroupType.SHARE) specs.put(group.groupId(), new ListConsumerGroupOffsetsSpec());
            }
        }
        wanted.forEach(groupId -> specs.put(groupId, new ListConsumerGroupOffsetsSpec()));
        List<Object> rows = new ArrayList<>();
        if (specs.isEmpty()) return rows;
        for (var group : new TreeMap<>(admin.listConsumerGroupOffsets(specs).all().get()).entrySet()) {
            for (Map.Entry<TopicPartition, OffsetAndMetadata> each : group.getValue().entrySet()) {
                if (each.getValue() == null) continue;
                Map<String, Object> row = Requests.offset(each.getKey(), each.getValue().offset());
                row.put("groupId", group.getKey());
                row.put("metadata", each.getValue().metadata());
                row.put("leaderEpoch", each.getValue().leaderEpoch().orElse(null));
                rows.add(row);
            }
        }
        return rows;
    }

    /** {groups: {id: [{topic, partition, offset, metadata?}]}}, all in flight; the error of each group that failed. */
    private static Object alter(Admin admin, JsonNode request) {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> groups = new HashMap<>();
        request.get("groups").fields().forEachRemaining(each -> groups.put(each.getKey(), Requests.offsets(each.getValue())));
        return alterAll(admin, groups);
    }

    private static Object bench(Admin admin, JsonNode request) {
        String prefix = Requests.text(request, "groupPrefix");
        String topic = Requests.text(request, "topic");
        OffsetAndMetadata offset = new OffsetAndMetadata(Long.parseLong(Requests.text(request, "offset")));
        Map<String, Map<TopicPartition, OffsetAndMetadata>> groups = new HashMap<>();
        for (int group = 0; group < request.get("groups").asInt(); group++) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            for (int partition = 0; partition < request.get("partitions").asInt(); partition++) {
                offsets.put(new TopicPartition(topic, partition), offset);
            }
            groups.put(prefix + group, offsets);
        }
        return alterAll(admin, groups);
    }

    private static Object alterAll(Admin admin, Map<String, Map<TopicPartition, OffsetAndMetadata>> groups) {
        long startedAt = System.nanoTime();
        Map<String, AlterConsumerGroupOffsetsResult> results = new HashMap<>();
        groups.forEach((groupId, offsets) -> results.put(groupId, admin.alterConsumerGroupOffsets(groupId, offsets)));
        Map<String, String> errors = new TreeMap<>();
        results.forEach((groupId, result) -> {
            try {
                result.all().get();
            } catch (Exception error) {
                errors.put(groupId, Witness.describe(error));
            }
        });
        return Map.of("elapsedMs", (System.nanoTime() - startedAt) / 1_000_000, "errors", errors);
    }

    /** Log start, high watermark and last stable offset of each partition. */
    private static Object logOffsets(Admin admin, String topic) throws Exception {
        TopicDescription description = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        List<Object> rows = new ArrayList<>();
        for (TopicPartitionInfo info : description.partitions()) {
            TopicPartition at = new TopicPartition(topic, info.partition());
            Map<String, Object> row = new HashMap<>();
            row.put("partition", info.partition());
            row.put("logStart", look(admin, at, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED));
            row.put("highWatermark", look(admin, at, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED));
            row.put("lastStable", look(admin, at, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED));
            rows.add(row);
        }
        return rows;
    }

    private static String look(Admin admin, TopicPartition at, OffsetSpec spec, IsolationLevel level) throws Exception {
        var options = new org.apache.kafka.clients.admin.ListOffsetsOptions(level);
        ListOffsetsResultInfo info = admin.listOffsets(Map.of(at, spec), options).partitionResult(at).get();
        return Long.toString(info.offset());
    }

    private Groups() {}
}
