import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensions;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallback;

/**
 * What an MSK broker does with the tokens of its IAM listeners: a token is a presigned SigV4 URL in base64url. Both of
 * the broker's callback handlers in one class: validation, and its own login, which stays without a token.
 *
 * JAAS options: region, journal (a file, one line a token), sessionMs (how long a sign-in lasts at most), refusal
 * ("challenge", RFC 7628's JSON, or "error", MSK's way), and for each access key id a pair secret.ID, principal.ID,
 * with session.ID where a session token is expected.
 */
public final class IamTokenValidator implements AuthenticateCallbackHandler {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final Set<String> UNSIGNED = Set.of("X-Amz-Signature", "User-Agent");
    private static final long CLOCK_SKEW_MS = 5 * 60_000;
    private static final long LONGEST_S = 900;

    private Map<String, ?> options = Map.of();

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        options = entries.get(0).getOptions();
    }

    @Override
    public void close() {}

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof OAuthBearerValidatorCallback validation) validate(validation);
            else if (callback instanceof SaslExtensionsCallback own) own.extensions(SaslExtensions.empty());
            else if (!(callback instanceof OAuthBearerTokenCallback)) throw new UnsupportedCallbackException(callback);
        }
    }

    private void validate(OAuthBearerValidatorCallback callback) throws IOException {
        try {
            Token token = check(callback.tokenValue(), System.currentTimeMillis());
            record("accepted " + token.principalName());
            callback.token(token);
        } catch (RefusedException refused) {
            record("refused " + refused.getMessage());
            if ("error".equals(options.get("refusal"))) throw new SaslAuthenticationException("[bed]: Access denied");
            callback.error("invalid_token", null, null);
        }
    }

    private Token check(String value, long now) throws RefusedException {
        URI url = url(value);
        SortedMap<String, String> query = parameters(url.getRawQuery());
        String region = option("region");
        String host = "kafka." + region + ".amazonaws.com";
        expect("scheme", "https", url.getScheme());
        expect("Action", "kafka-cluster:Connect", query.get("Action"));
        expect("algorithm", "AWS4-HMAC-SHA256", query.get("X-Amz-Algorithm"));
        expect("signed headers", "host", query.get("X-Amz-SignedHeaders"));
        String[] scope = query.getOrDefault("X-Amz-Credential", "").split("/");
        if (scope.length != 5) throw new RefusedException("credential scope");
        String date = query.getOrDefault("X-Amz-Date", "");
        expect("date of the scope", date.split("T")[0], scope[1]);
        expect("region", region, scope[2]);
        expect("host", host, url.getHost());
        expect("service", "kafka-cluster", scope[3]);
        expect("end of the scope", "aws4_request", scope[4]);
        long signedAt = LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC).toEpochMilli();
        long seconds = Long.parseLong(query.getOrDefault("X-Amz-Expires", "0"));
        if (seconds < 1 || seconds > LONGEST_S) throw new RefusedException("lifetime " + seconds);
        long expiresAt = signedAt + seconds * 1000;
        if (signedAt > now + CLOCK_SKEW_MS) throw new RefusedException("signed in the future");
        if (expiresAt <= now) throw new RefusedException("expired");
        String id = scope[0];
        if (options.get("secret." + id) == null) throw new RefusedException("access key unknown");
        expect("session token", (String) options.get("session." + id), query.get("X-Amz-Security-Token"));
        expect("signature", signature(query, host, scope, date), query.get("X-Amz-Signature"));
        long sessionEnd = Math.min(expiresAt, now + Long.parseLong(option("sessionMs")));
        return new Token(value, option("principal." + id), sessionEnd, signedAt);
    }

    private String signature(SortedMap<String, String> query, String host, String[] scope, String date) {
        String canonicalQuery = query.entrySet().stream()
                .filter(entry -> !UNSIGNED.contains(entry.getKey()))
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        String request = String.join("\n", "GET", "/", canonicalQuery, "host:" + host, "", "host", sha256(""));
        String scopeText = String.join("/", List.of(scope).subList(1, 5));
        String toSign = String.join("\n", "AWS4-HMAC-SHA256", date, scopeText, sha256(request));
        byte[] key = ("AWS4" + option("secret." + scope[0])).getBytes(StandardCharsets.UTF_8);
        for (int part = 1; part < 5; part += 1) key = hmac(key, scope[part]);
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private static URI url(String token) throws RefusedException {
        try {
            return URI.create(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException error) {
            throw new RefusedException("no URL in base64url");
        }
    }

    private static SortedMap<String, String> parameters(String query) throws RefusedException {
        if (query == null) throw new RefusedException("no query");
        SortedMap<String, String> all = new TreeMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            all.put(decoded(parts[0]), decoded(parts.length == 1 ? "" : parts[1]));
        }
        return all;
    }

    private static void expect(String what, String wanted, String seen) throws RefusedException {
        if (wanted == null ? seen != null : !wanted.equals(seen)) throw new RefusedException("wrong " + what);
    }

    // In a URL of a signature, unlike in a form, a plus is a plus.
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (java.security.GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }

    private String option(String name) {
        return (String) options.get(name);
    }

    private void record(String line) throws IOException {
        Files.writeString(Path.of(option("journal")), System.currentTimeMillis() + " " + line + "\n",
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static final class RefusedException extends Exception {
        RefusedException(String message) {
            super(message);
        }
    }

    private record Token(String value, String principalName, long lifetimeMs, Long startTimeMs)
            implements OAuthBearerToken {
        @Override
        public Set<String> scope() {
            return Set.of();
        }
    }
}
