package io.quarkiverse.hume.emulator.control;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.credential.EmulatorKeys;
import io.quarkiverse.hume.emulator.credential.KeyRing;
import io.quarkiverse.hume.emulator.credential.TokenSettings;
import io.quarkiverse.hume.emulator.fault.Fault;
import io.quarkiverse.hume.emulator.fault.FaultSwitch;
import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.PathPattern;
import io.quarkiverse.hume.emulator.http.Platform;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.quarkiverse.hume.emulator.http.RouteTable;
import io.quarkiverse.hume.emulator.webhook.Webhook;
import io.quarkiverse.hume.emulator.webhook.WebhookSender;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The calls below {@code /emulator}: what a test or a developer does to the emulator. They need no credential, but
 * are refused to web pages: see {@link LocalAccess}.
 */
public final class ControlPlane {

    static final String PREFIX = "/emulator";

    private static final long LONGEST_OVERLAP_SECONDS = 365L * 24 * 3600;
    private static final long HIGHEST_LIMIT = 1_000_000;

    private final EmulatorState state;
    private final WebhookSender webhooks;
    private final RouteTable<Function<ReceivedRequest, Future<Answer>>> calls = new RouteTable<>();

    public ControlPlane(Vertx vertx, EmulatorState state) {
        this.state = state;
        this.webhooks = new WebhookSender(vertx);
        add("GET", "", request -> ok(overview()));
        add("POST", "/reset", this::reset);
        add("GET", "/requests", this::requests);
        add("DELETE", "/requests", request -> ok("removed", state.requests.clear()));
        add("PUT", "/token", this::changeToken);
        add("PUT", "/token/fault", request -> fault(state.tokenFault, Fault.ofTokenEndpoint(request.body())));
        add("DELETE", "/token/fault", request -> ok("removed", state.tokenFault.clear()));
        add("PUT", "/api/fault", request -> fault(state.apiFault, Fault.ofApi(request.body())));
        add("DELETE", "/api/fault", request -> ok("removed", state.apiFault.clear()));
        add("PUT", "/api/limit", this::limitRequests);
        add("DELETE", "/api/limit", request -> ok("removed", state.requestLimit.clear()));
        add("POST", "/tokens/revoke", this::revoke);
        add("POST", "/keys/regenerate", this::regenerate);
        add("PUT", "/keys", this::replaceKeys);
        add("GET", "/sockets", request -> ok("sockets", state.sockets.toJson()));
        add("DELETE", "/sockets", request -> ok("closed", state.sockets.closeAll()));
        add("GET", "/chats/{id}/audio", request -> state.voice.sound(request.variables().get("id"))
                .map(sound -> Answer.of(200, "audio/wav", sound.encode()))
                .orElseThrow(() -> RefusedRequest.voice(404, "not_found", "There is no such chat, or it is not over")));
        // The only call that has to wait.
        calls.add("POST", PREFIX + "/webhooks", "", request -> webhooks.send(
                Webhook.read(request, state.accounts, state.clock.instant())));
    }

    private void add(String method, String path, Function<ReceivedRequest, Answer> call) {
        calls.add(method, PREFIX + path, "", request -> Future.succeededFuture(call.apply(request)));
    }

    public static boolean owns(String path) {
        return Platform.below(path, PREFIX);
    }

    public Future<Answer> answer(ReceivedRequest request) {
        Optional<Answer> refusal = LocalAccess.refusalOfBody(request);
        if (refusal.isPresent()) {
            return Future.succeededFuture(refusal.get());
        }
        try {
            return calls.find(request).map(found -> found.endpoint().apply(found.request()))
                    .orElseGet(() -> Future.succeededFuture(calls.refusal(request)));
        } catch (RefusedRequest refused) {
            return Future.succeededFuture(refused.answer());
        }
    }

    public JsonObject overview() {
        JsonArray accounts = new JsonArray();
        state.accounts.all().forEach(ring -> accounts.add(keysJson(ring.account(), ring.current())));
        JsonObject counts = new JsonObject().put("requests", state.requests.size())
                .put("tokens_issued", state.tokens.issuedCount()).put("tokens_live", state.tokens.liveCount())
                .put("runs", state.cloud.runCount()).put("sockets", state.sockets.size());
        return new JsonObject().put("accounts", accounts).put("token", state.tokenSettings.get().toJson())
                .put("token_fault", state.tokenFault.toJson()).put("api_fault", state.apiFault.toJson())
                .put("api_limit", state.requestLimit.toJson())
                .put("counts", counts)
                .put("calls",
                        new JsonArray(calls.routes().stream().map(call -> call.method() + " " + call.template()).toList()))
                .put("endpoints", new JsonArray(state.served().stream().map(served -> String.join(" ", served.subList(0, 2)))
                        .toList()));
    }

    private Answer reset(ReceivedRequest request) {
        if (JsonInput.control(request.body(), "keep_tokens").flag("keep_tokens", false)) {
            state.resetKeepingTokens();
        } else {
            state.reset();
        }
        return ok(overview());
    }

    private Answer requests(ReceivedRequest request) {
        PathPattern path = PathPattern.of(request.parameter("path").orElse(""));
        List<RecordedRequest> matching = state.requests.all().stream().filter(entry -> path.matches(entry.path())).toList();
        int limit = request.parameter("limit").map(ControlPlane::limit).orElse(matching.size());
        JsonArray newestLast = new JsonArray();
        matching.stream().skip(Math.max(0, matching.size() - limit)).forEach(entry -> newestLast.add(entry.toJson()));
        return ok(new JsonObject().put("requests", newestLast));
    }

    private Answer changeToken(ReceivedRequest request) {
        JsonInput input = TokenSettings.read(request.body());
        return ok(state.tokenSettings.updateAndGet(settings -> settings.update(input)).toJson());
    }

    private Answer fault(FaultSwitch faults, Fault fault) {
        if (fault.scope().account() != null) {
            state.accounts.requireKnown(fault.scope().account());
        }
        faults.set(fault);
        return ok(fault.source());
    }

    private Answer limitRequests(ReceivedRequest request) {
        JsonInput input = JsonInput.control(request.body(), "requests_per_minute", "account");
        long limit = input.whole("requests_per_minute", 1, HIGHEST_LIMIT)
                .orElseThrow(() -> input.invalid("requests_per_minute", "is required"));
        input.text("account").ifPresent(state.accounts::requireKnown);
        state.requestLimit.set(limit, input.text("account").orElse(null));
        return ok(state.requestLimit.toJson());
    }

    private Answer revoke(ReceivedRequest request) {
        String account = JsonInput.control(request.body(), "account").text("account").orElse(null);
        if (account != null) {
            state.accounts.requireKnown(account);
        }
        return ok("revoked", state.tokens.revoke(account));
    }

    private Answer regenerate(ReceivedRequest request) {
        JsonInput input = JsonInput.control(request.body(), "account", "overlap_seconds", "keep_tokens");
        Duration overlap = Duration.ofSeconds(input.whole("overlap_seconds", 0, LONGEST_OVERLAP_SECONDS).orElse(0L));
        boolean keepTokens = input.flag("keep_tokens", false);
        Stream<String> accounts = input.text("account").map(Stream::of)
                .orElseGet(() -> state.accounts.all().stream().map(KeyRing::account));
        JsonArray regenerated = new JsonArray();
        accounts.forEach(account -> regenerated
                .add(keysJson(account, state.accounts.regenerate(account, overlap, keepTokens))));
        return ok(new JsonObject().put("accounts", regenerated));
    }

    private Answer replaceKeys(ReceivedRequest request) {
        JsonInput input = JsonInput.control(request.body(), "account", "api_key", "secret_key");
        String account = input.required("account");
        EmulatorKeys keys = new EmulatorKeys(input.headerValue("api_key"), input.headerValue("secret_key"));
        if (keys.apiKey().isBlank() || keys.apiKey().contains(":")) {
            throw input.invalid("api_key", "must not be blank nor contain a colon, which ends it in a Basic header");
        }
        if (!keys.apiKey().equals(keys.apiKey().strip())) {
            throw input.invalid("api_key", "must not begin or end with a space, which a header would lose");
        }
        if (keys.secretKey().isBlank()) {
            throw input.invalid("secret_key", "must not be blank");
        }
        state.accounts.replace(account, keys);
        return ok(keysJson(account, keys));
    }

    private static int limit(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw RefusedRequest.control("limit: must be a whole number of at most nine digits");
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
