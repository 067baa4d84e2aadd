package io.quarkiverse.hume.emulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The calls below {@code /emulator}: what a test or a developer does to the emulator. They need no credential, but
 * are refused to web pages: see {@link LocalAccess}.
 */
final class ControlPlane {

    static final String PREFIX = "/emulator";

    private static final String WEBHOOKS = PREFIX + "/webhooks";
    private static final long LONGEST_OVERLAP_SECONDS = 365L * 24 * 3600;
    private static final List<String> CALLS = List.of("GET /emulator", "POST /emulator/reset", "GET /emulator/requests",
            "DELETE /emulator/requests", "PUT /emulator/token", "PUT /emulator/token/fault", "DELETE /emulator/token/fault",
            "PUT /emulator/api/fault", "DELETE /emulator/api/fault", "POST /emulator/tokens/revoke",
            "POST /emulator/keys/regenerate", "PUT /emulator/keys", "GET /emulator/sockets", "DELETE /emulator/sockets",
            "POST /emulator/webhooks");

    private final EmulatorState state;
    private final RouteTable routes;
    private final WebhookSender webhooks;

    ControlPlane(Vertx vertx, EmulatorState state) {
        this.state = state;
        this.webhooks = new WebhookSender(vertx, state);
        this.routes = new RouteTable()
                .add("GET", PREFIX, request -> ok(overview()))
                .add("POST", PREFIX + "/reset", this::reset)
                .add("GET", PREFIX + "/requests", this::requests)
                .add("DELETE", PREFIX + "/requests", request -> ok("removed", state.requests.clear()))
                .add("PUT", PREFIX + "/token", this::changeToken)
                .add("PUT", PREFIX + "/token/fault", request -> fault(state.tokenFault, Fault.ofTokenEndpoint(request.body())))
                .add("DELETE", PREFIX + "/token/fault", request -> ok("removed", state.tokenFault.clear()))
                .add("PUT", PREFIX + "/api/fault", request -> fault(state.apiFault, Fault.ofApi(request.body())))
                .add("DELETE", PREFIX + "/api/fault", request -> ok("removed", state.apiFault.clear()))
                .add("POST", PREFIX + "/tokens/revoke", this::revoke)
                .add("POST", PREFIX + "/keys/regenerate", this::regenerate)
                .add("PUT", PREFIX + "/keys", this::replaceKeys)
                .add("GET", PREFIX + "/sockets", request -> ok("sockets", state.sockets.toJson()))
                .add("DELETE", PREFIX + "/sockets", request -> ok("closed", state.sockets.closeAll()));
    }

    static boolean owns(String path) {
        return path.equals(PREFIX) || path.startsWith(PREFIX + "/");
    }

    Future<Answer> answer(ReceivedRequest request) {
        Optional<Answer> refusal = LocalAccess.refusalOfBody(request);
        if (refusal.isPresent()) {
            return Future.succeededFuture(refusal.get());
        }
        try {
            return request.path().equals(WEBHOOKS) ? webhooks(request) : Future.succeededFuture(routes.answer(request));
        } catch (InvalidInputException invalid) {
            return Future.succeededFuture(Answer.json(400, new JsonObject().put("error", invalid.getMessage())));
        }
    }

    JsonObject overview() {
        JsonArray accounts = new JsonArray();
        state.accounts.all().forEach(ring -> accounts.add(keysJson(ring.account(), ring.current())));
        JsonObject counts = new JsonObject().put("requests", state.requests.size())
                .put("tokens_issued", state.tokens.issuedCount()).put("tokens_live", state.tokens.liveCount())
                .put("runs", state.runs.size()).put("sockets", state.sockets.size());
        return new JsonObject().put("accounts", accounts).put("token", state.tokenSettings.get().toJson())
                .put("token_fault", state.tokenFault.toJson()).put("api_fault", state.apiFault.toJson())
                .put("counts", counts).put("calls", new JsonArray(CALLS));
    }

    /** The only call that has to wait for somebody. */
    private Future<Answer> webhooks(ReceivedRequest request) {
        return request.method().equals("POST") ? webhooks.send(request)
                : Future.succeededFuture(RouteTable.methodNotAllowed(request, "POST"));
    }

    private Answer reset(ReceivedRequest request) {
        ControlInput.of(request.body());
        state.reset();
        return ok(overview());
    }

    private Answer requests(ReceivedRequest request) {
        String prefix = request.parameter("path").orElse("");
        List<RecordedRequest> matching = state.requests.all().stream().filter(entry -> entry.pathStartsWith(prefix)).toList();
        int limit = request.parameter("limit").map(ControlPlane::limit).orElse(matching.size());
        JsonArray newestLast = new JsonArray();
        matching.stream().skip(Math.max(0, matching.size() - limit)).forEach(entry -> newestLast.add(entry.toJson()));
        return ok(new JsonObject().put("requests", newestLast));
    }

    private Answer changeToken(ReceivedRequest request) {
        ControlInput input = TokenSettings.read(request.body());
        return ok(state.tokenSettings.updateAndGet(settings -> settings.update(input)).toJson());
    }

    private Answer fault(FaultSwitch faults, Fault fault) {
        if (fault.scope().account() != null) {
            state.accounts.requireKnown(fault.scope().account());
        }
        faults.set(fault);
        return ok(fault.source());
    }

    private Answer revoke(ReceivedRequest request) {
        String account = ControlInput.of(request.body(), "account").text("account").orElse(null);
        if (account != null) {
            state.accounts.requireKnown(account);
        }
        return ok("revoked", state.tokens.revoke(account));
    }

    private Answer regenerate(ReceivedRequest request) {
        ControlInput input = ControlInput.of(request.body(), "account", "overlap_seconds", "keep_tokens");
        Duration overlap = Duration.ofSeconds(input.whole("overlap_seconds", 0, LONGEST_OVERLAP_SECONDS).orElse(0L));
        boolean keepTokens = input.flag("keep_tokens").orElse(false);
        Stream<String> accounts = input.text("account").map(Stream::of)
                .orElseGet(() -> state.accounts.all().stream().map(KeyRing::account));
        JsonArray regenerated = new JsonArray();
        accounts.forEach(account -> regenerated
                .add(keysJson(account, state.accounts.regenerate(account, overlap, keepTokens))));
        return ok(new JsonObject().put("accounts", regenerated));
    }

    private Answer replaceKeys(ReceivedRequest request) {
        ControlInput input = ControlInput.of(request.body(), "account", "api_key", "secret_key");
        String account = input.required("account");
        EmulatorKeys keys = new EmulatorKeys(input.headerValue("api_key"), input.headerValue("secret_key"));
        if (keys.apiKey().isBlank() || keys.apiKey().contains(":")) {
            throw new InvalidInputException("api_key: must not be blank nor contain a colon, which ends it in a Basic header");
        }
        if (!keys.apiKey().equals(keys.apiKey().strip())) {
            throw new InvalidInputException("api_key: must not begin or end with a space, which a header would lose");
        }
        if (keys.secretKey().isBlank()) {
            throw new InvalidInputException("secret_key: must not be blank");
        }
        state.accounts.replace(account, keys);
        return ok(keysJson(account, keys));
    }

    private static int limit(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new InvalidInputException("limit: must be a whole number of at most nine digits");
        }
        return Integer.parseInt(text);
    }

    private static JsonObject keysJson(String account, EmulatorKeys keys) {
        return new JsonObject().put("account", account).put("api_key", keys.apiKey()).put("secret_key", keys.secretKey());
    }

    private static Answer ok(String field, Object value) {
        return ok(new JsonObject().put(field, value));
    }

    private static Answer ok(JsonObject body) {
        return Answer.json(200, body);
    }
}
