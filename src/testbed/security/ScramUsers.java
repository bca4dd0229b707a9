import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * BED_USERS: a line a user, name and password in Base64 with a space between. Both mechanisms for each of them.
 *
 * Ends when the broker lets them in: it answers when the controller has them, a moment before. It acts on changes one
 * after the other, and the marker is made when it tells of the users, so when it tells of the marker they are in force.
 */
public class ScramUsers {
    private static final String MARKER = "bed-marker";
    private static final long DEADLINE_MS = 100_000;

    public static void main(String[] args) throws Exception {
        List<String[]> users = new ArrayList<>();
        for (String line : System.getenv("BED_USERS").split("\n")) users.add(line.split(" "));
        String nobody = Base64.getEncoder().encodeToString(MARKER.getBytes(StandardCharsets.UTF_8));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", args[0]))) {
            create(admin, users);
            create(admin, List.<String[]>of(new String[] {nobody, nobody}));
        }
    }

    /** Returns when the broker tells of them. */
    private static void create(Admin admin, List<String[]> users) throws Exception {
        // One user's mechanisms may not be altered in one request.
        for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
            admin.alterUserScramCredentials(alterations(users, mechanism)).all().get(60, TimeUnit.SECONDS);
        }
        Set<String> names = users.stream().map(fields -> text(fields[0])).collect(Collectors.toSet());
        long deadline = System.currentTimeMillis() + DEADLINE_MS;
        while (!known(admin).containsAll(names)) {
            if (System.currentTimeMillis() > deadline) throw new IllegalStateException("the broker does not know the users");
            Thread.sleep(50);
        }
    }

    /** Users with both mechanisms. */
    private static Set<String> known(Admin admin) throws Exception {
        return admin.describeUserScramCredentials().all().get(60, TimeUnit.SECONDS).values().stream()
            .filter(user -> user.credentialInfos().size() == 2)
            .map(user -> user.name())
            .collect(Collectors.toSet());
    }

    private static List<UserScramCredentialAlteration> alterations(List<String[]> users, ScramMechanism mechanism) {
        List<UserScramCredentialAlteration> alterations = new ArrayList<>();
        for (String[] fields : users) {
            byte[] password = Base64.getDecoder().decode(fields[1]);
            ScramCredentialInfo info = new ScramCredentialInfo(mechanism, 4096);
            alterations.add(new UserScramCredentialUpsertion(text(fields[0]), info, password));
        }
        return alterations;
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
