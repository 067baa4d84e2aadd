package io.quarkiverse.hume.runtime.rest.call;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An independent implementation of the rule in {@code security.adoc} about trusted destinations, based on the grammar of RFC
 * 3986, without classes of the extension or {@link java.net.URI}. The result of {@code TrustedHosts} is compared with it.
 */
record DocumentedRule(String baseHost, List<String> entries, boolean loopbackTrusted) {

    /** RFC 3986, appendix B. */
    private static final Pattern ADDRESS = Pattern.compile("^(?:([^:/?#]+):)?(?://([^/?#]*))?[^?#]*(?:\\?[^#]*)?(?:#.*)?$");
    private static final Pattern AUTHORITY = Pattern.compile("(?:[^@\\[\\]]*@)?(\\[[^\\]@]*]|[^:@\\[\\]]*)(?::(\\d*))?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    /** The destination of a connection. */
    record Target(boolean encrypted, String host, int port) {
    }

    /** @return where a connection to the address may go with the credential; {@code null} if it may not be made */
    Target allowed(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches() || parts.group(1) == null || parts.group(2) == null) {
            return null;
        }
        Matcher authority = AUTHORITY.matcher(parts.group(2));
        if (!authority.matches()) {
            return null;
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String host = authority.group(1).toLowerCase(Locale.ROOT);
        boolean encrypted = List.of("https", "wss").contains(scheme);
        boolean plain = List.of("http", "ws").contains(scheme);
        if (!trusts(host) || !encrypted && !(plain && isLoopback(host))) {
            return null;
        }
        String port = authority.group(2);
        return new Target(encrypted, host,
                port == null || port.isEmpty() ? encrypted ? 443 : 80 : Integer.parseInt(port));
    }

    private boolean trusts(String host) {
        return host.equals(baseHost.toLowerCase(Locale.ROOT)) || loopbackTrusted && isLoopback(host)
                || entries.stream().map(entry -> entry.toLowerCase(Locale.ROOT)).anyMatch(entry -> matches(entry, host));
    }

    private static boolean matches(String entry, String host) {
        if (!entry.startsWith("*.")) {
            return host.equals(entry);
        }
        String domain = entry.substring(1);
        if (!host.endsWith(domain)) {
            return false;
        }
        String below = host.substring(0, host.length() - domain.length());
        return !below.isEmpty() && !below.endsWith(".")
                && List.of(below.split("\\.", -1)).stream().allMatch(label -> LABEL.matcher(label).matches());
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost") || host.equals("[::1]")) {
            return true;
        }
        String[] numbers = host.split("\\.", -1);
        if (numbers.length != 4 || !numbers[0].equals("127")) {
            return false;
        }
        for (String number : numbers) {
            if (!number.matches("\\d{1,3}") || Integer.parseInt(number) > 255) {
                return false;
            }
        }
        return true;
    }
}
