package io.quarkiverse.hume.runtime.name;

import java.net.URI;
import java.util.Locale;

/** Knows which hosts belong to Hume. */
public final class HumeHost {

    private static final String DOMAIN = "hume.ai";
    private static final String CLOUD = "api.cloud.hume.ai";

    private HumeHost() {
    }

    /** @param host the host in lower case; may be {@code null} */
    public static boolean isHume(String host) {
        return host != null && (host.equals(DOMAIN) || isPlatform(host));
    }

    /**
     * Whether a base URL names a host that does not belong to Hume, such as a mock server of the application.
     *
     * @param baseUrl the base URL as it is configured; may be {@code null}. The result is {@code true} for an invalid address,
     *        which the validation reports, and {@code false} for an expression without a value
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

    /** Whether it is the platform for which Hume documents no way to obtain an access token. */
    public static boolean isCloud(URI baseUrl) {
        return CLOUD.equalsIgnoreCase(baseUrl.getHost());
    }

    private static boolean isPlatform(String host) {
        return host.endsWith("." + DOMAIN);
    }
}
