package io.quarkiverse.hume.emulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.hume.emulator.platform.Answer;
import io.quarkiverse.hume.emulator.platform.ReceivedRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * Rejects requests of web pages. A browser on this machine sends requests to the emulator for every page that it shows, so the
 * address of the loopback interface is no protection. But a page can change neither {@code Host}, {@code Origin} nor
 * {@code Sec-Fetch-*}, and it can send JSON to another origin only after a preflight request, which is rejected here.
 */
final class LocalAccess {

    /** Headers of the control API, which keep its answers from frames, scripts and caches of other origins. */
    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store", "Cross-Origin-Resource-Policy",
            "same-origin", "X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY");

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern LOOPBACK = Pattern.compile(
            "(?i)(localhost|\\[::1]|127(\\.(\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])){3})(:\\d{0,5})?");
    private static final Pattern ABSOLUTE = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*).*");
    /** The sound of a chat. The platform's API returns this address, and audio players of other pages load it. */
    private static final Pattern SOUND = Pattern.compile(ControlPlane.PREFIX + "/chats/[^/]+/audio");

    private LocalAccess() {
    }

    /**
     * Why a request is rejected before its body is read. One reason applies to every path: the client intends to call another
     * machine, so the name of that machine has been resolved to the loopback interface (DNS rebinding).
     */
    static Optional<Answer> rejection(HttpServerRequest request, boolean control) {
        List<String> hosts = request.headers().getAll("Host");
        if (hosts.size() == 1 && isLoopback(hosts.get(0)) && isLoopbackTarget(request.uri())) {
            return control ? rejectionOfPage(request) : Optional.empty();
        }
        return rejection(421, "Host: must be localhost, 127.x.x.x or [::1], with or without a port. The emulator"
                + " answers requests that are addressed to this machine only");
    }

    /** Why a control call is rejected before its body is read: a web page of another origin makes it. */
    private static Optional<Answer> rejectionOfPage(HttpServerRequest request) {
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
        // A link of the Dev UI, which has another origin. The browser shows the answer, but the page cannot read it.
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
        // REST Assured declares a form if there is no body. A browser adds Origin to such a request, which is then rejected.
        boolean nothing = request.body().length() == 0
                && (types.isEmpty() || types.size() == 1 && request.mediaType().equals(FORM));
        return json || nothing ? Optional.empty()
                : rejection(415, "Content-Type: must be " + JSON + (types.isEmpty() ? ", and there is none"
                        : ". With curl, add -H 'Content-Type: " + JSON + "'; a call without a body needs no such header"));
    }

    /** Adds headers that keep the answer from pages of other origins, unless the answer has these headers. */
    static Answer protect(Answer answer) {
        Map<String, String> headers = new HashMap<>(HEADERS);
        headers.putAll(answer.headers());
        return new Answer(answer.status(), headers, answer.body());
    }

    /** A target in absolute form contains the host, which replaces that of the header (RFC 9112 section 3.2.2). */
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
