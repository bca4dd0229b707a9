import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.mirror.RemoteClusterUtils;

/** MM2's own client, which reads the checkpoints topic with a Java consumer. */
final class Mirrors {
    /** At the deadline it would return what it has so far, so the deadline is far. */
    private static final Duration DEADLINE = Duration.ofSeconds(100);

    static void addTo(Map<String, Witness.Command> commands) {
        commands.put("translateOffsets", Mirrors::translateOffsets);
    }

    private static Object translateOffsets(JsonNode request) throws Exception {
        String groupId = Requests.text(request, "groupId");
        Map<TopicPartition, OffsetAndMetadata> translated = RemoteClusterUtils.translateOffsets(
            Requests.client(request), Requests.text(request, "sourceAlias"), groupId, DEADLINE);
        List<Object> rows = new ArrayList<>();
        translated.forEach((at, offset) -> {
            Map<String, Object> row = Requests.offset(at, offset.offset());
            row.put("groupId", groupId);
            row.put("metadata", offset.metadata());
            row.put("leaderEpoch", offset.leaderEpoch().orElse(null));
            rows.add(row);
        });
        return rows;
    }

    private Mirrors() {}
}
