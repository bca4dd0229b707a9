import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What Java matches: for each line of stdin, a JSON string with a pattern, one line with 1 or 0 for each name, or null
 * where Java refuses the pattern. Run in this folder: java JavaMatches.java < cases.jsonl > golden.jsonl
 */
public class JavaMatches {
    static final String[] NAMES = {
        "", "a", "b", "c", "ab", "aa", "ba", "bb", "abc", "aab", "aba", "abab", "aaa", "abcabc", "a.b", "axb", "a-b",
        "a_b", "-", "_", "1", "11", "a1", "1a", "12", "a ", " a", " ", "é", "aéa", "\uD83D\uDE00", "a\uD83D\uDE00",
        "\uD83D\uDE00\uD83D\uDE00", "a\n", "\n", "a\r\n", "\r\n", "a\u2028", "\u0085", "b\nb", "]", "}", "a]", ":", "/",
        "a\\", "&", "a&b", "$", ".", "A", "AB", "orders", "orders.v1", "\u00A0", "\u000B", "ſ", "K", "cab", "bca", "ccc"};

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) out.println(answer(decode(line)));
        out.flush();
    }

    private static String answer(String text) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(text);
        } catch (RuntimeException refused) {
            return "null";
        }
        StringBuilder bits = new StringBuilder("\"");
        for (String name : NAMES) bits.append(pattern.matcher(name).matches() ? '1' : '0');
        return bits.append('"').toString();
    }

    private static String decode(String json) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < json.length() - 1; i++) {
            char c = json.charAt(i);
            if (c != '\\') text.append(c);
            else if (json.charAt(++i) == 'u') {
                text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                i += 4;
            } else text.append("\"\\/\b\f\n\r\t".charAt("\"\\/bfnrt".indexOf(json.charAt(i))));
        }
        return text.toString();
    }
}
