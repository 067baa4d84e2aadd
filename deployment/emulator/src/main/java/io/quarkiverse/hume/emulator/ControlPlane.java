package io.quarkiverse.hume.emulator;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.quarkiverse.hume.emulator.platform.Answer;
import io.quarkiverse.hume.emulator.platform.JsonInput;
import io.quarkiverse.hume.emulator.platform.ReceivedRequest;
import io.quarkiverse.hume.emulator.platform.RejectedRequest;
import io.quarkiverse.hume.emulator.platform.RouteTable;
import io.quarkiverse.hume.emulator.platform.RouteTable.Route;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The calls below {@code /emulator}, with which a test or a developer changes what the emulator does. They need no credential,
 * but web pages may not make them: see {@link LocalAccess}.
 */
final class ControlPlane {

    static final String PREFIX = "/emulator";

    private static final long LONGEST_OVERLAP_SECONDS = 365L * 24 * 3600;
    private static final int CONNECT_MILLIS = 5_000;

    private final RouteTable<Future<Answer>> calls = new RouteTable<>();
    private volatile EmulatorState state;

    ControlPlane(Vertx vertx, EmulatorState initial) {
        state = initial;
        add("GET", "", request -> overview());
        add("POST", "/reset", this::reset);
        add("GET", "/requests", this::requests);
        add("DELETE", "/requests", request -> JsonObject.of("removed", state.requests.clear()));
        add("PUT", "/token", request -> state.tokenEndpoint.updateAndGet(old -> old.update(request.body())).toJson());
        add("PUT", "/token/fault", request -> fault(state.tokenFault, Fault.ofTokenEndpoint(request.body())));
        add("DELETE", "/token/fault", request -> JsonObject.of("removed", state.tokenFault.set(null)));
        add("PUT", "/api/fault", request -> fault(state.apiFault, Fault.ofApi(request.body())));
        add("DELETE", "/api/fault", request -> JsonObject.of("removed", state.apiFault.set(null)));
        add("PUT", "/api/limit", this::limit);
        add("DELETE", "/api/limit", request -> JsonObject.of("removed", state.requestLimit.getAndSet(null) != null));
        add("POST", "/tokens/revoke", this::revoke);
        add("POST", "/keys/regenerate", this::regenerate);
        add("PUT", "/keys", this::replaceKeys);
        add("GET", "/sockets", request -> JsonObject.of("sockets", state.sockets.toJson()));
        add("DELETE", "/sockets", request -> JsonObject.of("closed", state.sockets.closeAll()));
        calls.add("GET", PREFIX + "/chats/{id}/audio", "", this::sound);
        // The only asynchronous call.
        HttpClientOptions options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAlive(false);
        HttpClient client = vertx.createHttpClient(options);
        calls.add("POST", PREFIX + "/webhooks", "", request -> Webhook.read(request, state).send(client));
    }

    private void add(String method, String path, Function<ReceivedRequest, JsonObject> call) {
        calls.add(method, PREFIX + path, "", request -> Future.succeededFuture(Answer.ok(call.apply(request))));
    }

    Future<Answer> answer(ReceivedRequest request) {
        try {
            return LocalAccess.rejectionOfBody(request).map(Future::succeededFuture)
                    .or(() -> calls.find(request.method(), request).map(Supplier::get))
                    .orElseGet(() -> Future.succeededFuture(calls.rejection(request)));
        } catch (RejectedRequest rejected) {
            return Future.succeededFuture(rejected.answer());
        }
    }

    EmulatorState state() {
        return state;
    }

    /** As after the start, with the accounts that were added since. For tokens, see {@link EmulatorAccounts#reset}. */
    synchronized void reset(boolean keepTokens) {
        EmulatorState former = state;
        state = new EmulatorState(former.clock, former.accounts);
        former.accounts.reset(keepTokens);
        former.close();
    }

    JsonObject overview() {
        JsonObject counts = JsonObject.of("requests", state.requests.size(), "tokens_issued", state.accounts.issuedTokens(),
                "tokens_live", state.accounts.acceptedTokens(), "runs",
                state.decisions.runs().size() + state.expression.runs().size(), "sockets", state.sockets.size());
        return JsonObject.of("accounts", keysJson(state.accounts.all()), "token", state.tokenEndpoint.get().toJson(),
                "token_fault", state.tokenFault.toJson(), "api_fault", state.apiFault.toJson(), "api_limit",
                Optional.ofNullable(state.requestLimit.get()).map(RequestLimit::toJson).orElse(null),
                "counts", counts, "calls", names(calls.routes()), "endpoints", names(state.served));
    }

    private static JsonArray names(List<? extends Route<?>> routes) {
        return new JsonArray(routes.stream().map(route -> route.method() + " " + route.template()).toList());
    }

    private JsonObject reset(ReceivedRequest request) {
        reset(JsonInput.control(request.body(), "keep_tokens").flag("keep_tokens", false));
        return overview();
    }

    private JsonObject requests(ReceivedRequest request) {
        JsonInput query = JsonInput.controlQuery(request);
        Predicate<String> path = Fault.paths(query.text("path").orElse(""));
        List<RecordedRequest> matching = state.requests.all().stream().filter(entry -> path.test(entry.path())).toList();
        long limit = query.whole("limit", 0, Integer.MAX_VALUE).orElse((long) matching.size());
        return JsonObject.of("requests", new JsonArray(matching.stream().skip(Math.max(0, matching.size() - limit))
                .map(RecordedRequest::toJson).toList()));
    }

    private Future<Answer> sound(ReceivedRequest request) {
        return Future.succeededFuture(state.voice.sound(request.id())
                .map(sound -> Answer.of(200, "audio/wav", sound.encode()).with("Access-Control-Allow-Origin", "*")
                        .with("Cross-Origin-Resource-Policy", "cross-origin"))
                .orElseThrow(() -> RejectedRequest.voice(404, "not_found", "There is no such chat, or it is not over")));
    }

    private JsonObject fault(Fault.Switch faults, Fault fault) {
        state.accounts.requireKnown(fault.account());
        faults.set(fault);
        return fault.source();
    }

    private JsonObject limit(ReceivedRequest request) {
        RequestLimit limit = RequestLimit.read(request.body());
        state.accounts.requireKnown(limit.account());
        state.requestLimit.set(limit);
        return limit.toJson();
    }

    private JsonObject revoke(ReceivedRequest request) {
        String account = JsonInput.control(request.body(), "account").text("account").orElse(null);
        return JsonObject.of("revoked", state.accounts.revokeTokens(account));
    }

    private JsonObject regenerate(ReceivedRequest request) {
        JsonInput input = JsonInput.control(request.body(), "account", "overlap_seconds", "keep_tokens");
        Duration overlap = Duration.ofSeconds(input.whole("overlap_seconds", 0, LONGEST_OVERLAP_SECONDS).orElse(0L));
        boolean keepTokens = input.flag("keep_tokens", false);
        Collection<String> accounts = input.text("account").<Collection<String>> map(List::of)
                .orElseGet(() -> state.accounts.all().keySet());
        accounts.forEach(account -> state.accounts.regenerate(account, overlap, keepTokens));
        Map<String, EmulatorKeys> keys = state.accounts.all();
        keys.keySet().retainAll(accounts);
        return JsonObject.of("accounts", keysJson(keys));
    }

    private JsonObject replaceKeys(ReceivedRequest request) {
        JsonInput input = JsonInput.control(request.body(), "account", "api_key", "secret_key");
        String account = input.required("account");
        EmulatorKeys keys = new EmulatorKeys(input.headerValue("api_key"), input.headerValue("secret_key"));
        if (keys.apiKey().contains(":") || !keys.apiKey().equals(keys.apiKey().strip())) {
            throw input.invalid("api_key", "must not contain a colon, which ends it in a Basic header, nor begin or end"
                    + " with a space, which a header would lose");
        }
        state.accounts.replace(account, keys);
        return keysJson(Map.of(account, keys)).getJsonObject(0);
    }

    private static JsonArray keysJson(Map<String, EmulatorKeys> keys) {
        return new JsonArray(keys.entrySet().stream().map(entry -> JsonObject.of("account", entry.getKey(), "api_key",
                entry.getValue().apiKey(), "secret_key", entry.getValue().secretKey())).toList());
    }
}
