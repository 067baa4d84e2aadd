package io.quarkiverse.hume.test;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/**
 * The emulator keeps its address and data across live reloads, also on a fixed port, and the strategy follows the
 * configuration. The emulator stops when a bean, which may have real keys, or the configuration provides the keys.
 */
class ReloadTest {

    private static final int PORT = freePort();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class, ReloadedResource.class)
                    .addAsResource(new StringAsset("hume.devservices.port=" + PORT + "\nhume.relay.enabled=true\n"
                            + "hume.relay.public-access=true\nhume.relay.allow=GET /v0/evi/configs\n"),
                            "application.properties"));

    private static final String RELAYED = "/hume/relay/v0/evi/configs";

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void emulator_isKeptAcrossReloads_andStopsWhenAKeyIsConfigured() {
        String address = RestAssured.get("/emulator").then().statusCode(200).body(equalTo("http://127.0.0.1:" + PORT)).extract()
                .asString();
        RestAssured.get("/call").then().body(containsString("configs_page"));
        RestAssured.get(RELAYED).then().statusCode(200).body(containsString("configs_page"));
        int before = requests(address).size();

        APPLICATION.modifySourceFile(ReloadedResource.class, source -> source.replace("\"before \" +", "\"after \" +"));
        RestAssured.get("/call").then().body(containsString("after ")).body(containsString("configs_page"));
        RestAssured.get("/emulator").then().body(equalTo(address));
        assertEquals(before + 2, requests(address).size(), "the token and the call after the reload");
        RestAssured.get(RELAYED).then().statusCode(200).body(containsString("configs_page"));

        APPLICATION.modifyResourceFile("application.properties",
                properties -> properties.replace("GET /v0/evi/configs", "GET /v0/evi/chats") + "hume.strategy=api-key\n");
        RestAssured.get(RELAYED).then().statusCode(404);
        RestAssured.get("/call").then().body(containsString("configs_page"));
        RestAssured.get("/emulator").then().body(equalTo(address));
        assertEquals(CredentialKind.API_KEY, requests(address).list().get(requests(address).size() - 1).credential());

        APPLICATION.modifyResourceFile("application.properties", properties -> "hume.strategy=api-key\n");
        RestAssured.get("/call").then().body(containsString("configs_page"));
        RestAssured.get("/emulator").then().body(not(equalTo(address)));

        APPLICATION.modifyResourceFile("application.properties", properties -> "hume.api-key=a-key-of-my-own\n");
        RestAssured.get("/emulator").then().body(equalTo("none"));
    }

    @Test
    void emulator_stopsWhenABeanHasTheKeys() {
        APPLICATION.modifyResourceFile("application.properties", properties -> "hume.strategy=api-key\n");
        String address = RestAssured.get("/emulator").then().body(startsWith("http://127.0.0.1:")).extract().asString();

        APPLICATION.addSourceFile(RealKeys.class);
        RestAssured.get("/emulator").then().body(equalTo("none"));
        assertThrows(ConnectException.class,
                () -> new Socket(InetAddress.getLoopbackAddress(), URI.create(address).getPort()).close());

        // A source of tokens gets the keys of the account: they are not the emulator's either, and the start asks for them.
        APPLICATION.addSourceFile(RealTokens.class);
        APPLICATION.modifyResourceFile("application.properties",
                properties -> "quarkus.arc.exclude-types=" + RealKeys.class.getName() + "\n");
        RestAssured.get("/emulator").then().statusCode(500).body(containsString("hume.api-key is not set"));
    }

    private static RecordedRequests requests(String address) {
        return HumeEmulator.at(URI.create(address)).requests();
    }
}
