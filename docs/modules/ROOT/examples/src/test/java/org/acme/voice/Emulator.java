package org.acme.voice;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.eclipse.microprofile.config.ConfigProvider;

/** The control API of the emulator. */
public final class Emulator {

    private final String address = ConfigProvider.getConfig().getValue("hume.emulator.url", String.class);

    public URI uri() {
        return URI.create(address);
    }

    public URI socket(String pathAndQuery) {
        return URI.create(address.replaceFirst("^http", "ws") + pathAndQuery);
    }

    /** Without faults, with a token that was accepted, and without a memory of earlier requests. */
    public void healthy() {
        given().delete(address + "/emulator/token/fault").then().statusCode(200);
        // A token that is rejected right after another one was is asked for again only after a pause.
        await().atMost(1, TimeUnit.MINUTES).until(() -> given().contentType("text/plain").body("Hello").post("/speech")
                .statusCode() == 200);
        // Of two tokens that are revoked within a second, the second is replaced only after it.
        await().pollDelay(1_500, TimeUnit.MILLISECONDS).until(() -> true);
        given().delete(address + "/emulator/requests").then().statusCode(200);
    }

    public void revokeTokens() {
        given().post(address + "/emulator/tokens/revoke").then().statusCode(200);
    }

    public void reset() {
        given().post(address + "/emulator/reset").then().statusCode(200);
    }

    /** Of the default account, from now on. */
    public void keys(String apiKey, String secretKey) {
        given().contentType("application/json").body(Map.of("account", "<default>", "api_key", apiKey, "secret_key", secretKey))
                .put(address + "/emulator/keys").then().statusCode(200);
    }

    /** @return what the receiver answered */
    public List<Integer> webhook(Map<String, Object> settings) {
        return given().contentType("application/json").body(settings).post(address + "/emulator/webhooks").then()
                .statusCode(200).extract().path("statuses");
    }

    public List<String> credentials(String path) {
        return requests(path, "credential");
    }

    public List<Integer> statuses(String path) {
        return requests(path, "status");
    }

    /** A configuration that the account has from the start. */
    public String config() {
        String key = given().get(address + "/emulator").then().extract().path("accounts[0].api_key");
        return given().header("X-Hume-Api-Key", key).get(address + "/v0/evi/configs").then().statusCode(200).extract()
                .path("configs_page[0].id");
    }

    /** The header of the requests to a path, as it was received. */
    public String apiKeys(String path) {
        return requests(path, "headers.'X-Hume-Api-Key'").toString();
    }

    private <T> List<T> requests(String path, String field) {
        return given().queryParams(Map.of("path", path)).get(address + "/emulator/requests").then().statusCode(200).extract()
                .path("requests." + field);
    }
}
