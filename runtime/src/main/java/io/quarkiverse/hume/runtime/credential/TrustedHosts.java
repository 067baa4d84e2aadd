package io.quarkiverse.hume.runtime.credential;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.token.AccountName;

/**
 * Decides which destinations may see an account's credential: the host of its base URL and those that match
 * {@code trusted-hosts}, over TLS only. Loopback is exempt from TLS, since such traffic does not leave the machine; outside
 * of dev and test mode it still has to be named. Everything else would hand the key to a stranger.
 */
public final class TrustedHosts {

    private final String account;
    private final String baseHost;
    private final List<String> patterns;
    private final boolean loopbackTrusted;

    // Clients mostly call one host: the last answer saves the work, and an identical string costs one comparison. Only
    // accepted destinations are remembered, so a race between two hosts costs time and never trust.
    private volatile Accepted last = new Accepted(null, null);

    private record Accepted(String scheme, String host) {
    }

    /**
     * @param patterns host names, or {@code *.} and a domain for all hosts below it
     * @param loopbackTrusted whether loopback addresses need not be named: dev and test mode
     */
    public TrustedHosts(String account, URI baseUrl, List<String> patterns, boolean loopbackTrusted) {
        this.account = account;
        this.baseHost = lowerCase(baseUrl.getHost());
        this.patterns = new ArrayList<>();
        for (String pattern : patterns) {
            this.patterns.add(lowerCase(pattern));
        }
        this.loopbackTrusted = loopbackTrusted;
    }

    /**
     * @return {@code null} if the destination may see the credential, otherwise what the caller gets instead of an answer
     */
    public HumeAuthenticationException objection(URI destination) {
        String scheme = destination.getScheme();
        String host = destination.getHost();
        Accepted known = last;
        if (host != null && host.equals(known.host) && known.scheme.equals(scheme)) {
            return null;
        }
        HumeAuthenticationException objection = examine(destination, lowerCase(scheme), lowerCase(host));
        if (objection == null) {
            last = new Accepted(scheme, host);
        }
        return objection;
    }

    private HumeAuthenticationException examine(URI destination, String scheme, String host) {
        if (host == null || scheme == null) {
            return refuse("has no host that could be checked: " + withoutSecrets(destination));
        }
        boolean loopback = isLoopback(host);
        if (!host.equals(baseHost) && !matches(host) && !(loopback && loopbackTrusted)) {
            return refuse("the host " + host + " is not trusted with it. If it belongs to Hume or to you, add it to "
                    + AccountName.property(account, "trusted-hosts"));
        }
        boolean encrypted = scheme.equals("https") || scheme.equals("wss");
        if (!encrypted && !loopback) {
            return refuse("it would travel unencrypted to " + host + ". Use https in "
                    + AccountName.property(account, "base-url") + " and in the client's URL");
        }
        return null;
    }

    private boolean matches(String host) {
        for (String pattern : patterns) {
            if (pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) && host.length() > pattern.length() - 1
                    : host.equals(pattern)) {
                return true;
            }
        }
        return false;
    }

    private HumeAuthenticationException refuse(String why) {
        return new HumeAuthenticationException(Reason.UNTRUSTED_DESTINATION, account, "The request was not sent, because it"
                + " carries the credential of " + AccountName.describe(account) + " and " + why);
    }

    /** Names are not looked up: what DNS says now may not be what it says when the connection is made. */
    public static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.equals("::1")
                || host.matches("127(\\.\\d{1,3}){3}");
    }

    /** Whether two addresses have the same scheme, host and port: RFC 6454 section 4. */
    public static boolean sameOrigin(URI one, URI other) {
        return Objects.equals(lowerCase(one.getScheme()), lowerCase(other.getScheme()))
                && Objects.equals(lowerCase(one.getHost()), lowerCase(other.getHost())) && port(one) == port(other);
    }

    private static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static String withoutSecrets(URI uri) {
        return uri.toString().replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
    }

    private static String lowerCase(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
