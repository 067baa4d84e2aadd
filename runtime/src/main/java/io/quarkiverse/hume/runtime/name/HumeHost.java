package io.quarkiverse.hume.runtime.name;

import java.net.URI;
import java.util.Locale;

/** Which hosts belong to Hume. */
public final class HumeHost {

    private static final String DOMAIN = "hume.ai";
    private static final String CLOUD = "api.cloud.hume.ai";

    private HumeHost() {
    }

    /** @param host in lower case; may be {@code null} */
    public static boolean isHume(String host) {
        return host != null && (host.equals(DOMAIN) || isPlatform(host));
    }

    /**
     * Whether a base URL names a host of the application's own, such as a mock server that it runs itself.
     *
     * @param baseUrl as it is configured; may be {@code null}. What is not an address at all counts as one, and is left to the
     *        validation, which says what is wrong with it; an expression without a value does not
     */
    public static boolean isElsewhere(String baseUrl) {
        if (baseUrl == null || baseUrl.contains("${")) {
            return false;
        }
        try {
            String host = URI.create(baseUrl.trim()).getHost();
            return host != null && !isPlatform(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** Whether it is the platform whose APIs accept API keys only. */
    public static boolean isCloud(URI baseUrl) {
        return CLOUD.equalsIgnoreCase(baseUrl.getHost());
    }

    private static boolean isPlatform(String host) {
        return host.endsWith("." + DOMAIN);
    }
}
