package io.quarkiverse.hume.runtime.rest.call;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Addresses around the trusted ones: most differ only slightly from a trusted address, and a considerable part is trusted. */
final class GeneratedAddresses {

    static final List<String> BASES = List.of("https://api.hume.ai", "https://API.cloud.Hume.ai/prefix",
            "http://localhost:9000", "http://127.0.0.1:8080", "http://[::1]:8080", "https://[2001:db8::1]",
            "https://gateway.example.com:8443", "https://10.0.0.5", "https://api.hume.ai.");

    private static final List<String> ENTRIES = List.of("*.hume.ai", "*.Example.COM", "gateway.acme.org", "localhost",
            "127.0.0.1", "[::1]", "[2001:db8::1]", "10.0.0.5", "*.xn--bcher-kva.example", "HUME.ai", "*.a.b.hume.ai");

    private static final List<String> HOSTS = List.of("api.hume.ai", "api.cloud.hume.ai", "hume.ai", "gateway.example.com",
            "gateway.acme.org", "a.b.c.hume.ai", "evil.com", "localhost", "127.0.0.1", "127.1.2.3", "127.255.255.254",
            "127.0.0.256", "127.1", "127.000.000.001", "0127.0.0.1", "127.0.0.0001", "2130706433", "0x7f000001", "0x7f.1",
            "017700000001", "0.0.0.0", "10.0.0.5", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
            "[::1%25lo]", "[::1%lo]", "[::]", "[2001:db8::1]", "[2001:DB8::1]", "[2001:db8:0::1]", "[v1.x]",
            "xn--bcher-kva.example", "a.xn--bcher-kva.example", "b\u00fccher.example", "a.b\u00fccher.example",
            "api.hum\u00e9.ai", "ap\u0456.hume.ai", "\uff41pi.hume.ai", "xn--hume-8na.ai", "");

    private static final List<String> SCHEMES = List.of("https", "https", "https", "https", "http", "http", "wss", "ws", "ftp",
            "httpsx", "http+unix", "stork", "storks", "file", "s");

    private static final List<String> USERS = List.of("", "", "", "", "", "user@", "user:password@", "api.hume.ai@",
            "api.hume.ai:443@", "a@b@", "%40@", "@", ":@", "api.hume.ai%2f@", "[::1]@");

    private static final List<String> PORTS = List.of("", "", "", "", ":", ":443", ":80", ":8443", ":65535", ":0", ":99999",
            ":x", ":-1", ":+443", ":443:80", ":0443");

    private static final List<String> RESTS = List.of("", "", "/", "/v0/evi?host=https://api.hume.ai", "/a%20b", "#@evil.com",
            "?@evil.com", "/..//evil.com/", "/@api.hume.ai", "\\evil.com", "/\\evil.com", "//evil.com", ";x", " ", "%00",
            "/\u00fc",
            "?\u00fc=%");

    private final Random random;

    GeneratedAddresses(Random random) {
        this.random = random;
    }

    /** @param trusted hosts of which many addresses have one */
    String address(List<String> trusted) {
        if (one(3)) {
            return someCase(pick(List.of("https", "https", "https", "http", "wss"))) + "://" + pick(USERS.subList(0, 9))
                    + someCase(one(2) ? pick(trusted) : pick(HOSTS)) + pick(PORTS.subList(0, 11)) + pick(RESTS);
        }
        String slashes = one(25) ? "" : one(25) ? "/" : one(40) ? "///" : one(40) ? "\\\\" : "//";
        String scheme = one(25) ? "" : someCase(pick(SCHEMES)) + (one(40) ? "" : ":");
        return scheme + slashes + pick(USERS) + host() + pick(PORTS) + pick(RESTS);
    }

    List<String> entries() {
        return ENTRIES.stream().filter(entry -> one(2)).toList();
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    boolean one(int of) {
        return random.nextInt(of) == 0;
    }

    private String host() {
        String host = pick(HOSTS);
        int changes = random.nextInt(3);
        for (int change = 0; change < changes; change++) {
            host = changed(host);
        }
        return host;
    }

    private String changed(String host) {
        int position = random.nextInt(host.length() + 1);
        String before = host.substring(0, position);
        String after = host.substring(position);
        return switch (random.nextInt(16)) {
            case 0 -> host + ".";
            case 1 -> "." + host;
            case 2 -> "evil" + host;
            case 3 -> host + ".evil.com";
            case 4 -> "a-b." + host;
            case 5 -> "a_b." + host;
            case 6 -> "-a." + host;
            case 7 -> "a-." + host;
            case 8 -> host.replace(".", "%2e");
            case 9 -> host.replace(".", "\u3002");
            case 10 -> before + pick(List.of("%61", "_", "..", "-", "\u200b", "\u0000", "\t", " ", "@", ":", "[", "]", "*",
                    "%", "\u00ad", "%00")) + after;
            case 11 -> "*." + host;
            case 12 -> host + "\u0000.evil.com";
            case 13 -> "1." + host;
            default -> someCase(host);
        };
    }

    private String someCase(String text) {
        StringBuilder result = new StringBuilder();
        for (char character : text.toCharArray()) {
            result.append(one(3) ? String.valueOf(character).toUpperCase(Locale.ROOT) : String.valueOf(character));
        }
        return one(2) ? text : result.toString();
    }
}
