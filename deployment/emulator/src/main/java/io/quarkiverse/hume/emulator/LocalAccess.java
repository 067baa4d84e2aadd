package io.quarkiverse.hume.emulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * Keeps web pages out. A browser on this machine sends requests here for any page that is open in it, so an address of the
 * loopback interface alone protects nothing. What a page cannot change are {@code Host}, {@code Origin} and
 * {@code Sec-Fetch-*}, and it cannot send JSON to another origin without a preflight request, which is rejected here.
 */
final class LocalAccess {

    /** For answers of the control API: not for frames, scripts and caches of other origins. */
    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store", "Cross-Origin-Resource-Policy",
            "same-origin", "X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY");

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern LOOPBACK = Pattern.compile(
            "(?i)(localhost|\\[::1]|127(\\.(\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])){3})(:\\d{0,5})?");
    private static final Pattern ABSOLUTE = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*).*");
    /** The sound of a chat, for which the platform's API answers an address that players of other pages load. */
    private static final Pattern SOUND = Pattern.compile(ControlPlane.PREFIX + "/chats/[^/]+/audio");

    private LocalAccess() {
    }

    /**
     * Why a request is rejected whatever its path: the address that its client intends to call is not on this machine, so a
     * name was made to resolve to the loopback interface (DNS rebinding).
     */
    static Optional<Answer> rejectionOfHost(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll("Host");
        if (hosts.size() == 1 && isLoopback(hosts.get(0)) && isLoopbackTarget(request.uri())) {
            return Optional.empty();
        }
        return rejection(421, "Host: must be localhost, 127.x.x.x or [::1], with or without a port. The emulator"
                + " answers requests that are addressed to this machine only");
    }

    /** Why a control call is rejected before its body is read: a web page of another origin makes it. */
    static Optional<Answer> rejectionOfPage(HttpServerRequest request) {
        boolean get = request.method().equals(HttpMethod.GET);
        if (get && SOUND.matcher(request.path()).matches()) {
            return Optional.empty();
        }
        List<String> origins = request.headers().getAll("Origin");
        String own = "http://" + request.getHeader("Host");
        if (!origins.isEmpty() && !(origins.size() == 1 && origins.get(0).equalsIgnoreCase(own))) {
            return rejection(403, "Origin: web pages may not call " + ControlPlane.PREFIX
                    + ". Call it from a test or a shell, without this header");
        }
        // A link of the Dev UI, which has another origin: the answer is shown, and the page does not get it.
        boolean visit = get && request.headers().getAll("Sec-Fetch-Mode").equals(List.of("navigate"))
                && request.headers().getAll("Sec-Fetch-Dest").equals(List.of("document"));
        List<String> sites = request.headers().getAll("Sec-Fetch-Site");
        return visit || sites.stream().allMatch(site -> site.equals("same-origin") || site.equals("none")) ? Optional.empty()
                : rejection(403, "Sec-Fetch-Site: web pages of other origins may not call " + ControlPlane.PREFIX
                        + ". Call it from a test or a shell, without this header");
    }

    /** Why a control call is rejected because of its body. */
    static Optional<Answer> rejectionOfBody(ReceivedRequest request) {
        List<String> types = request.headers().getAll("Content-Type");
        boolean json = types.size() == 1 && request.mediaType().equals(JSON);
        // REST Assured declares a form where there is no body. A browser adds Origin to such a request, and is rejected for that.
        boolean nothing = request.body().length() == 0
                && (types.isEmpty() || types.size() == 1 && request.mediaType().equals(FORM));
        return json || nothing ? Optional.empty()
                : rejection(415, "Content-Type: must be " + JSON + (types.isEmpty() ? ", and there is none"
                        : ". With curl, add -H 'Content-Type: " + JSON + "'; a call without a body needs no such header"));
    }

    /** Adds what keeps the answer from pages of other origins, unless the answer says otherwise itself. */
    static Answer protect(Answer answer) {
        Map<String, String> headers = new HashMap<>(HEADERS);
        headers.putAll(answer.headers());
        return new Answer(answer.status(), headers, answer.body());
    }

    /** A target in absolute form names a host of its own, which counts in place of the header (RFC 9112 section 3.2.2). */
    private static boolean isLoopbackTarget(String target) {
        Matcher absolute = ABSOLUTE.matcher(target);
        return absolute.matches() ? isLoopback(absolute.group(1)) : target.startsWith("/") || target.equals("*");
    }

    /** @param authority a host with or without a port, as it was sent; a name is not resolved */
    static boolean isLoopback(String authority) {
        return LOOPBACK.matcher(authority).matches();
    }

    private static Optional<Answer> rejection(int status, String message) {
        return Optional.of(protect(Answer.json(status, JsonObject.of("error", message))));
    }
}
