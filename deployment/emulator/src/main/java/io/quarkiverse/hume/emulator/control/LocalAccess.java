package io.quarkiverse.hume.emulator.control;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * Keeps web pages out. A browser on this machine sends requests here for any page that is open in it, so an address of the
 * loopback interface alone protects nothing. What a page cannot change are {@code Host}, {@code Origin} and
 * {@code Sec-Fetch-*}, and it cannot send JSON to another origin without a preflight request, which is refused here.
 */
public final class LocalAccess {

    /** For answers of the control API: not for frames, scripts and caches of other origins. */
    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store", "Cross-Origin-Resource-Policy",
            "same-origin", "X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY");

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern AUTHORITY = Pattern.compile("(.*?)(:\\d{0,5})?", Pattern.DOTALL);
    private static final Pattern OCTET = Pattern.compile("\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5]");
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*).*", Pattern.DOTALL);

    private LocalAccess() {
    }

    /**
     * Why a request gets no answer, wherever it goes: the address that its client believes to talk to is not on this machine,
     * so a name was made to resolve to the loopback interface (DNS rebinding).
     */
    public static Optional<Answer> refusalOfHost(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll("Host");
        if (hosts.size() == 1 && isLoopback(hosts.get(0)) && isLoopbackTarget(request.uri())) {
            return Optional.empty();
        }
        return Optional.of(refusal(421, "Host: must be localhost, 127.x.x.x or [::1], with or without a port. The emulator"
                + " answers requests that are addressed to this machine only"));
    }

    /** Why a control call is refused before its body is read: a web page of another origin makes it. */
    public static Optional<Answer> refusalOfPage(HttpServerRequest request) {
        List<String> origins = request.headers().getAll("Origin");
        String own = "http://" + request.getHeader("Host");
        if (!origins.isEmpty() && !(origins.size() == 1 && origins.get(0).equalsIgnoreCase(own))) {
            return Optional.of(refusal(403, "Origin: web pages may not call " + ControlPlane.PREFIX
                    + ". Call it from a test or a shell, without this header"));
        }
        List<String> sites = request.headers().getAll("Sec-Fetch-Site");
        if (sites.stream().allMatch(site -> site.equals("same-origin") || site.equals("none")) || isVisit(request)) {
            return Optional.empty();
        }
        return Optional.of(refusal(403, "Sec-Fetch-Site: web pages of other origins may not call " + ControlPlane.PREFIX
                + ". Call it from a test or a shell, without this header"));
    }

    /** Why a control call is refused because of its body. */
    public static Optional<Answer> refusalOfBody(ReceivedRequest request) {
        List<String> types = request.headers().getAll("Content-Type");
        boolean json = types.size() == 1 && request.mediaType().equals(JSON);
        // REST Assured declares a form where there is no body. A browser adds Origin to such a request, and is refused for that.
        boolean nothing = request.body().length() == 0
                && (types.isEmpty() || types.size() == 1 && request.mediaType().equals(FORM));
        if (json || nothing) {
            return Optional.empty();
        }
        return Optional.of(refusal(415, "Content-Type: must be " + JSON + (types.isEmpty() ? ", and there is none"
                : ". With curl, add -H 'Content-Type: " + JSON + "'; a call without a body needs no such header")));
    }

    public static Answer protect(Answer answer) {
        Answer all = answer;
        for (Map.Entry<String, String> header : HEADERS.entrySet()) {
            all = all.with(header.getKey(), header.getValue());
        }
        return all;
    }

    /** Somebody follows a link of the Dev UI, which has another origin: the answer is shown and the page does not get it. */
    private static boolean isVisit(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) && request.headers().getAll("Sec-Fetch-Mode").equals(List.of("navigate"))
                && request.headers().getAll("Sec-Fetch-Dest").equals(List.of("document"));
    }

    /** A target in absolute form names a host of its own, which counts in place of the header (RFC 9112 section 3.2.2). */
    private static boolean isLoopbackTarget(String target) {
        var absolute = ABSOLUTE.matcher(target);
        return absolute.matches() ? isLoopback(absolute.group(1)) : target.startsWith("/") || target.equals("*");
    }

    /** @param authority a host with or without a port, as it was sent; a name is not resolved */
    public static boolean isLoopback(String authority) {
        var parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return false;
        }
        String host = parts.group(1).toLowerCase(Locale.ROOT);
        String[] octets = host.split("\\.", -1);
        return host.equals("localhost") || host.equals("[::1]") || octets.length == 4 && octets[0].equals("127")
                && List.of(octets).stream().allMatch(octet -> OCTET.matcher(octet).matches());
    }

    private static Answer refusal(int status, String message) {
        return protect(Answer.json(status, new JsonObject().put("error", message)));
    }
}
