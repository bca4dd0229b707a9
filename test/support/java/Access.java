import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** ACLs, SCRAM users, quotas and dynamic configs, each in force when it is answered. */
final class Access {
    static void addTo(Map<String, Witness.Command> commands) {
        commands.put("createAcls", request -> Groups.withAdmin(request, admin -> {
            List<AclBinding> bindings = new ArrayList<>();
            request.get("acls").forEach(acl -> bindings.add(binding(acl)));
            admin.createAcls(bindings).all().get();
            InForce.await(admin);
            return null;
        }));
        commands.put("createScramUser", request -> Groups.withAdmin(request, admin -> {
            ScramMechanism mechanism = ScramMechanism.fromMechanismName(Requests.text(request, "mechanism"));
            ScramCredentialInfo info = new ScramCredentialInfo(mechanism, 4096);
            String user = Requests.text(request, "user");
            var upsertion = new UserScramCredentialUpsertion(user, info, Requests.text(request, "password"));
            admin.alterUserScramCredentials(List.of(upsertion)).all().get();
            InForce.await(admin);
            return null;
        }));
        commands.put("setConsumerQuota", request -> Groups.withAdmin(request, admin -> {
            var client = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, Requests.text(request, "clientId")));
            double bytes = request.get("bytesPerSecond").asDouble();
            var quota = new ClientQuotaAlteration(client, List.of(new ClientQuotaAlteration.Op("consumer_byte_rate", bytes)));
            admin.alterClientQuotas(List.of(quota)).all().get();
            InForce.await(admin);
            return null;
        }));
        commands.put("setConfig", request -> Groups.withAdmin(request, admin -> {
            String type = Requests.text(request, "resourceType");
            var resource = new ConfigResource(ConfigResource.Type.valueOf(type), Requests.text(request, "name"));
            List<AlterConfigOp> changes = new ArrayList<>();
            request.get("config").fields().forEachRemaining(each -> changes.add(
                new AlterConfigOp(new ConfigEntry(each.getKey(), each.getValue().asText()), AlterConfigOp.OpType.SET)));
            admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
            InForce.await(admin);
            return null;
        }));
    }

    private static AclBinding binding(JsonNode acl) {
        ResourceType type = ResourceType.valueOf(Requests.text(acl, "resourceType"));
        PatternType pattern = PatternType.valueOf(Requests.text(acl, "patternType", "LITERAL"));
        AclOperation operation = AclOperation.valueOf(Requests.text(acl, "operation"));
        AclPermissionType permission = AclPermissionType.valueOf(Requests.text(acl, "permission", "ALLOW"));
        return new AclBinding(
            new ResourcePattern(type, Requests.text(acl, "name"), pattern),
            new AccessControlEntry(Requests.text(acl, "principal"), "*", operation, permission));
    }

    private Access() {}
}
