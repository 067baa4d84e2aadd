package io.quarkiverse.hume.emulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.driver.FuzzedDataProviderImpl;

import io.quarkiverse.hume.emulator.platform.Answer;
import io.quarkiverse.hume.emulator.platform.ReceivedRequest;
import io.quarkiverse.hume.emulator.platform.RejectedRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Control calls with any body are obeyed or rejected with status 400, which changes nothing; settings and hosts are judged as a
 * re-implementation judges them.
 */
public final class ControlFuzzer {

    private static final List<String> CALLS = List.of("PUT /emulator/token", "PUT /emulator/token/fault",
            "PUT /emulator/api/fault", "POST /emulator/tokens/revoke", "POST /emulator/keys/regenerate", "PUT /emulator/keys",
            "POST /emulator/reset", "DELETE /emulator/token/fault", "DELETE /emulator/api/fault", "GET /emulator/requests",
            "PUT /emulator/api/limit", "DELETE /emulator/api/limit");
    private static final int WEBHOOK = 100;
    private static final int SETTING = 101;
    private static final int HOST = 102;

    private static EmulatorAccounts accounts;
    private static ControlPlane control;

    private ControlFuzzer() {
    }

    public static byte[][] seeds() {
        return new byte[][] { seed(0, "{\"lifetime_seconds\":5,\"latency_millis\":7,\"include_expires_in\":false}"),
                seed(0, "{\"lifetime_millis\":99999999999999999999}"),
                seed(1, "{\"status\":500,\"body\":\"{}\",\"headers\":{\"a\":\"b\"},\"times\":2,\"percent\":0.5}"),
                seed(2, "{\"hang\":true,\"path\":\"/v0\",\"after_authentication\":true,\"account\":\"a\"}"),
                seed(1, "{\"body_bytes\":5,\"content_type\":\"text/plain\"}"), seed(2, "{\"reset\":true,\"delay_millis\":5}"),
                seed(3, "{\"account\":\"a\"}"), seed(4, "{\"overlap_seconds\":1,\"keep_tokens\":true}"),
                seed(5, "{\"account\":\"a\",\"api_key\":\"x\",\"secret_key\":\"y\"}"), seed(6, "{}"), seed(7, ""),
                seed(9, "path=/v0&limit=5"), seed(10, "{\"requests_per_minute\":5,\"account\":\"a\"}"),
                seed(WEBHOOK, "{\"url\":\"http://127.0.0.1:1/\",\"event_name\":\"chat_started\"}"),
                seed(SETTING, "\1\2\3\4\5\6\7"), seed(HOST, "localhost:80"), seed(HOST, "127.0.0.256"),
                seed(HOST, "[::1]:99999") };
    }

    private static byte[] seed(int call, String rest) {
        byte[] bytes = (" " + rest).getBytes(StandardCharsets.UTF_8);
        bytes[0] = (byte) call;
        return bytes;
    }

    public static void fuzzerInitialize() {
        accounts = new EmulatorAccounts(() -> Instant.EPOCH, List.of("a", "b"));
        control = new ControlPlane(Vertx.vertx(), new EmulatorState(() -> Instant.EPOCH, accounts));
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        switch (input[0]) {
            case WEBHOOK -> webhook(rest);
            case SETTING -> setting(FuzzedDataProviderImpl.withJavaData(rest));
            case HOST -> host(new String(rest, StandardCharsets.ISO_8859_1));
            default -> call(CALLS.get(Math.floorMod(input[0], CALLS.size())), rest);
        }
    }

    private static void call(String call, byte[] rest) {
        String[] parts = call.split(" ");
        String before = settings();
        boolean read = parts[0].equals("GET");
        Answer answer = control.answer(new ReceivedRequest(parts[0], parts[1],
                read ? new String(rest, StandardCharsets.UTF_8) : null, json(), read ? Buffer.buffer() : Buffer.buffer(rest),
                null, List.of())).result();
        check(answer != null, "no answer");
        check(answer.status() == 200 || answer.status() == 400, "status " + answer.status());
        JsonObject body = new JsonObject(answer.body());
        if (answer.status() == 400) {
            check(!body.getString("error").isBlank(), "no reason");
            check(before.equals(settings()), "rejected, but obeyed: " + before + " is now " + settings());
        }
        TokenEndpoint settings = control.state().tokenEndpoint.get();
        check(settings.lifetimeMillis() >= 1 && settings.lifetimeMillis() <= 31_536_000_000L, "lifetime");
        check(settings.latencyMillis() >= 0 && settings.latencyMillis() <= 600_000, "latency");
        accounts.all().forEach((account, keys) -> check(keys.apiKey().chars().allMatch(c -> c >= ' ' && c < 0x7f)
                && keys.apiKey().indexOf(':') < 0, "a key that no header carries"));
        fault(parts[1], rest, answer.status());
        if (accounts.all().size() > 50) {
            fuzzerInitialize();
        }
    }

    private static MultiMap json() {
        return MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json");
    }

    /** What an obeyed fault says to send can be sent. */
    private static void fault(String path, byte[] body, int status) {
        if (status != 200 || !path.endsWith("/fault") || body.length == 0
                || new String(body, StandardCharsets.UTF_8).isBlank()) {
            return;
        }
        Fault fault;
        try {
            fault = path.contains("token") ? Fault.ofTokenEndpoint(Buffer.buffer(body)) : Fault.ofApi(Buffer.buffer(body));
        } catch (RejectedRequest removed) {
            return; // A call that takes the fault away reads no body.
        }
        check(fault.percentage() > 0 && fault.percentage() <= 100, "percentage");
        check(fault.answer().status() >= 200 && fault.answer().status() <= 599, "status");
        fault.answer().headers().forEach((name, value) -> {
            check(!name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':'), "header name " + name);
            check(value.chars().allMatch(c -> c >= ' ' && c < 0x7f), "value of " + name);
            check(!name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Transfer-Encoding"), "frame");
        });
    }

    private static String settings() {
        JsonObject overview = control.overview();
        return overview.getValue("accounts") + " " + overview.getValue("token") + " " + overview.getValue("token_fault") + " "
                + overview.getValue("api_fault");
    }

    private static void webhook(byte[] body) {
        try {
            Webhook webhook = Webhook.read(new ReceivedRequest("POST", "/emulator/webhooks", null, json(), Buffer.buffer(body),
                    null, List.of()), control.state());
            check(isLoopbackHost(webhook.url().getHost()), "a webhook for " + webhook.url());
        } catch (RejectedRequest rejected) {
            check(!rejected.getMessage().isBlank(), "no reason");
        }
    }

    private static void setting(FuzzedDataProvider data) {
        long seconds = data.consumeBoolean() ? data.consumeLong(-2, 2) : data.consumeLong();
        long latency = data.consumeBoolean() ? data.consumeLong(599_998, 600_002) : data.consumeLong();
        boolean text = data.consumeBoolean();
        JsonObject json = new JsonObject().put("lifetime_seconds", text ? "1" : (Object) seconds).put("latency_millis",
                latency);
        boolean valid = !text && seconds >= 1 && seconds <= 31_536_000 && latency >= 0 && latency <= 600_000;
        try {
            TokenEndpoint settings = TokenEndpoint.INITIAL.update(json.toBuffer());
            check(valid && settings.lifetimeMillis() == seconds * 1000 && settings.latencyMillis() == latency,
                    "obeyed: " + json);
        } catch (RejectedRequest rejected) {
            check(!valid, "rejected: " + json);
        }
    }

    private static void host(String authority) {
        String host = authority;
        int colon = authority.lastIndexOf(':');
        if (colon >= 0 && authority.length() - colon <= 6 && isDigits(authority.substring(colon + 1))) {
            host = authority.substring(0, colon);
        }
        check(LocalAccess.isLoopback(authority) == isLoopbackHost(host), "the host " + authority);
    }

    private static boolean isLoopbackHost(String host) {
        if (host.equalsIgnoreCase("localhost") || host.equals("[::1]")) {
            return true;
        }
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !isDigits(part) || !part.equals("" + Integer.parseInt(part))
                    || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static void check(boolean expected, String otherwise) {
        if (!expected) {
            throw new AssertionError(otherwise);
        }
    }
}
