package io.quarkiverse.hume.deployment.devui;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.quarkiverse.hume.emulator.HumeEmulator;
import io.quarkus.devui.spi.buildtime.BuildTimeActionBuildItem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The operations of the Dev UI on the emulator. No answer contains one of its keys. */
final class EmulatorActions {

    private static final JsonObject OUTAGE = new JsonObject().put("status", 503);
    private static final JsonObject SLOW = new JsonObject().put("delay_millis", 3000);

    private final HumeEmulator emulator;

    /** @param emulator the emulator; {@code null} if there is none. After a live reload there may be one */
    EmulatorActions(HumeEmulator emulator) {
        this.emulator = emulator;
    }

    /**
     * Only the first operation is enabled for Dev MCP clients, because the others cause faults, and the developer should decide
     * about these.
     */
    BuildTimeActionBuildItem all() {
        BuildTimeActionBuildItem actions = new BuildTimeActionBuildItem();
        actions.actionBuilder().methodName("emulator").enableMcpFuctionByDefault()
                .description("Whether the emulator replaces Hume, its settings, and the requests it has received")
                .function(parameters -> state()).build();
        add(actions, "emulateTokenEndpoint", "Lets the emulator's token endpoint fail or answer late", "mode",
                "normal, slow or outage", mode -> emulator.tokenFault(fault(mode)));
        add(actions, "emulateApi", "Lets the emulator's API fail or answer late", "mode", "normal, slow or outage",
                mode -> emulator.apiFault(fault(mode)));
        add(actions, "emulateTokenLifetime", "Sets the lifetime of the tokens that the emulator issues from now on", "seconds",
                "seconds, at least 1", seconds -> emulator.tokenLifetime(Duration.ofSeconds(Long.parseLong(seconds))));
        add(actions, "emulateRevocation", "Revokes the access tokens of an emulated account", "account",
                "the name of the account", account -> emulator.revokeTokens(account));
        add(actions, "emulateRegeneration", "Regenerates the keys of an emulated account, without notifying the application",
                "account", "the name of the account", account -> emulator.regenerateKeys(account));
        actions.actionBuilder().methodName("emulateReset").description("Restores the initial state of the emulator")
                .function(parameters -> {
                    requireEmulator();
                    emulator.reset();
                    return state();
                }).build();
        return actions;
    }

    private void add(BuildTimeActionBuildItem actions, String name, String description, String parameter, String meaning,
            Consumer<String> action) {
        actions.actionBuilder().methodName(name).description(description).parameter(parameter, meaning)
                .function(parameters -> {
                    requireEmulator();
                    action.accept(parameters.get(parameter));
                    return state();
                }).build();
    }

    private void requireEmulator() {
        if (emulator == null) {
            throw new IllegalStateException("The emulator of Hume is not running: every account has a key or a host of its own,"
                    + " or hume.devservices.enabled=false");
        }
    }

    /** Returns the state of the emulator without the keys, which are part of {@code GET /emulator}. */
    private Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("running", emulator != null);
        if (emulator != null) {
            JsonObject overview = emulator.overview();
            state.put("address", emulator.baseUri().toString());
            state.put("accounts", accounts(overview.getJsonArray("accounts")));
            state.put("tokenEndpoint", mode(overview.getJsonObject("token_fault")));
            state.put("api", mode(overview.getJsonObject("api_fault")));
            state.put("tokenLifetime", overview.getJsonObject("token").getLong("lifetime_millis") / 1000);
            state.put("requests", overview.getJsonObject("counts").getLong("requests"));
            state.put("tokensIssued", overview.getJsonObject("counts").getLong("tokens_issued"));
            state.put("tokensLive", overview.getJsonObject("counts").getLong("tokens_live"));
        }
        return state;
    }

    private static List<String> accounts(JsonArray accounts) {
        List<String> names = new ArrayList<>();
        accounts.forEach(account -> names.add(((JsonObject) account).getString("account")));
        return names;
    }

    private static JsonObject fault(String mode) {
        return switch (mode) {
            case "normal" -> null;
            case "slow" -> SLOW;
            case "outage" -> OUTAGE;
            default -> throw new IllegalArgumentException("mode: must be normal, slow or outage");
        };
    }

    /** Returns the mode of a fault, which is "other" for a fault that a test or a call of the control API has set. */
    private static String mode(JsonObject fault) {
        return fault == null ? "normal" : fault.equals(SLOW) ? "slow" : fault.equals(OUTAGE) ? "outage" : "other";
    }
}
