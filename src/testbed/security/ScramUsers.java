import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** BED_USERS: a line a user, name and password in Base64 with a space between. Both mechanisms for each of them. */
public class ScramUsers {
    public static void main(String[] args) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", args[0]))) {
            // One user's mechanisms may not be altered in one request.
            for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
                admin.alterUserScramCredentials(users(mechanism)).all().get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static List<UserScramCredentialAlteration> users(ScramMechanism mechanism) {
        List<UserScramCredentialAlteration> users = new ArrayList<>();
        for (String line : System.getenv("BED_USERS").split("\n")) {
            String[] fields = line.split(" ");
            String name = new String(Base64.getDecoder().decode(fields[0]), StandardCharsets.UTF_8);
            byte[] password = Base64.getDecoder().decode(fields[1]);
            users.add(new UserScramCredentialUpsertion(name, new ScramCredentialInfo(mechanism, 4096), password));
        }
        return users;
    }
}
