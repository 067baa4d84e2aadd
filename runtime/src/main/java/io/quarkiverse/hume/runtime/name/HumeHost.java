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
        return host != null && (host.equals(DOMAIN) || host.endsWith("." + DOMAIN));
    }

    /**
     * Whether a base URL is not one of Hume's, but for instance that of a mock server of the application.
     *
     * @param baseUrl the base URL as it is configured; may be {@code null}. The result is {@code true} for an invalid address
     *        and for one of Hume without https, which the validation reports, and {@code false} for an expression without a
     *        value
     */
    public static boolean isElsewhere(String baseUrl) {
        if (baseUrl == null || baseUrl.contains("${")) {
            return false;
        }
        try {
            URI address = URI.create(baseUrl.trim());
            return address.getHost() == null || !isHume(address.getHost().toLowerCase(Locale.ROOT))
                    || !"https".equalsIgnoreCase(address.getScheme()) || address.getRawUserInfo() != null
                    || address.getRawQuery() != null || address.getRawFragment() != null;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** Whether it is the platform for which Hume documents no way to obtain an access token. */
    public static boolean isCloud(URI baseUrl) {
        return CLOUD.equalsIgnoreCase(baseUrl.getHost());
    }
}
