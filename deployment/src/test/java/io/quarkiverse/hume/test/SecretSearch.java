package io.quarkiverse.hume.test;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Searches a text for secrets in every form in which software writes them: unchanged, percent-encoded or with Unicode escapes,
 * in base64 at any offset, in hexadecimal, as a list of bytes, and in the dumps of Netty and of {@code xxd}, which spread a
 * secret over several lines.
 */
public final class SecretSearch {

    private static final Pattern DUMP_LINE = Pattern.compile("\\|\\p{XDigit}{8}\\|((?: \\p{XDigit}{2})+)");
    private static final Pattern XXD_LINE = Pattern.compile("(?m)^\\p{XDigit}{8}: ((?:\\p{XDigit}{4} ?)+)");
    private static final Pattern PERCENT = Pattern.compile("(?:%\\p{XDigit}{2})+");
    private static final Pattern UNICODE = Pattern.compile("\\\\u(\\p{XDigit}{4})");

    /** A form of a secret, and the name of the form. */
    private record Form(String name, String text) {
    }

    private final List<String> secrets;

    private SecretSearch(List<String> secrets) {
        this.secrets = secrets;
    }

    /** @param secrets of eight characters or more, so that nothing is found by chance */
    public static SecretSearch of(String... secrets) {
        for (String secret : secrets) {
            if (secret.length() < 8) {
                throw new IllegalArgumentException("too short to search for: " + secret);
            }
        }
        return new SecretSearch(List.of(secrets));
    }

    /** @return for each secret that is there, its form and its surroundings; none if there is none */
    public List<String> findings(String text) {
        List<String> findings = new ArrayList<>();
        Set<String> views = views(text);
        for (String secret : secrets) {
            for (Form form : forms(secret)) {
                views.stream().filter(view -> view.contains(form.text)).findFirst()
                        .ifPresent(view -> findings.add(secret + " " + form.name + ": " + surroundings(view, form.text)));
            }
        }
        return findings;
    }

    /** As {@link #findings(String)}, in the messages and stack traces of log records. */
    public List<String> findingsInLog(List<LogRecord> records) {
        return findings(text(records));
    }

    /** All that a log handler could write of the records. */
    public static String text(List<LogRecord> records) {
        PatternFormatter formatter = new PatternFormatter("%c %m%e%n");
        StringBuilder text = new StringBuilder();
        records.forEach(record -> text.append(formatter.format(ExtLogRecord.wrap(record))));
        return text.toString();
    }

    /** A failure with its causes and what they suppress, as a log shows it. */
    public static String text(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Set<String> views(String text) {
        Set<String> views = new LinkedHashSet<>();
        views.add(text);
        views.add(dumped(DUMP_LINE, text));
        views.add(dumped(XXD_LINE, text));
        String unescaped = UNICODE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement("" + (char) Integer.parseInt(match.group(1), 16)));
        views.add(unescaped);
        for (String view : List.copyOf(views)) {
            String once = percentDecoded(view);
            views.add(once);
            views.add(percentDecoded(once));
        }
        for (String view : List.copyOf(views)) {
            // Lines of base64, and blanks or colons between bytes.
            views.add(view.replaceAll("\\s", ""));
            views.add(view.replaceAll("[\\s:]", ""));
        }
        return views;
    }

    private static String dumped(Pattern line, String text) {
        StringBuilder digits = new StringBuilder();
        line.matcher(text).results().forEach(match -> digits.append(match.group(1).replace(" ", "")));
        return new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1);
    }

    private static String percentDecoded(String text) {
        return PERCENT.matcher(text).replaceAll(match -> Matcher.quoteReplacement(new String(
                HexFormat.of().parseHex(match.group().replace("%", "")), StandardCharsets.UTF_8)));
    }

    private static List<Form> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        List<Form> forms = new ArrayList<>();
        forms.add(new Form("as it is", secret));
        for (int offset = 0; offset < 3; offset++) {
            forms.add(new Form("in base64 at " + offset, base64(Base64.getEncoder(), bytes, offset)));
            forms.add(new Form("in base64 for URLs at " + offset, base64(Base64.getUrlEncoder(), bytes, offset)));
        }
        forms.add(new Form("in hexadecimal", HexFormat.of().formatHex(bytes)));
        forms.add(new Form("in upper-case hexadecimal", HexFormat.of().withUpperCase().formatHex(bytes)));
        StringJoiner list = new StringJoiner(", ");
        for (byte value : bytes) {
            list.add(String.valueOf(value));
        }
        forms.add(new Form("as a list of bytes", list.toString()));
        return forms;
    }

    /** Those characters that do not depend on what is encoded before and after the secret. */
    private static String base64(Base64.Encoder encoder, byte[] secret, int offset) {
        ByteArrayOutputStream shifted = new ByteArrayOutputStream();
        shifted.writeBytes(new byte[offset]);
        shifted.writeBytes(secret);
        String encoded = encoder.withoutPadding().encodeToString(shifted.toByteArray());
        int first = offset == 0 ? 0 : offset + 1;
        int last = encoded.length() - (shifted.size() % 3 == 0 ? 0 : 1);
        return encoded.substring(first, last);
    }

    private static String surroundings(String text, String form) {
        int start = text.indexOf(form);
        return text.substring(Math.max(0, start - 80), Math.min(text.length(), start + form.length() + 20));
    }
}
