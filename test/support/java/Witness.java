import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One long-lived JVM with Java's own Kafka clients, the independent witness of the tests. Reads one JSON request a
 * line from stdin ({"id": 1, "command": "...", ...}), runs each on a thread of its own, and writes one JSON answer a
 * line to stdout ({"id": 1, "result": ...} or {"id": 1, "error": "..."}). Ends when stdin ends.
 */
public final class Witness {
    interface Command {
        Object run(JsonNode request) throws Exception;
    }

    static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] args) throws Exception {
        Map<String, Command> commands = new TreeMap<>();
        Groups.addTo(commands);
        Consumers.addTo(commands);
        Producers.addTo(commands);
        Access.addTo(commands);
        Mirrors.addTo(commands);
        Logs.addTo(commands);
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "witness");
            thread.setDaemon(true);
            return thread;
        });
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode request = JSON.readTree(line);
            threads.execute(() -> answer(commands, request));
        }
        Runtime.getRuntime().halt(0);
    }

    private static void answer(Map<String, Command> commands, JsonNode request) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set("id", request.get("id"));
        try {
            Command command = commands.get(request.get("command").asText());
            if (command == null) throw new IllegalArgumentException("no such command; known: " + commands.keySet());
            answer.set("result", JSON.valueToTree(command.run(request)));
        } catch (Throwable error) {
            answer.put("error", describe(error));
        }
        synchronized (System.out) {
            System.out.println(answer);
            System.out.flush();
        }
    }

    /** Class and message of what Kafka threw, without the wrappers of futures. */
    static String describe(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null && cause instanceof java.util.concurrent.ExecutionException) cause = cause.getCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private Witness() {}
}
