import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;

/**
 * A change of ACLs, configs, quotas or users is answered when the controller has it; brokers act on it a moment later.
 * A broker acts on changes one after the other and tells of each when it begins. So when it tells of a marker that was
 * made after the change, it has begun with the change; when it tells of a second one, made then, it is done with it.
 */
final class InForce {
    /** Of this witness alone, and one at a time: another mark would hide ours. */
    private static final String NOBODY = "witness-marker-" + ProcessHandle.current().pid();
    private static final String KEY = "consumer_byte_rate";
    private static final long DEADLINE_MS = 100_000;
    private static long last = System.currentTimeMillis();

    static synchronized void await(Admin admin) throws Exception {
        mark(admin);
        mark(admin);
    }

    private static void mark(Admin admin) throws Exception {
        var nobody = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, NOBODY));
        last += 1;
        double mark = last;
        var change = new ClientQuotaAlteration(nobody, List.of(new ClientQuotaAlteration.Op(KEY, mark)));
        admin.alterClientQuotas(List.of(change)).all().get();
        var ofNobody = ClientQuotaFilter.contains(List.of(ClientQuotaFilterComponent.ofEntity(ClientQuotaEntity.CLIENT_ID, NOBODY)));
        long deadline = System.currentTimeMillis() + DEADLINE_MS;
        for (;;) {
            Map<String, Double> told = admin.describeClientQuotas(ofNobody).entities().get().get(nobody);
            if (told != null && told.getOrDefault(KEY, 0.0) >= mark) return;
            if (System.currentTimeMillis() > deadline) throw new IllegalStateException("the broker does not act on changes");
            Thread.sleep(20);
        }
    }

    private InForce() {}
}
